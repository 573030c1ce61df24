"""Sentences of the Bescheid that hang on one fact each."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pgtrigger
import pytest

from budget.bescheid.schreiben import einsatz
from budget.bescheid.schreiben.aenderung import aenderung_daten
from budget.bescheid.schreiben.bescheid import auszahlung_daten, titel_of
from budget.models import Folgebescheid, Teilbudget
from budget.verfahren.guards import antrag_nicht_abgelehnt
from budget.verfahren.queries import ablehnung_of, versagung_of
from recht.rechtsstand import Rechtsstand
from tests.budget import fabriken
from tests.fabriken import norm_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def akte():
    return fabriken.insert_vorgelegt(fabriken.make_akte(fabriken.B), fabriken.B)


@pytest.fixture
def _nicht_fest():
    with pgtrigger.ignore("budget.Teilbudget:mit_eltern_fest"):
        yield


@pytest.mark.usefixtures("_nicht_fest")
def test_what_another_decides_is_not_claimed_back_by_us(akte):
    alle = aenderung_daten(akte.bescheid)["monat"]
    fremd = akte.budget.teilbudgets.filter(auszahlungsform="geld").first()
    Teilbudget.objects.filter(pk=fremd.pk).update(entscheidung="eigener_name")
    akte.bescheid.refresh_from_db()
    danach = aenderung_daten(akte.bescheid)["monat"]
    assert danach != alle
    Teilbudget.objects.update(entscheidung="eigener_name")
    akte.bescheid.refresh_from_db()
    assert aenderung_daten(akte.bescheid)["monat"] == ""


@pytest.mark.usefixtures("_nicht_fest")
def test_who_decides_for_nobody_else_writes_no_gesamtbescheid(akte):
    Teilbudget.objects.update(entscheidung="auftrag")
    assert titel_of(akte.budget).startswith("Gesamtbescheid")
    eigene = akte.budget.teilbudgets.filter(leistungstraeger__eigener=True).first()
    Teilbudget.objects.exclude(leistungstraeger=eigene.leistungstraeger).update(
        entscheidung="eigener_name"
    )
    akte.budget.refresh_from_db()
    assert titel_of(akte.budget) == "Bescheid über Ihr Persönliches Budget"


@pytest.mark.parametrize(
    ("geboren", "genau", "satz"),
    [
        (date(1960, 1, 1), "jahr", "sind Sie 65 oder 66 Jahre alt; Ihr Geburtstag ist nicht genau"),
        (date(1960, 5, 1), "tag", "sind Sie 65 Jahre alt."),
    ],
)
def test_age_that_is_not_certain_is_not_claimed(geboren, genau, satz):
    spaetestens = geboren.replace(month=12, day=31) if genau == "jahr" else geboren
    person = SimpleNamespace(geburtsdatum=geboren, geburt_spaetestens=spaetestens)
    budget = SimpleNamespace(
        beginn=date(2026, 4, 1),
        case=SimpleNamespace(leistungsberechtigte_person=person),
        teilbudgets=SimpleNamespace(all=list),
    )
    assert satz in einsatz.alter_satz(budget)


@pytest.mark.parametrize("stand", list(Rechtsstand))
def test_lebensunterhalt_is_named_once(monkeypatch, stand):
    monkeypatch.setattr(einsatz, "lebensunterhalt", lambda budget: ["Grundsicherung"])
    ohne = SimpleNamespace(all=list)
    satz = einsatz.first_einsatz(SimpleNamespace(rechtsstand=stand, teilbudgets=ohne))
    assert "Grundsicherung als Leistung zum Lebensunterhalt" in satz
    assert "als Leistung als" not in satz


def refused(akte, art: str, state: str) -> Folgebescheid:
    return Folgebescheid(
        case=akte.case,
        art=art,
        antrag=akte.budget.antrag,
        datum=date(2026, 4, 2),
        state=state,
        sachverhalt="x",
        gruende="x",
        erstellt_von=akte.fallmanager,
        bearbeitet_von=akte.fallmanager,
    )


@pytest.mark.parametrize(
    ("art", "state", "ablehnung", "versagung"),
    [
        ("ablehnung", "entwurf", False, False),
        ("ablehnung", "vorgelegt", False, False),
        ("ablehnung", "freigegeben", True, False),
        ("ablehnung", "bestandskraeftig", True, False),
        ("versagung", "versandt", False, True),
    ],
)
def test_a_refusal_that_stands_closes_the_grant(
    akte, monkeypatch, art, state, ablehnung, versagung
):
    row = refused(akte, art, state)
    if state not in {"entwurf", "vorgelegt"}:
        row.schreiben = fabriken.make_schreiben(akte.case, akte.leitung, art)
        row.freigegeben_von, row.freigegeben_am = akte.leitung, row.datum
    row.save()
    antrag = akte.budget.antrag
    assert (ablehnung_of(antrag) is not None, versagung_of(antrag) is not None) == (
        ablehnung,
        versagung,
    )
    hindernis = antrag_nicht_abgelehnt(ablehnung_of(antrag))
    assert norm_of(hindernis) == ("§ 39 Abs. 2 SGB X" if ablehnung else "")


@pytest.mark.parametrize(
    ("beginn", "ende", "erste", "teilmonate", "nachzahlung"),
    [
        (date(2026, 4, 1), None, date(2026, 4, 1), [], ""),
        # 12 to 31 March: 20 of 30 parts (Musterfall: 1.793 € in money).
        (date(2026, 3, 12), None, date(2026, 4, 1), [("2026-03-01", "1195.33")], ""),
        (
            date(2026, 4, 1),
            date(2027, 1, 12),
            date(2026, 4, 1),
            [("2027-01-01", "717.20")],
            "",
        ),
        # Decided on 2 April about a time from January on: three months are paid together.
        (date(2026, 1, 1), None, date(2026, 1, 1), [], "2026-03-31"),
    ],
)
def test_letter_names_broken_months_and_arrears(akte, beginn, ende, erste, teilmonate, nachzahlung):
    akte.bescheid.persoenliches_budget.beginn = beginn
    akte.bescheid.persoenliches_budget.ende = ende
    akte.bescheid.erste_auszahlung = erste
    daten = auszahlung_daten(akte.bescheid, date(2026, 4, 2))
    assert [(t["monat"], t["betrag"]) for t in daten["teilmonate"]] == teilmonate
    assert daten["nachzahlung"] == nachzahlung
