from datetime import date, datetime

import pytest

from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig, RechtFehler
from recht.rechtsstand import BEZEICHNUNG, Rechtsstand, read_rechtsstand, rechtsstand_am


@pytest.mark.parametrize(
    ("tag", "erwartet"),
    [
        (date(2004, 1, 1), "A"),
        (date(2017, 12, 31), "A"),
        (date(2018, 1, 1), "UE"),
        (date(2019, 12, 31), "UE"),
        (date(2020, 1, 1), "B"),
        (date(2099, 12, 31), "B"),
    ],
)
def test_rechtsstand_changes_on_its_days(tag, erwartet):
    assert rechtsstand_am(tag) == erwartet


@pytest.mark.parametrize("tag", [date(2003, 12, 31), date(2100, 1, 1)])
def test_rechtsstand_outside_coverage_names_the_allowed_days(tag):
    with pytest.raises(AusserhalbDerDeckung, match=r"vom 01\.01\.2004 bis 31\.12\.2099"):
        rechtsstand_am(tag)


def test_rechtsstand_refuses_a_moment():
    with pytest.raises(EingabeUngueltig, match="Kalendertag ohne Uhrzeit"):
        rechtsstand_am(datetime(2026, 1, 1, 12, 0))  # noqa: DTZ001 - the point of the test


def test_rechtsstand_is_read_from_its_code():
    assert read_rechtsstand("UE") is Rechtsstand.UE
    for falsch in ("C", "a", None, 1):
        with pytest.raises(RechtFehler, match="zulässig sind A, UE und B"):
            read_rechtsstand(falsch)


def test_every_rechtsstand_has_a_name():
    assert set(BEZEICHNUNG) == set(Rechtsstand)
