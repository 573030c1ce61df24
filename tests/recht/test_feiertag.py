from datetime import date

import pytest

from recht.fehler import AusserhalbDerDeckung, LandUnbekannt
from recht.feiertag import (
    LAENDER,
    feiertag_name,
    feiertage,
    is_werktag,
    letzter_werktag_bis,
    letzter_werktag_vor,
    naechster_werktag,
)

FRONLEICHNAM = "BW BY HE NW RP SL"
ALLERHEILIGEN = "BW BY NW RP SL"
REFORMATION = "BB HB HH MV NI SN ST SH TH"


def laender_mit(tag):
    return {land for land in LAENDER if feiertag_name(tag, land)}


def test_baden_wuerttemberg_has_its_twelve_holidays():
    # FTG BW; Ostersonntag and Pfingstsonntag are Sundays without a holiday of their own.
    assert list(feiertage(2026, "BW").items()) == [
        (date(2026, 1, 1), "Neujahr"),
        (date(2026, 1, 6), "Heilige Drei Könige"),
        (date(2026, 4, 3), "Karfreitag"),
        (date(2026, 4, 6), "Ostermontag"),
        (date(2026, 5, 1), "Maifeiertag"),
        (date(2026, 5, 14), "Christi Himmelfahrt"),
        (date(2026, 5, 25), "Pfingstmontag"),
        (date(2026, 6, 4), "Fronleichnam"),
        (date(2026, 10, 3), "Tag der Deutschen Einheit"),
        (date(2026, 11, 1), "Allerheiligen"),
        (date(2026, 12, 25), "1. Weihnachtsfeiertag"),
        (date(2026, 12, 26), "2. Weihnachtsfeiertag"),
    ]


@pytest.mark.parametrize(
    ("tag", "laender"),
    [
        (date(2026, 1, 6), "BW BY ST"),
        (date(2018, 3, 8), ""),
        (date(2019, 3, 8), "BE"),
        (date(2022, 3, 8), "BE"),
        (date(2023, 3, 8), "BE MV"),
        (date(2026, 4, 5), "BB"),
        (date(2026, 5, 24), "BB"),
        (date(2026, 6, 4), FRONLEICHNAM),
        (date(2026, 8, 15), "SL"),
        (date(2018, 9, 20), ""),
        (date(2019, 9, 20), "TH"),
        (date(2016, 10, 31), "BB MV SN ST TH"),
        (date(2017, 10, 31), " ".join(LAENDER)),
        (date(2026, 10, 31), REFORMATION),
        (date(2026, 11, 1), ALLERHEILIGEN),
        (date(2026, 11, 18), "SN"),
        (date(2020, 5, 8), "BE"),
        (date(2025, 5, 8), "BE"),
        (date(2026, 5, 8), ""),
        (date(2026, 10, 3), " ".join(LAENDER)),
    ],
)
def test_holiday_counts_in_exactly_these_laender(tag, laender):
    assert laender_mit(tag) == set(laender.split())


@pytest.mark.parametrize("land", LAENDER)
@pytest.mark.parametrize("tag", [date(2025, 12, 24), date(2025, 12, 31), date(2009, 12, 24)])
def test_christmas_eve_and_new_years_eve_are_working_days(tag, land):
    assert is_werktag(tag, land)
    assert feiertag_name(tag, land) is None


@pytest.mark.parametrize(
    ("jahr", "ostersonntag"),
    [
        (2008, date(2008, 3, 23)),
        (2009, date(2009, 4, 12)),
        (2010, date(2010, 4, 4)),
        (2011, date(2011, 4, 24)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
    ],
)
def test_easter_falls_on_its_day(jahr, ostersonntag):
    assert feiertage(jahr, "BB")[ostersonntag] == "Ostersonntag"


def test_two_holidays_on_one_day_are_both_named():
    assert feiertag_name(date(2008, 5, 1), "BW") == "Christi Himmelfahrt und Maifeiertag"


def test_next_and_last_working_day_around_easter():
    karfreitag, dienstag = date(2026, 4, 3), date(2026, 4, 7)

    assert naechster_werktag(karfreitag, "BW") == dienstag
    assert naechster_werktag(dienstag, "BW") == dienstag
    assert letzter_werktag_bis(date(2026, 4, 6), "BW") == date(2026, 4, 2)
    assert letzter_werktag_bis(dienstag, "BW") == dienstag
    assert letzter_werktag_vor(dienstag, "BW") == date(2026, 4, 2)


def test_saturday_is_no_working_day():
    assert is_werktag(date(2026, 11, 20), "BW")
    assert not is_werktag(date(2026, 11, 21), "BW")
    assert not is_werktag(date(2026, 11, 22), "BW")


@pytest.mark.parametrize("land", ["", "bw", "XX", "Augsburg", None, ["BW"]])
def test_unknown_land_names_the_sixteen(land):
    with pytest.raises(LandUnbekannt, match="zulässig sind BB, BE, BW, BY"):
        feiertage(2026, land)


def test_years_outside_the_table_are_refused():
    assert feiertag_name(date(2000, 1, 1), "BW") == "Neujahr"
    assert feiertag_name(date(2099, 1, 1), "BW") == "Neujahr"
    for jahr in (1999, 2100):
        with pytest.raises(AusserhalbDerDeckung, match="zulässig sind die Jahre 2000 bis 2099"):
            is_werktag(date(jahr, 6, 1), "BW")
