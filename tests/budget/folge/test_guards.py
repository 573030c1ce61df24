"""Each legal precondition of further decisions, at its edges."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from budget.folge.guards import anhoerung as anhoerungsguards
from budget.folge.guards import bescheid as guards
from budget.folge.guards import freigabeschutz as freigabeguards
from budget.models import Folgebescheid, PersoenlichesBudget, Widerspruch
from budget.states.folge import FOLGEARTEN, Bezug
from cases.models import Antrag, Schreiben
from cases.registry.schritt import Hindernis
from tests.budget.folge import geschichte

HEUTE = date(2026, 6, 1)
# Given to the post today, made known on this day.
BEKANNT = date(2026, 6, 5)
ANHOERUNG = "§ 24 Abs. 1 SGB X"


def says(hindernis: Hindernis | None, text: str, norm: str) -> bool:
    """Tell whether the guard says these words and names this norm; no words: it says nothing."""
    if hindernis is None:
        return not text
    return bool(text) and text in hindernis.text and hindernis.norm == norm


def bescheid(art: str = "aufhebung", **felder) -> Folgebescheid:
    """Return an unsaved decision of a kind."""
    return Folgebescheid(art=art, **felder)


def widerspruch(**felder) -> Widerspruch:
    """Return an unsaved Widerspruch in time and form."""
    werte = {"form": "schriftlich", "eingang_am": HEUTE, "frist_bis": HEUTE, "state": "eingelegt"}
    return Widerspruch(**(werte | felder))


SPAET = {"frist_bis": HEUTE - timedelta(days=1)}


@pytest.mark.parametrize(
    ("art", "text", "norm"),
    [
        ("ablehnung", "keinen Antrag", "§ 18 SGB X"),
        ("aufhebung", "kein bewilligtes Persönliches Budget", "§ 39 Abs. 2 SGB X"),
        ("abhilfe", "keinen Widerspruch", "§ 85 SGG"),
        ("vorlaeufig_aenderung", "keinem offenen Antrag", "§ 39 Abs. 2 SGB X"),
        ("vorlaeufig_zurueck", "keinem entschiedenen Antrag", "§ 42 Abs. 2 SGB I"),
    ],
)
def test_gegenstand_vorhanden(art, text, norm):
    zeile = FOLGEARTEN[art]
    assert says(guards.gegenstand_vorhanden(zeile, []), text, norm)
    assert guards.gegenstand_vorhanden(zeile, [object()]) is None


def test_each_thing_that_is_decided_about_has_its_sentence():
    assert {zeile.bezug for zeile in FOLGEARTEN.values()} == set(Bezug)
    for zeile in FOLGEARTEN.values():
        assert guards.gegenstand_vorhanden(zeile, []).norm


def test_kein_zweiter_entwurf():
    offen = bescheid(state="vorgelegt")
    text = "schon einen Bescheid im Zustand „zur Freigabe vorgelegt“"
    assert says(guards.kein_zweiter_entwurf(offen), text, "§ 33 Abs. 1 SGB X")
    assert guards.kein_zweiter_entwurf(None) is None


@pytest.mark.parametrize(
    ("sachverhalt", "gruende", "text"),
    [
        ("Umzug", "Der Bedarf ist entfallen.", ""),
        (" ", "Der Bedarf ist entfallen.", "Es fehlt: was geschehen ist."),
        ("Umzug", "\n", "Es fehlt: die Gründe."),
        ("", "", "Es fehlt: was geschehen ist und die Gründe."),
    ],
)
def test_gruende_vorhanden(sachverhalt, gruende, text):
    row = bescheid(sachverhalt=sachverhalt, gruende=gruende)
    assert says(guards.gruende_vorhanden(row), text, "§ 35 Abs. 1 S. 2 SGB X")


@pytest.mark.parametrize(
    ("art", "ermessen", "text"),
    [
        ("ruecknahme", " ", "steht im Ermessen"),
        ("versagung", "", "steht im Ermessen"),
        ("ruecknahme", "Das Vertrauen wiegt weniger.", ""),
        ("aufhebung", "", ""),
        # „soll“ is no Ermessen: only a case that is not typical leaves room.
        ("aufhebung_vergangen", "", "kein untypischer Fall"),
        ("aufhebung_vergangen", "Keine besondere Härte.", ""),
    ],
)
def test_ermessen_ausgeuebt(art, ermessen, text):
    hindernis = guards.ermessen_ausgeuebt(bescheid(art, ermessen=ermessen), FOLGEARTEN[art])
    soll = art == "aufhebung_vergangen"
    assert says(hindernis, text, "§ 48 Abs. 1 S. 2 SGB X" if soll else "§ 35 Abs. 1 S. 3 SGB X")


def geschrieben(**felder) -> dict:
    """Return what a decision holds whose Anhörung is written."""
    return {"anhoerung_schreiben": Schreiben(), "bis": HEUTE} | felder


@pytest.mark.parametrize(
    ("art", "felder", "bekannt_am", "text"),
    [
        ("ablehnung", {}, None, ""),
        # Posted is not made known, and the promised day alone opens nothing.
        ("aufhebung", geschrieben(bis=None), date(2026, 6, 2), "erst am 02.06.2026 bekannt"),
        ("aufhebung", {}, None, "noch nicht angehört"),
        ("aufhebung", {"anhoerung_verzicht": "5"}, None, ""),
        ("aufhebung", geschrieben(), None, "noch nicht versandt und bekannt gegeben"),
        ("aufhebung", geschrieben(), date(2026, 5, 4), "bis zum 01.06.2026 äußern"),
        ("aufhebung", geschrieben(aeusserung_am=HEUTE), date(2026, 5, 4), ""),
        ("aufhebung", geschrieben(bis=date(2026, 5, 31)), date(2026, 5, 4), ""),
    ],
)
def test_angehoert(art, felder, bekannt_am, text):
    bis = felder.pop("bis", None)
    row = bescheid(art, **felder)
    hindernis = guards.angehoert(
        row, FOLGEARTEN[art], bekannt_am=bekannt_am, bis=bis, stichtag=HEUTE
    )
    assert says(hindernis, text, ANHOERUNG)


@pytest.mark.parametrize(
    ("art", "vom", "bis", "text"),
    [
        ("ablehnung", None, None, ""),
        ("versagung", None, HEUTE, "schriftlich auf die Folge hingewiesen"),
        ("versagung", HEUTE, None, "bis wann sie mitwirken konnte"),
        ("versagung", date(2026, 5, 4), HEUTE, "läuft bis zum 01.06.2026"),
        ("versagung", date(2026, 5, 4), date(2026, 5, 31), ""),
    ],
)
def test_mitwirkung_verlangt(art, vom, bis, text):
    row = bescheid(art, hinweis_vom=vom, hinweis_bis=bis)
    assert says(guards.mitwirkung_verlangt(row, HEUTE), text, "§ 66 Abs. 3 SGB I")


DANACH = BEKANNT + timedelta(days=1)


@pytest.mark.parametrize(
    ("art", "ab", "fall", "text", "norm"),
    [
        ("ablehnung", None, "", "", ""),
        ("aufhebung", None, "", "Es fehlt der erste Tag", "§ 48 Abs. 1 S. 1 SGB X"),
        ("aufhebung", BEKANNT, "", "nur für die Zukunft", "§ 48 Abs. 1 S. 1 SGB X"),
        ("aufhebung", DANACH, "", "", ""),
        ("aufhebung_vergangen", BEKANNT, "", "welcher Fall", "§ 48 Abs. 1 S. 2 SGB X"),
        ("aufhebung_vergangen", BEKANNT, "2", "", ""),
        ("ruecknahme", DANACH, "", "welcher Fall", "§ 45 SGB X"),
        ("ruecknahme", BEKANNT, "0", "Rücknahme nur für die Zukunft", "§ 45 Abs. 4 S. 1 SGB X"),
        ("ruecknahme", DANACH, "0", "", ""),
        ("ruecknahme", BEKANNT, "2", "", ""),
    ],
)
def test_wirkung_zulaessig(art, ab, fall, text, norm):
    row = bescheid(art, wirkt_ab=ab, fall_des_gesetzes=fall)
    hindernis = guards.wirkung_zulaessig(row, FOLGEARTEN[art], fruehestens=BEKANNT)
    assert says(hindernis, text, norm)


@pytest.mark.parametrize(
    ("art", "ab", "fall", "kenntnis", "text"),
    [
        ("aufhebung", BEKANNT, "", None, ""),
        ("aufhebung_vergangen", DANACH, "2", None, ""),
        ("aufhebung_vergangen", BEKANNT, "1", None, ""),
        ("aufhebung_vergangen", BEKANNT, "2", None, "seit wann die Behörde"),
        ("aufhebung_vergangen", BEKANNT, "2", date(2025, 6, 5), ""),
        ("ruecknahme", BEKANNT, "2", date(2025, 6, 4), "war die Entscheidung bis zum 04.06.2026"),
        # What helps the person has no limit; only case 1 of § 48 does.
        ("ruecknahme", BEKANNT, "1", date(2025, 6, 4), "seit dem 04.06.2025 bekannt"),
    ],
)
def test_jahresfrist_gewahrt(art, ab, fall, kenntnis, text):
    row = bescheid(art, wirkt_ab=ab, fall_des_gesetzes=fall, kenntnis_am=kenntnis)
    hindernis = guards.jahresfrist_gewahrt(row, FOLGEARTEN[art], fruehestens=BEKANNT)
    assert says(hindernis, text, "§ 45 Abs. 4 S. 2 SGB X")


ZEIT = {"betrag": Decimal("10.00"), "zeitraum_von": HEUTE, "zeitraum_bis": HEUTE}


@pytest.mark.parametrize(
    ("art", "felder", "aufgehoben", "text", "norm"),
    [
        ("aufhebung", {}, False, "", ""),
        ("erstattung", ZEIT | {"betrag": None}, True, "Betrag", "§ 50 Abs. 3 S. 1 SGB X"),
        ("erstattung", ZEIT | {"zeitraum_von": None}, True, "Zeitraum", "§ 50 Abs. 3 S. 1 SGB X"),
        ("erstattung", ZEIT | {"zeitraum_bis": None}, True, "Zeitraum", "§ 50 Abs. 3 S. 1 SGB X"),
        ("erstattung", ZEIT, False, "keine freigegebene Aufhebung", "§ 50 Abs. 1 S. 1 SGB X"),
        ("erstattung", ZEIT, True, "", ""),
    ],
)
def test_erstattung_bestimmt(art, felder, aufgehoben, text, norm):
    assert says(guards.erstattung_bestimmt(bescheid(art, **felder), aufgehoben), text, norm)


@pytest.mark.parametrize(
    ("art", "gehemmt", "text"),
    [
        ("erstattung", True, "aufschiebende Wirkung"),
        ("erstattung", False, ""),
        ("aufhebung", True, ""),
    ],
)
def test_keine_erstattung_waehrend_widerspruch(art, gehemmt, text):
    hindernis = guards.keine_erstattung_waehrend_widerspruch(bescheid(art), gehemmt)
    assert says(hindernis, text, "§ 86a Abs. 1 S. 1 SGG")


@pytest.mark.parametrize(
    ("art", "state", "text"),
    [
        ("aufhebung", "bewilligt", ""),
        ("aufhebung", "laeuft", ""),
        ("aufhebung", "beendet", "Das Persönliche Budget ist im Zustand „beendet“."),
        ("aufhebung", "bemessen", "im Zustand „bemessen“"),
        ("ruecknahme", "beendet", ""),
        ("erstattung", "beendet", ""),
    ],
)
def test_budget_laeuft(art, state, text):
    row = bescheid(art, budget=PersoenlichesBudget(state=state))
    assert says(guards.budget_laeuft(row, FOLGEARTEN[art]), text, "§ 39 Abs. 2 SGB X")
    assert guards.budget_laeuft(bescheid(art), FOLGEARTEN[art]) is None


def test_antrag_unentschieden():
    row = bescheid("ablehnung", antrag=Antrag())
    hindernis = guards.antrag_unentschieden(row, False)
    assert says(hindernis, "Über diesen Antrag ist schon entschieden.", "§ 39 Abs. 2 SGB X")
    assert guards.antrag_unentschieden(row, True) is None
    assert guards.antrag_unentschieden(bescheid(), False) is None


@pytest.mark.parametrize(
    ("felder", "text", "norm"),
    [
        ({}, "", ""),
        ({"state": "entschieden"}, "Über den Widerspruch ist schon entschieden.", "§ 85 SGG"),
        (SPAET | {"wiedereinsetzung": "beantragt"}, "Über die Wiedereinsetzung", "§ 67 SGG"),
        (SPAET | {"wiedereinsetzung": "abgelehnt"}, "", ""),
        ({"wiedereinsetzung": "beantragt"}, "", ""),
    ],
)
def test_widerspruch_entscheidbar(felder, text, norm):
    assert says(guards.widerspruch_entscheidbar(widerspruch(**felder)), text, norm)
    assert guards.widerspruch_entscheidbar(None) is None


@pytest.mark.parametrize(
    ("art", "felder", "text"),
    [
        ("abhilfe", {}, ""),
        ("abhilfe", {"form": "email"}, "der der Form nicht genügt, wird nicht abgeholfen"),
        ("abhilfe", {"form": "muendlich"}, "der der Form nicht genügt"),
        ("abhilfe", SPAET, "der nach Ablauf der Frist kam"),
        ("abhilfe", SPAET | {"wiedereinsetzung": "gewaehrt"}, ""),
        ("widerspruchsbescheid", SPAET, ""),
    ],
)
def test_abhilfe_zulaessig(art, felder, text):
    row = bescheid(art, widerspruch=widerspruch(**felder))
    assert says(guards.abhilfe_zulaessig(row), text, "§ 84 Abs. 1 SGG")


@pytest.mark.parametrize(
    ("art", "gericht", "text"),
    [
        ("widerspruchsbescheid", " ", "Es fehlen Name und Sitz des Sozialgerichts."),
        ("widerspruchsbescheid", "Sozialgericht Musterstadt", ""),
        ("abhilfe", "", ""),
    ],
)
def test_gericht_genannt(art, gericht, text):
    row = bescheid(art, gericht=gericht)
    assert says(guards.gericht_genannt(row), text, "§ 85 Abs. 3 S. 4 SGG")


@pytest.mark.django_db
@pytest.mark.parametrize("spalte", ["erstellt_von", "bearbeitet_von", "vorgelegt_von"])
def test_freigabe_durch_andere(spalte):
    akte = geschichte.running()
    row = geschichte.draft(akte, "unveraendert", akte.budget)
    assert freigabeguards.freigabe_durch_andere(row, akte.leitung) is None
    setattr(row, spalte, akte.leitung)
    hindernis = freigabeguards.freigabe_durch_andere(row, akte.leitung)
    assert says(hindernis, "braucht eine zweite Person", "§ 33 Abs. 3 SGB X")


@pytest.mark.django_db
def test_freigabe_durch_andere_reads_the_history():
    akte = geschichte.running()
    row = geschichte.draft(akte, "unveraendert", akte.budget)
    Folgebescheid.objects.filter(pk=row.pk).update(bearbeitet_von=akte.leitung)
    Folgebescheid.objects.filter(pk=row.pk).update(bearbeitet_von=akte.fallmanager)
    row.refresh_from_db()
    hindernis = freigabeguards.freigabe_durch_andere(row, akte.leitung)
    assert says(hindernis, "selbst verfasst, bearbeitet oder vorgelegt", "§ 33 Abs. 3 SGB X")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("art", "selbst", "text"),
    [
        ("widerspruchsbescheid", True, "Über den Widerspruch entscheidet eine andere Person."),
        ("widerspruchsbescheid", False, ""),
        ("abhilfe", True, ""),
    ],
)
def test_widerspruchsbescheid_durch_andere(leitung, fallmanager, art, selbst, text):
    konten = frozenset({(leitung if selbst else fallmanager).pk})
    hindernis = freigabeguards.widerspruchsbescheid_durch_andere(bescheid(art), leitung, konten)
    assert says(hindernis, text, "§ 85 Abs. 2 S. 1 SGG")


@pytest.mark.parametrize(
    ("zustaende", "text"),
    [
        ([], ""),
        (["nicht_zugegangen"], ""),
        (["nicht_zugegangen", "vorgesehen"], "Der Bescheid ist bereits auf dem Weg."),
    ],
)
def test_nicht_unterwegs(zustaende, text):
    versand = [SimpleNamespace(state=state) for state in zustaende]
    liste = SimpleNamespace(all=lambda: versand)
    row = SimpleNamespace(schreiben=SimpleNamespace(versand_liste=liste))
    assert says(guards.nicht_unterwegs(row), text, "§ 37 Abs. 2 SGB X")
    assert guards.nicht_unterwegs(bescheid()) is None


def test_fall_mit_budget_in_arbeit():
    hindernis = guards.fall_mit_budget_in_arbeit(PersoenlichesBudget())
    assert says(hindernis, "freigegeben oder versandt", "§ 33 Abs. 1 SGB X")
    assert guards.fall_mit_budget_in_arbeit(None) is None


def test_noch_nicht_angehoert():
    hindernis = guards.noch_nicht_angehoert(bescheid(anhoerung_schreiben=Schreiben()))
    assert says(hindernis, "Die Anhörung ist schon geschrieben.", ANHOERUNG)
    assert guards.noch_nicht_angehoert(bescheid()) is None


@pytest.mark.parametrize(
    ("bis", "text"),
    [
        (None, "Es fehlt, bis wann"),
        (BEKANNT + timedelta(days=13), "Bis zum 18.06.2026 ist zu wenig Zeit"),
        (BEKANNT + timedelta(days=14), ""),
    ],
)
def test_frist_zur_aeusserung(bis, text):
    row = bescheid(anhoerung_bis=bis)
    assert says(guards.frist_zur_aeusserung(row, BEKANNT, 14), text, ANHOERUNG)


@pytest.mark.parametrize("state", ["vorgelegt", "freigegeben", "versandt", "bestandskraeftig"])
def test_anhoerung_noch_im_entwurf(state):
    hindernis = anhoerungsguards.anhoerung_noch_im_entwurf(bescheid(state=state))
    assert says(hindernis, "Der Bescheid ist kein Entwurf mehr.", ANHOERUNG)
    assert anhoerungsguards.anhoerung_noch_im_entwurf(bescheid(state="entwurf")) is None
