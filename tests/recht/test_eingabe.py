from datetime import date

import pytest

from recht.eingabe import (
    check_ganzzahl,
    read_datum,
    write_datum,
    write_monat,
    write_tag,
)
from recht.fehler import EingabeUngueltig


def test_day_is_read_from_iso():
    assert read_datum("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "2025-02-29", "0000-01-01"])
def test_day_that_does_not_exist_is_refused(text):
    with pytest.raises(EingabeUngueltig, match=f"Den Tag „{text}“ gibt es im Kalender nicht"):
        read_datum(text)


@pytest.mark.parametrize("text", ["", "30.02.2026", "2026-2-3", "20260203", "٢٠٢٦-01-01", None, 5])
def test_day_in_another_form_is_refused(text):
    with pytest.raises(EingabeUngueltig, match="erwartet wird JJJJ-MM-TT"):
        read_datum(text)


def test_days_are_written_in_german():
    tag = date(2006, 3, 5)

    assert write_datum(tag) == "05.03.2006"
    assert write_tag(tag) == "Sonntag, 05.03.2006"
    assert write_monat(tag) == "März 2006"


@pytest.mark.parametrize("zahl", [1, 5])
def test_whole_number_within_its_bounds(zahl):
    assert check_ganzzahl(zahl, "Zahl", 1, 5) == zahl


@pytest.mark.parametrize("zahl", [0, 6, True, 2.0, "2", None])
def test_whole_number_refuses_everything_else(zahl):
    with pytest.raises(EingabeUngueltig, match="ganze Zahlen von 1 bis 5"):
        check_ganzzahl(zahl, "Zahl", 1, 5)
