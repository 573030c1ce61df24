"""Each legal precondition of the Bescheid, at its edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budget.bescheid import guards
from budget.bescheid.schreiben.rechtsbehelf import DECKUNG
from budget.models import Bescheid
from cases.models import Versand
from recht.rechtsstand import Rechtsstand
from tests.budget import fabriken
from tests.fabriken import make_behoerde, make_user, norm_of

pytestmark = pytest.mark.django_db


def test_konto_vorhanden(vorgelegt):
    person = vorgelegt.case.leistungsberechtigte_person
    tag = date(2006, 1, 1)
    assert guards.konto_vorhanden(vorgelegt.budget, person, tag) is None
    frueher = guards.konto_vorhanden(vorgelegt.budget, person, date(1999, 12, 31))
    assert frueher.norm == "§ 47 SGB I"
    person.bankverbindungen.update(gueltig_bis=date(2005, 12, 31))
    assert guards.konto_vorhanden(vorgelegt.budget, person, tag).norm == "§ 47 SGB I"


def test_konto_vorhanden_is_not_asked_for_vouchers():
    akte = fabriken.nur_pflegekasse(fabriken.B)
    person = akte.case.leistungsberechtigte_person
    person.bankverbindungen.all().delete()
    assert guards.konto_vorhanden(akte.budget, person, date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("tag", "offen"),
    [
        (date(2005, 11, 30), False),
        (date(2005, 12, 1), True),
        (date(2007, 11, 30), True),
        (date(2007, 12, 1), False),
    ],
)
def test_erste_auszahlung_im_zeitraum(akte, tag, offen):
    budget = fabriken.start(akte)
    norm = norm_of(guards.erste_auszahlung_im_zeitraum(budget, tag))
    assert norm == ("" if offen else "§ 41 SGB I")


@pytest.mark.parametrize(
    ("tag", "offen"),
    [
        (date(2003, 12, 31), False),
        (date(2004, 1, 1), True),
        # § 84 Abs. 1 SGG has no end of its own.
        (date(2028, 1, 1), True),
        (date(2031, 1, 2), True),
    ],
)
def test_rechtsbehelfsbelehrung_fuer_den_tag(tag, offen):
    norm = norm_of(guards.rechtsbehelfsbelehrung_fuer_den_tag(tag, DECKUNG))
    assert norm == ("" if offen else "§ 36 SGB X, § 66 SGG")


def test_freigabe_durch_zweite_person(vorgelegt):
    bescheid = vorgelegt.bescheid
    assert guards.freigabe_durch_zweite_person(bescheid, vorgelegt.leitung) is None
    selbst = guards.freigabe_durch_zweite_person(bescheid, vorgelegt.fallmanager)
    assert selbst.norm == "§ 33 Abs. 3 SGB X"
    zweite = make_user("zweite", "Sachgebietsleitung")
    bescheid.bearbeitet_von = zweite
    assert guards.freigabe_durch_zweite_person(bescheid, zweite).text.startswith("Sie haben")


def test_begruendung_vorhanden(vorgelegt):
    assert guards.begruendung_vorhanden(vorgelegt.bescheid) is None
    vorgelegt.bescheid.begruendung = "\n "
    assert guards.begruendung_vorhanden(vorgelegt.bescheid).norm == "§ 35 Abs. 1 SGB X"


def test_noch_kein_bescheid(vorgelegt):
    assert guards.noch_kein_bescheid(None) is None
    assert "schon einen Bescheid" in guards.noch_kein_bescheid(vorgelegt.bescheid).text


@pytest.mark.parametrize(
    ("state", "offen"),
    [("geplant", True), ("beendet", False), ("leistung_laeuft", True), ("zustaendig", False)],
)
def test_fall_bereit_fuer_bescheid(akte, state, offen):
    akte.case.state = state
    for beginn, fundstelle in (
        (date(2010, 1, 1), "§ 3 Abs. 5 BudgetV"),
        (date(2018, 1, 1), "§ 143a Abs. 2 SGB XII"),
        (date(2020, 1, 1), "§ 120 Abs. 2 SGB IX"),
    ):
        norm = norm_of(guards.fall_bereit_fuer_bescheid(akte.case, beginn))
        assert norm == ("" if offen else fundstelle)


def test_bescheid_nicht_unterwegs(vorgelegt):
    bescheid = vorgelegt.bescheid
    assert guards.bescheid_nicht_unterwegs(bescheid) is None
    fabriken.insert_bescheid(vorgelegt, "freigegeben")
    assert guards.bescheid_nicht_unterwegs(bescheid) is None
    Versand.objects.create(schreiben=bescheid.schreiben, weg="post", an=["Emil Muster"])
    assert guards.bescheid_nicht_unterwegs(bescheid).norm == "§ 37 Abs. 2 SGB X"


def test_einkommen_vermoegen_geprueft(vorgelegt):
    assert guards.einkommen_vermoegen_geprueft(vorgelegt.bescheid, "Kein Beitrag.") is None
    fehlt = guards.einkommen_vermoegen_geprueft(vorgelegt.bescheid, " ")
    assert fehlt.norm == "§ 19 Abs. 3 SGB XII"


def test_einkommen_vermoegen_geprueft_is_not_asked_where_only_others_pay():
    akte = fabriken.nur_pflegekasse(fabriken.B)
    bescheid = Bescheid(persoenliches_budget=akte.budget)
    assert guards.einkommen_vermoegen_geprueft(bescheid, "") is None


def test_wuensche_beantwortet():
    assert guards.wuensche_beantwortet([]) is None
    einer = guards.wuensche_beantwortet(["Ich will Schach spielen."])
    assert einer.text.endswith("„Ich will Schach spielen.“.")
    assert einer.norm == "§ 35 Abs. 1 SGB X"
    assert "und 1 weitere" in guards.wuensche_beantwortet(["a", "b"]).text


@pytest.mark.parametrize(
    ("tag", "stand", "leer", "fehlt"),
    [
        (date(2026, 4, 20), "B", (), ()),
        (date(2026, 4, 20), "B", ("aufsichtsbehoerde",), ("Aufsichtsbehörde",)),
        (date(2026, 4, 20), "B", ("datenschutzbeauftragte",), ("Datenschutzbeauftragte Person",)),
        (date(2026, 4, 20), "B", ("teilhabeberatung",), ("Teilhabeberatung (EUTB)",)),
        # Before the Datenschutz-Grundverordnung nobody had to be named (Art. 99 Abs. 2).
        (date(2018, 5, 24), "UE", ("aufsichtsbehoerde", "datenschutzbeauftragte"), ()),
        (date(2018, 5, 25), "UE", ("aufsichtsbehoerde",), ("Aufsichtsbehörde",)),
        (date(2005, 11, 18), "A", ("teilhabeberatung", "aufsichtsbehoerde"), ()),
    ],
)
def test_behoerde_vollstaendig(tag, stand, leer, fehlt):
    behoerde = make_behoerde()
    for feld in leer:
        setattr(behoerde, feld, " ")
    hindernis = guards.behoerde_vollstaendig(behoerde, tag, Rechtsstand(stand))
    norm = "Art. 13 Abs. 1 DSGVO" if stand == "B" else "§ 14 SGB I"
    assert norm_of(hindernis) == (norm if fehlt else "")
    assert all(name in hindernis.text for name in fehlt)


def test_einsatz_berechnet(vorgelegt):
    alt = vorgelegt.bescheid
    neu = fabriken.insert_vorgelegt(fabriken.make_akte(fabriken.B, kennung="b")).bescheid
    assert guards.einsatz_berechnet(alt, sozialhilfe=True) is None
    assert guards.einsatz_berechnet(neu, sozialhilfe=False) is None
    assert guards.einsatz_berechnet(neu, sozialhilfe=True).norm == "§ 85 SGB XII"
    neu.monatseinkommen = Decimal(0)
    assert guards.einsatz_berechnet(neu, sozialhilfe=True) is None


def test_vermoegen_zuerst(vorgelegt):
    bescheid, zeile = vorgelegt.bescheid, ["2026-05-01", "1000.00"]
    assert guards.vermoegen_zuerst(bescheid, [], date(2026, 5, 1)) is None
    for beginn, norm in (
        (date(2010, 1, 1), "§ 90 SGB XII"),
        (date(2026, 5, 1), "§ 140 Abs. 1 SGB IX"),
    ):
        assert guards.vermoegen_zuerst(bescheid, [zeile], beginn).norm == norm
    bescheid.vermoegensverbrauch = [zeile]
    assert guards.vermoegen_zuerst(bescheid, [zeile], date(2026, 5, 1)) is None
    assert guards.vermoegen_zuerst(bescheid, [], date(2026, 5, 1)).norm == "§ 140 Abs. 1 SGB IX"


@pytest.mark.parametrize(
    ("summe", "grenze", "mit", "offen"),
    [
        ("5000.00", None, None, True),
        ("2000.00", "2000.00", None, True),
        ("2000.01", "2000.00", None, False),
        ("2000.01", "2000.00", 7, True),
    ],
)
def test_grenze_der_zeichnung(summe, grenze, mit, offen):
    limit = Decimal(grenze) if grenze else None
    row = Bescheid(mitgezeichnet_von_id=mit)
    found = guards.grenze_der_zeichnung(row, Decimal(summe), limit)
    assert norm_of(found) == ("" if offen else "§ 33 Abs. 3 SGB X")
    # Signed with others is only what has to be.
    nicht_noetig = guards.mitzeichnung_noetig(row, Decimal(summe), limit)
    assert norm_of(nicht_noetig) == ("§ 33 Abs. 3 SGB X" if offen else "")


def test_mitzeichnung_noetig():
    found = guards.mitzeichnung_noetig(Bescheid(), Decimal("10"), Decimal("10"))
    assert found.norm == "§ 33 Abs. 3 SGB X"
    assert guards.mitzeichnung_noetig(Bescheid(), Decimal("11"), Decimal("10")) is None


def test_mitzeichnung_durch_dritte(vorgelegt):
    row = vorgelegt.bescheid
    assert guards.mitzeichnung_durch_dritte(row, vorgelegt.leitung) is None
    row.mitgezeichnet_von = vorgelegt.leitung
    assert guards.mitzeichnung_durch_dritte(row, vorgelegt.leitung).norm == "§ 33 Abs. 3 SGB X"
    assert guards.mitzeichnung_durch_dritte(row, vorgelegt.fallmanager) is None
