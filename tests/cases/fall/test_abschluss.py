"""End and reopening of a case."""

from __future__ import annotations

from datetime import date

import pytest

from cases.fall.queries.abschluss import abschlusshindernisse
from cases.fall.services.case import determine_zustaendigkeit, end_case, forward_antrag, reopen_case
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import Ereignis, Frist
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import antrag_of, make_fall, make_traeger

pytestmark = pytest.mark.django_db
TAG = date(2026, 11, 23)


def end(case, leitung, art="antrag_zurueckgenommen", tag=TAG):
    return end_case(case=case, grund="zurückgenommen", art=art, by=leitung, tag=tag)


@pytest.mark.parametrize("art", ["abgelehnt", "leistung_beendet", "sonstiges"])
def test_fristen_beim_ende_erledigt(fallmanager, leitung, art):
    case = make_fall(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="bleiben Fristen der Behörde offen"):
        end(case, leitung, art)
    case.refresh_from_db()
    assert case.state == "antrag_eingegangen"


def test_end_settles_open_reminders(fallmanager, leitung):
    case = make_fall(fallmanager)
    row = create_wiedervorlage(
        case=case, user=fallmanager, am=TAG, anlass="x", by=fallmanager, tag=TAG
    )
    end(case, leitung)
    row.refresh_from_db()
    assert row.erledigt_am == TAG


def test_reopening_goes_back_to_the_state_before_and_fristen_run_again(fallmanager, leitung):
    case = make_fall(fallmanager)
    determine_zustaendigkeit(antrag=antrag_of(case), begruendung="x", by=fallmanager, tag=TAG)
    ende = Frist.objects.get(case=case, regel="F04").ende
    end(case, leitung)
    spaet = date(2026, 12, 29)
    reopened = reopen_case(case=case, grund="Rücknahme widerrufen", by=leitung, tag=spaet)
    assert (reopened.state, reopened.beendet_am, reopened.beendet_art) == ("zustaendig", None, "")
    frist = Frist.objects.get(case=case, regel="F04")
    assert (frist.state, frist.ende, frist.erledigt_durch) == ("offen", ende, "")
    texte = list(Ereignis.objects.filter(case=case, art="wiederaufnahme").values_list("text"))
    assert len(texte) == 2
    assert "sofort zu erledigen" in texte[0][0]


def test_reopening_leaves_a_kept_frist_alone(fallmanager, leitung):
    case = make_fall(fallmanager)
    determine_zustaendigkeit(antrag=antrag_of(case), begruendung="x", by=fallmanager, tag=TAG)
    end(case, leitung)
    reopen_case(case=case, grund="x", by=leitung, tag=TAG)
    assert Frist.objects.get(case=case, regel="F01").state == "gewahrt"


def test_reopening_is_reserved_to_the_leitung(fallmanager, leitung):
    case = end(make_fall(fallmanager), leitung)
    with pytest.raises(SchrittUnzulaessig, match="Sachgebietsleitung vorbehalten"):
        reopen_case(case=case, grund="x", by=fallmanager, tag=TAG)


def test_wiederaufnahme_nicht_nach_weiterleitung(fallmanager, leitung):
    case = make_fall(fallmanager)
    forward_antrag(
        antrag=antrag_of(case),
        an=make_traeger("rentenversicherung", "DRV"),
        grund="x",
        by=fallmanager,
        tag=TAG,
    )
    end(case, leitung, "weitergeleitet")
    with pytest.raises(SchrittUnzulaessig, match="anderen Träger weitergeleitet") as error:
        reopen_case(case=case, grund="x", by=leitung, tag=TAG)
    assert error.value.norm == "§ 14 Abs. 2 S. 4 SGB IX"


def test_a_case_without_letters_has_no_obstacle(fallmanager):
    assert abschlusshindernisse(make_fall(fallmanager), TAG) == []
