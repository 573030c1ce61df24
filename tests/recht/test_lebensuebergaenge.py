"""Transitions of a life: worked days, the edges of the calendar, a birth date known in part."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from recht.laenge import plus_monate
from recht.lebensuebergaenge import (
    find_uebergang,
    lebensuebergaenge,
    uebergangsart,
    uebergangsarten,
    vollendet,
)


def tag_of(schluessel: str, geburt: date) -> date | None:
    return find_uebergang(uebergangsart(schluessel), geburt, geburt).tag


@pytest.mark.parametrize(
    ("geburt", "tag"),
    [
        (date(2008, 11, 20), date(2026, 11, 20)),
        # Born on 29 February: the year is complete at the end of 28 February (§ 188 Abs. 2 BGB).
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2006, 2, 28), date(2024, 2, 28)),
        (date(2010, 1, 31), date(2028, 1, 31)),
    ],
)
def test_majority_is_the_day_after_eighteen_years(geburt, tag):
    assert tag_of("volljaehrigkeit", geburt) == tag
    assert vollendet(geburt, 18) == tag


# Regelaltersgrenze by year of birth, as the table of § 235 Abs. 2 SGB VI gives it.
TABELLE = {
    1946: (65, 0),
    1947: (65, 1),
    1948: (65, 2),
    1949: (65, 3),
    1950: (65, 4),
    1951: (65, 5),
    1952: (65, 6),
    1953: (65, 7),
    1954: (65, 8),
    1955: (65, 9),
    1956: (65, 10),
    1957: (65, 11),
    1958: (66, 0),
    1959: (66, 2),
    1960: (66, 4),
    1961: (66, 6),
    1962: (66, 8),
    1963: (66, 10),
    1964: (67, 0),
    1990: (67, 0),
}


@pytest.mark.parametrize(("jahrgang", "grenze"), TABELLE.items())
def test_end_of_working_life_follows_the_year_of_birth(jahrgang, grenze):
    jahre, monate = grenze
    erreicht = plus_monate(date(jahrgang, 5, 15), 12 * jahre + monate)
    erster = plus_monate(erreicht.replace(day=1), 1)
    assert tag_of("ruhestand", date(jahrgang, 5, 15)) == erster


def test_born_on_the_first_the_pension_begins_a_month_earlier():
    assert tag_of("ruhestand", date(1964, 6, 1)) == date(2031, 6, 1)
    assert tag_of("ruhestand", date(1964, 6, 2)) == date(2031, 7, 1)


@pytest.mark.parametrize(
    ("geburt", "tag"),
    [
        (date(2020, 6, 30), date(2026, 8, 1)),
        (date(2020, 7, 1), date(2026, 8, 1)),
        (date(2020, 7, 2), date(2027, 8, 1)),
    ],
)
def test_school_begins_after_six_completed_years(geburt, tag):
    assert tag_of("schulbeginn", geburt) == tag


def test_partly_known_birth_gives_a_span_and_asks():
    eines = find_uebergang(uebergangsart("volljaehrigkeit"), date(2010, 1, 1), date(2010, 12, 31))
    assert (eines.tag, eines.fruehestens, eines.spaetestens) == (
        None,
        date(2028, 1, 1),
        date(2028, 12, 31),
    )
    assert eines.wiedervorlage == date(2027, 1, 1)
    assert "zu erfragen" in eines.schritte[0].text


def test_what_does_not_follow_from_the_birth_is_asked():
    eines = find_uebergang(uebergangsart("schulende"), date(2012, 3, 4), date(2012, 3, 4))
    assert (eines.tag, eines.wiedervorlage) == (None, None)


@pytest.mark.parametrize(
    ("alter", "arten"),
    [
        (2, ["kindergarten", "pflegebedarf"]),
        (5, ["schulbeginn", "pflegebedarf"]),
        (
            17,
            ["schulende", "volljaehrigkeit", "berufliche_bildung", "arbeitsleben", "pflegebedarf"],
        ),
        (40, ["arbeitsleben", "pflegebedarf"]),
        (65, ["arbeitsleben", "ruhestand", "pflegebedarf"]),
        (90, ["pflegebedarf"]),
    ],
)
def test_only_what_lies_before_somebody_of_this_age_is_named(alter, arten):
    heute = date(2026, 11, 20)
    geburt = plus_monate(heute, -12 * alter)
    assert [u.art.schluessel for u in lebensuebergaenge(geburt, geburt, heute)] == arten


def test_each_computed_transition_is_named_on_the_day_of_its_reminder():
    """The ages of the table leave room for the lead time; else nobody would be reminded."""
    gesehen = 0
    for art in uebergangsarten():
        for geburt in (date(1962, 3, 1), date(2004, 2, 29), date(2019, 7, 2), date(2026, 6, 30)):
            eines = find_uebergang(art, geburt, geburt)
            if eines.wiedervorlage is None:
                continue
            gesehen += 1
            namen = {
                u.art.schluessel for u in lebensuebergaenge(geburt, geburt, eines.wiedervorlage)
            }
            assert art.schluessel in namen, (art.schluessel, geburt)
            danach = lebensuebergaenge(geburt, geburt, eines.spaetestens + timedelta(days=1))
            assert art.schluessel not in {u.art.schluessel for u in danach}
    assert gesehen == 16
