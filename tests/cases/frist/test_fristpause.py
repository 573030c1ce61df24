"""A Frist stands still only where a provision says so, and its days come from the engine."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from cases.frist import guards
from cases.frist.services.fristenlauf import sweep
from cases.frist.services.fristpause import begin_pause, end_pause
from cases.frist.services.handfrist import end_handfrist, start_handfrist
from cases.models import Fristaenderung, Fristpause
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkatalog import katalog
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db

START = date(2026, 11, 2)
HEUTE = date(2026, 11, 5)


@pytest.fixture
def frist(fallmanager):
    """Verwendungsnachweis, six months from Monday, 2 November 2026, that day counted.

    They end on Saturday, 1 May 2027, so on Monday, 3 May.
    """
    case = make_fall(fallmanager, eingang=START)
    return start_handfrist(
        case=case, regel="F33", ausloeser=START, laenge="", by=fallmanager, tag=HEUTE
    )


def pause(frist, by, **felder):
    werte = {"von": HEUTE, "bis": None, "grund": "einvernehmen", "begruendung": "Krankenhaus"}
    return begin_pause(frist=frist, by=by, tag=HEUTE, **(werte | felder))


def test_frist_of_the_catalogue_is_computed_from_the_day_alone(frist):
    assert (frist.ende, frist.angaben) == (date(2027, 5, 3), {})


def test_open_pause_stops_the_frist_and_its_end_moves_when_it_ends(frist, fallmanager):
    pause(frist, fallmanager)
    frist.refresh_from_db()
    assert (frist.state, frist.ende) == ("gehemmt", date(2027, 5, 3))
    frist = end_pause(frist=frist, bis=date(2026, 11, 9), by=fallmanager, tag=date(2026, 11, 9))
    # Five days do not count: 6 May 2027 is Christi Himmelfahrt, so Friday.
    assert (frist.state, frist.ende) == ("offen", date(2027, 5, 7))
    row = Fristaenderung.objects.get()
    assert (row.ende_alt, row.ende_neu) == (date(2027, 5, 3), date(2027, 5, 7))
    texte = [s["text"] for s in frist.schritte]
    assert "Pause vom 05.11.2026 bis 09.11.2026: 5 Tage zählen nicht mit." in texte


def test_paused_frist_is_in_no_overdue_list_and_runs_on_after_the_last_day(frist, fallmanager):
    pause(frist, fallmanager, bis=date(2026, 11, 30))
    assert sweep(tag=date(2026, 11, 30)).fortgesetzt == 0
    frist.refresh_from_db()
    assert frist.state == "gehemmt"
    assert sweep(tag=date(2026, 12, 1)).fortgesetzt == 1
    frist.refresh_from_db()
    assert (frist.state, frist.ende) == ("offen", date(2027, 5, 28))


def test_frist_without_a_provision_cannot_be_paused(frist, fallmanager):
    f04 = frist.case.fristen.get(regel="F04")
    with pytest.raises(SchrittUnzulaessig, match="keine Vorschrift"):
        pause(f04, fallmanager)
    assert not Fristpause.objects.exists()


@pytest.mark.parametrize(
    ("felder", "text"),
    [
        ({"von": date(2026, 11, 6)}, "heute oder früher"),
        ({"von": date(2026, 11, 2)}, "nach dem Auslöser"),
        ({"bis": date(2026, 11, 4)}, "vor ihrem Beginn"),
        ({"grund": "mitwirkung"}, "nicht vorgesehen"),
    ],
)
def test_impossible_pause_is_refused(frist, fallmanager, felder, text):
    with pytest.raises(SchrittUnzulaessig, match=text):
        pause(frist, fallmanager, **felder)


def test_pauses_do_not_overlap(frist, fallmanager):
    pause(frist, fallmanager, bis=HEUTE)
    sweep(tag=date(2026, 11, 6))
    with pytest.raises(SchrittUnzulaessig, match="schon die Pause"):
        pause(frist, fallmanager, bis=date(2026, 11, 8))


def test_frist_kann_pausieren(frist):
    assert guards.frist_kann_pausieren(frist) is None
    hindernis = guards.frist_kann_pausieren(frist.case.fristen.get(regel="F01"))
    assert hindernis.norm == "§ 26 Abs. 1 SGB X"


def test_pause_liegt_in_der_frist(frist):
    assert guards.pause_liegt_in_der_frist(frist, HEUTE, HEUTE) is None
    spaet = guards.pause_liegt_in_der_frist(frist, date(2027, 5, 4), date(2027, 5, 5))
    assert "abgelaufen" in spaet.text
    assert spaet.norm == "§ 26 Abs. 1 SGB X"


def test_pausenende_zulaessig():
    grund = katalog()["F13"].pausen[1]
    assert guards.pausenende_zulaessig(HEUTE, date(2026, 11, 18), grund) is None
    zu_lang = guards.pausenende_zulaessig(HEUTE, date(2026, 11, 19), grund)
    assert zu_lang.text == "Aus diesem Grund ruht die Frist höchstens 14 Tage."
    offen = guards.pausenende_zulaessig(HEUTE, None, grund)
    assert (offen.norm, "ist der letzte Tag anzugeben" in offen.text) == (grund.norm, True)


@pytest.mark.parametrize(
    "felder",
    [
        {"ende": date(2026, 12, 24)},
        {"ende_rechnerisch": date(2026, 12, 24)},
        {"anzeige": "24.12.2026"},
        {"ausloeser_datum": date(2026, 11, 3)},
        {"regel": "F56"},
    ],
)
def test_database_refuses_to_move_a_frist(frist, felder):
    with (
        pytest.raises(DatabaseError, match=r"wird nicht verschoben|Cannot update rows"),
        transaction.atomic(),
    ):
        frist.case.fristen.filter(pk=frist.pk).update(**felder)


def test_row_that_tells_of_another_end_opens_nothing(frist, fallmanager):
    pause(frist, fallmanager, bis=HEUTE)
    with pytest.raises(DatabaseError, match="wird nicht verschoben"), transaction.atomic():
        frist.case.fristen.filter(pk=frist.pk).update(ende=date(2027, 1, 4))


def test_paused_frist_that_is_answered_is_met_and_its_pause_ends(frist, fallmanager):
    pause(frist, fallmanager)
    frist = end_handfrist(frist=frist, durch="Unterlagen da", by=fallmanager, tag=HEUTE)
    assert (frist.state, frist.fristpausen.get().bis) == ("gewahrt", HEUTE)


def test_frist_of_a_step_is_not_ended_by_hand(frist, fallmanager):
    f01 = frist.case.fristen.get(regel="F01")
    with pytest.raises(SchrittUnzulaessig, match="Schritt im Fall"):
        end_handfrist(frist=f01, durch="so", by=fallmanager, tag=HEUTE)
