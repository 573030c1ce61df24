from datetime import date

import pytest

from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig
from recht.laenge import Laenge, gehemmtes_ende, letzter_tag, monatsende, plus_monate


@pytest.mark.parametrize(
    ("text", "gelesen"),
    [
        ("14 Tage", "14 Tage"),
        ("1 tag", "1 Tag"),
        (" 2 Wochen ", "2 Wochen"),
        ("1 Monat", "1 Monat"),
        ("6 Monaten", "6 Monate"),
        ("1 Jahr", "1 Jahr"),
        ("25 Arbeitstage", "25 Arbeitstage"),
        ("72 Stunden", "72 Stunden"),
        ("1 Kalendermonat", "1 Kalendermonat"),
    ],
)
def test_length_is_read_and_printed(text, gelesen):
    assert str(Laenge.parse(text)) == gelesen


@pytest.mark.parametrize("text", ["", "Tage", "2", "2 Monde", "-1 Tage", "zwei Wochen", "2  "])
def test_length_refuses_what_it_does_not_know(text):
    with pytest.raises(EingabeUngueltig, match="„14 Tage“"):
        Laenge.parse(text)


def test_length_of_nothing_is_refused():
    with pytest.raises(EingabeUngueltig, match="mindestens 1"):
        Laenge.parse("0 Tage")
    with pytest.raises(EingabeUngueltig, match="zulässig sind arbeitstage"):
        Laenge(1, "Monde")


@pytest.mark.parametrize(
    ("text", "tage"), [("2 Tage", 2), ("2 Wochen", 14), ("2 Monate", 60), ("2 Jahre", 730)]
)
def test_period_that_need_not_be_consecutive(text, tage):
    # § 191 BGB
    assert Laenge.parse(text).tage_nicht_zusammenhaengend == tage


def test_arbeitstage_are_not_converted():
    with pytest.raises(EingabeUngueltig, match="§ 191 BGB"):
        _ = Laenge.parse("2 Arbeitstage").tage_nicht_zusammenhaengend


@pytest.mark.parametrize(
    ("tag", "monate", "erwartet"),
    [
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 29), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(tag, monate, erwartet):
    assert plus_monate(tag, monate) == erwartet


def test_months_beyond_the_calendar_are_refused():
    assert plus_monate(date(9999, 11, 1), 1) == date(9999, 12, 1)
    assert plus_monate(date(1, 2, 1), -1) == date(1, 1, 1)
    for tag, monate in ((date(9999, 12, 1), 1), (date(1, 1, 1), -1)):
        with pytest.raises(AusserhalbDerDeckung, match="außerhalb des Kalenders"):
            plus_monate(tag, monate)


@pytest.mark.parametrize(
    ("text", "tagesbeginn", "erwartet"),
    [
        ("1 Tag", False, date(2026, 3, 2)),
        ("1 Tag", True, date(2026, 3, 1)),
        ("1 Woche", False, date(2026, 3, 8)),
        ("1 Woche", True, date(2026, 3, 7)),
        ("1 Monat", False, date(2026, 4, 1)),
        ("1 Monat", True, date(2026, 3, 31)),
        ("1 Jahr", True, date(2027, 2, 28)),
        ("24 Stunden", False, date(2026, 3, 2)),
        ("25 Stunden", False, date(2026, 3, 3)),
        ("1 Arbeitstag", False, date(2026, 3, 2)),
        ("6 Arbeitstage", True, date(2026, 3, 9)),
        ("1 Kalendermonat", True, date(2026, 4, 30)),
        ("1 Kalendermonat", False, date(2026, 4, 30)),
    ],
)
def test_last_day_with_and_without_the_first_day(text, tagesbeginn, erwartet):
    # 01.03.2026 is a Sunday; the clock change of 29.03.2026 changes nothing.
    laenge = Laenge.parse(text)

    assert letzter_tag(date(2026, 3, 1), laenge, tagesbeginn=tagesbeginn, land="BW") == erwartet


@pytest.mark.parametrize("tag", [date(2026, 2, 1), date(2026, 2, 28)])
def test_month_end(tag):
    assert monatsende(tag) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("pausen", "ende", "tage"),
    [
        ([(date(2026, 3, 5), date(2026, 3, 6))], date(2026, 3, 17), [2]),
        ([(date(2026, 2, 1), date(2026, 3, 3))], date(2026, 3, 17), [2]),
        ([(date(2026, 3, 15), date(2026, 3, 16))], date(2026, 3, 17), [2]),
        ([(date(2026, 3, 16), date(2026, 3, 20))], date(2026, 3, 15), []),
        ([(date(2026, 2, 1), date(2026, 3, 1))], date(2026, 3, 15), []),
        (
            [(date(2026, 2, 1), date(2026, 3, 1)), (date(2026, 3, 5), date(2026, 3, 5))],
            date(2026, 3, 16),
            [1],
        ),
        (
            [(date(2026, 3, 6), date(2026, 3, 8)), (date(2026, 3, 5), date(2026, 3, 6))],
            date(2026, 3, 19),
            [2, 2],
        ),
        (
            [(date(2026, 3, 5), date(2026, 3, 8)), (date(2026, 3, 6), date(2026, 3, 7))],
            date(2026, 3, 19),
            [4],
        ),
        (
            [(date(2026, 3, 10), date(2026, 3, 11)), (date(2026, 3, 17), date(2026, 3, 17))],
            date(2026, 3, 18),
            [2, 1],
        ),
    ],
)
def test_pauses_move_the_end_by_their_days(pausen, ende, tage):
    # First counted day 02.03.2026, end 15.03.2026.
    neu, wirksam = gehemmtes_ende(
        date(2026, 3, 2), date(2026, 3, 15), pausen, Laenge.parse("2 Wochen"), "BW"
    )

    assert neu == ende
    assert [pause[2] for pause in wirksam] == tage


def test_pause_of_arbeitstage_adds_working_days():
    # Friday to Monday: two working days; from Friday 13.03.2026 the end moves to Tuesday.
    neu, wirksam = gehemmtes_ende(
        date(2026, 3, 2),
        date(2026, 3, 13),
        [(date(2026, 3, 6), date(2026, 3, 9))],
        Laenge.parse("10 Arbeitstage"),
        "BW",
    )

    assert neu == date(2026, 3, 17)
    assert wirksam == ((date(2026, 3, 6), date(2026, 3, 9), 2),)


def test_first_arbeitstag_may_be_the_trigger_itself():
    montag, laenge = date(2026, 3, 2), Laenge.parse("5 Arbeitstage")

    assert letzter_tag(montag, laenge, tagesbeginn=True, land="BW") == date(2026, 3, 6)
    assert letzter_tag(montag, laenge, tagesbeginn=False, land="BW") == date(2026, 3, 9)
