"""Each legal precondition of the Bescheid, at its edges."""

from __future__ import annotations

from datetime import date

import pytest

from budget.bescheid import guards
from budget.bescheid.schreiben.rechtsbehelf import DECKUNG
from cases.models import Versand
from tests.budget import fabriken
from tests.fabriken import make_user, norm_of

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
        (date(2027, 12, 31), True),
        (date(2028, 1, 1), False),
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
    [("geplant", True), ("beendet", False), ("leistung_laeuft", False), ("zustaendig", False)],
)
def test_fall_bereit_fuer_bescheid(akte, state, offen):
    akte.case.state = state
    norm = norm_of(guards.fall_bereit_fuer_bescheid(akte.case))
    assert norm == ("" if offen else "§ 120 Abs. 2 SGB IX")


def test_bescheid_nicht_unterwegs(vorgelegt):
    bescheid = vorgelegt.bescheid
    assert guards.bescheid_nicht_unterwegs(bescheid) is None
    fabriken.insert_bescheid(vorgelegt, "freigegeben")
    assert guards.bescheid_nicht_unterwegs(bescheid) is None
    Versand.objects.create(schreiben=bescheid.schreiben, weg="post", an=["Emil Muster"])
    assert guards.bescheid_nicht_unterwegs(bescheid).norm == "§ 37 Abs. 2 SGB X"
