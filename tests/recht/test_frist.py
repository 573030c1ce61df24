"""Frist, Termin and Zeitraum follow three rules of § 26 SGB X."""

from datetime import date

import pytest

from recht.fehler import EingabeUngueltig, LandUnbekannt
from recht.frist import Frist, Termin, Zeitraum
from recht.laenge import Laenge

SONNTAG = date(2026, 5, 31)


def test_frist_moves_to_the_next_working_day():
    frist = Frist(date(2026, 4, 30), Laenge.parse("1 Monat"), "BW")

    assert frist.ende_rechnerisch == date(2026, 5, 30)
    assert frist.ende == date(2026, 6, 1)


def test_frist_counts_its_first_day_if_told_so():
    frist = Frist(date(2026, 5, 1), Laenge.parse("1 Monat"), "BW", tagesbeginn=True)

    assert frist.ende_rechnerisch == SONNTAG


def test_termin_stays_on_a_sunday():
    assert Termin(SONNTAG).ende == SONNTAG


def test_zeitraum_ends_on_its_last_day():
    assert Zeitraum(date(2026, 5, 1), SONNTAG).bis == SONNTAG


def test_frist_and_termin_check_what_comes_in():
    with pytest.raises(LandUnbekannt, match="Das Land „XX“ ist nicht bekannt"):
        Frist(SONNTAG, Laenge.parse("1 Monat"), "XX")
    with pytest.raises(EingabeUngueltig, match="Auslöser"):
        Frist("2026-05-31", Laenge.parse("1 Monat"), "BW")
    with pytest.raises(EingabeUngueltig, match="Termin"):
        Termin("2026-05-31")
