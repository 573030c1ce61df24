from datetime import date

import pytest

from recht.fehler import EingabeUngueltig
from recht.zeitraum import Zeitraum

OFFEN = Zeitraum(date(2026, 1, 1))
MAERZ = Zeitraum(date(2026, 3, 1), date(2026, 3, 31))


def test_zeitraum_counts_both_ends():
    assert MAERZ.tage == 31
    assert Zeitraum(date(2026, 3, 1), date(2026, 3, 1)).tage == 1


@pytest.mark.parametrize(
    ("von", "bis", "monate"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 12),
        (date(2026, 1, 15), date(2026, 2, 14), 1),
        (date(2026, 1, 15), date(2026, 2, 13), 0),
        (date(2025, 12, 1), date(2026, 1, 31), 2),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
    ],
)
def test_zeitraum_counts_complete_months(von, bis, monate):
    assert Zeitraum(von, bis).monate == monate


def test_zeitraum_contains_its_ends_only():
    assert date(2026, 3, 1) in MAERZ
    assert date(2026, 3, 31) in MAERZ
    assert date(2026, 4, 1) not in MAERZ
    assert date(2026, 2, 28) not in MAERZ
    assert date(2099, 1, 1) in OFFEN


@pytest.mark.parametrize(
    ("anderer", "erwartet"),
    [
        (Zeitraum(date(2026, 3, 31), date(2026, 4, 1)), True),
        (Zeitraum(date(2026, 4, 1), date(2026, 4, 2)), False),
        (Zeitraum(date(2026, 2, 1), date(2026, 3, 1)), True),
        (Zeitraum(date(2026, 2, 1), date(2026, 2, 28)), False),
        (OFFEN, True),
        (Zeitraum(date(2026, 4, 1)), False),
    ],
)
def test_zeitraum_overlap_is_symmetric(anderer, erwartet):
    assert MAERZ.ueberschneidet(anderer) is erwartet
    assert anderer.ueberschneidet(MAERZ) is erwartet


def test_zeitraum_refuses_an_end_before_its_beginning():
    with pytest.raises(EingabeUngueltig, match="darf nicht vor dem Beginn liegen"):
        Zeitraum(date(2026, 3, 2), date(2026, 3, 1))


def test_open_zeitraum_has_no_length():
    with pytest.raises(EingabeUngueltig, match="erforderlich ist ein letzter Tag"):
        _ = OFFEN.tage


def test_zeitraum_reads_as_text():
    assert str(MAERZ) == "01.03.2026 bis 31.03.2026"
    assert str(OFFEN) == "ab 01.01.2026 bis auf Weiteres"
