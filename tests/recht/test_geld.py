from decimal import Decimal

import pytest

from recht.fehler import EingabeUngueltig
from recht.geld import HOECHSTBETRAG, check_betrag, euro, format_euro, format_schlicht
from recht.rundung import (
    auf_cent,
    auf_stufe_abgerundet,
    auf_volle_euro_abgerundet,
    auf_volle_euro_aufgerundet,
)


@pytest.mark.parametrize(
    ("text", "betrag"),
    [
        ("2.714,00", "2714.00"),
        ("2714,5", "2714.50"),
        ("2714.00", "2714.00"),
        ("2.714", "2714.00"),
        ("1.234.567,89 €", "1234567.89"),
        ("0,01 EUR", "0.01"),
        ("-5,00", "-5.00"),
        (" 48.5 ", "48.50"),
        ("46", "46.00"),
    ],
)
def test_euro_reads_german_and_plain_amounts(text, betrag):
    assert str(euro(text)) == betrag


@pytest.mark.parametrize("text", ["", "abc", "1,234", "1.23,4", "12.34.5", "1e3", "NaN", "€", None])
def test_euro_refuses_what_is_no_amount(text):
    with pytest.raises(EingabeUngueltig, match="kein Betrag in Euro"):
        euro(text)


def test_amounts_are_written():
    assert format_euro(Decimal("2714")) == "2.714,00 €"
    assert format_euro(Decimal("1234567.005")) == "1.234.567,01 €"
    assert format_schlicht(Decimal("2714.5")) == "2714.50"


def test_roundings_follow_their_rule():
    assert auf_cent(Decimal("1.005")) == Decimal("1.01")
    assert auf_cent(Decimal("1.0049")) == Decimal("1.00")
    assert auf_volle_euro_aufgerundet(Decimal("241.5")) == 242
    assert auf_volle_euro_aufgerundet(Decimal("242.0")) == 242
    assert auf_volle_euro_abgerundet(Decimal("450.99")) == 450
    assert auf_stufe_abgerundet(Decimal("276.02"), Decimal(10)) == 270
    assert auf_stufe_abgerundet(Decimal("9.99"), Decimal(10)) == 0
    assert auf_stufe_abgerundet(Decimal("280"), Decimal(10)) == 280


@pytest.mark.parametrize("betrag", [Decimal(0), HOECHSTBETRAG])
def test_amount_within_its_bounds(betrag):
    assert check_betrag(betrag, "Feld") == betrag


@pytest.mark.parametrize("betrag", [Decimal("-0.01"), HOECHSTBETRAG + Decimal("0.01")])
def test_amount_outside_its_bounds_is_refused(betrag):
    with pytest.raises(EingabeUngueltig, match=r"Feld: .* erlaubt sind 0,00 € bis 999"):
        check_betrag(betrag, "Feld")


@pytest.mark.parametrize("betrag", [Decimal("NaN"), Decimal("Infinity"), 5.0, "5", None])
def test_amount_must_be_a_decimal(betrag):
    with pytest.raises(EingabeUngueltig, match="erwartet wird eine Dezimalzahl"):
        check_betrag(betrag, "Feld")
