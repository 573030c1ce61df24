"""An own lead time moves the reminder of a new Frist, never its end, and says so."""

from __future__ import annotations

from datetime import date

import pytest

from cases.frist.services.frist import calculate_frist
from cases.models import Frist
from recht.fristen import compute_frist
from tests.cases.behoerde.proben import set_value
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db

EINGANG = date(2026, 11, 16)


def frist_of(by, regel: str = "F01") -> Frist:
    return make_fall(by, eingang=EINGANG).fristen.get(regel=regel)


def test_own_lead_time_moves_the_reminder_and_the_account_names_it(fallmanager, erste, zweite):
    ohne = frist_of(fallmanager)
    set_value(erste, zweite, "vorlauf.F01", 7)
    mit = frist_of(fallmanager)
    assert (ohne.wiedervorlage, mit.wiedervorlage) == (date(2026, 11, 26), date(2026, 11, 23))
    assert (ohne.ende, mit.ende) == (date(2026, 11, 30), date(2026, 11, 30))
    assert [s["text"] for s in mit.schritte][-3:-1] == [
        "Vorlauf der Wiedervorlage: 7 Tage, eigener Wert der Behörde ab 01.01.2026 "
        "(ohne ihn: 4 Tage).",
        "Wiedervorlage am Montag, 23.11.2026.",
    ]
    assert [s["text"] for s in ohne.schritte][-2] == "Wiedervorlage am Donnerstag, 26.11.2026."


def test_lead_time_of_another_frist_or_a_later_day_changes_nothing(fallmanager, erste, zweite):
    set_value(erste, zweite, "vorlauf.F04", 9)
    set_value(erste, zweite, "vorlauf.F01", 7, ab=date(2026, 11, 17))
    assert frist_of(fallmanager).wiedervorlage == date(2026, 11, 26)


def test_running_frist_keeps_its_reminder(fallmanager, erste, zweite):
    frist = frist_of(fallmanager)
    set_value(erste, zweite, "vorlauf.F01", 10)
    frist.refresh_from_db()
    assert frist.wiedervorlage == date(2026, 11, 26)


def test_without_own_value_the_result_is_that_of_the_law_floor(behoerde):
    assert calculate_frist("F01", EINGANG, "BW") == compute_frist("F01", EINGANG, "BW")


def test_own_lead_time_costs_one_query(behoerde, django_assert_num_queries):
    with django_assert_num_queries(1):
        calculate_frist("F35", EINGANG, "BW", geltend_bis=date(2027, 3, 1))
