"""Dates, amounts, IBAN and postal codes as an office types them, right and wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from cases.forms.felder import DatumField, EuroField, IbanField, PlzField
from recht.geld import STUNDENSATZ_HOECHSTENS


def message_of(field: forms.Field, text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(text)
    return caught.value.messages[0]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("05.03.2026", date(2026, 3, 5)),
        ("5.3.2026", date(2026, 3, 5)),
        (" 5. 3. 2026 ", date(2026, 3, 5)),
        ("05032026", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        ("29.02.2024", date(2024, 2, 29)),
        ("31.12.2199", date(2199, 12, 31)),
        ("01.01.1900", date(1900, 1, 1)),
        (date(2026, 3, 5), date(2026, 3, 5)),
        (datetime(2026, 3, 5, 23, 59, tzinfo=UTC), date(2026, 3, 5)),
    ],
)
def test_datum_reads_what_an_office_types(text, tag):
    assert DatumField().clean(text) == tag


@pytest.mark.parametrize(
    ("text", "meldung"),
    [
        ("31.02.2026", "„31.02.2026“ gibt es nicht: Der Februar 2026 hat 28 Tage."),
        ("29.02.2100", "„29.02.2100“ gibt es nicht: Der Februar 2100 hat 28 Tage."),
        ("31.4.2026", "„31.4.2026“ gibt es nicht: Der April 2026 hat 30 Tage."),
        ("00.01.2026", "„00.01.2026“ gibt es nicht: Der Januar 2026 hat 31 Tage."),
        (
            "12.13.2026",
            "„12.13.2026“ gibt es nicht: Ein Monat hat eine Zahl von 1 bis 12, nicht 13.",
        ),
        (
            "05.03.26",
            "„05.03.26“: Bitte schreiben Sie das Jahr mit vier Ziffern, zum Beispiel 05.03.2026.",
        ),
        (
            "morgen",
            "„morgen“ ist kein vollständiges Datum. Bitte schreiben Sie Tag, Monat und Jahr, "
            "zum Beispiel 05.03.2026.",
        ),
        (
            "5/3/2026",
            "„5/3/2026“ ist kein vollständiges Datum. Bitte schreiben Sie Tag, Monat und Jahr, "
            "zum Beispiel 05.03.2026.",
        ),
        ("31.12.1899", "Das Datum darf nicht vor dem 01.01.1900 liegen."),
        ("01.01.2200", "Das Datum darf nicht nach dem 31.12.2199 liegen."),
        ("01.01.0000", "„01.01.0000“ gibt es nicht: Das Jahr 0 gibt es nicht."),
    ],
)
def test_datum_says_what_is_wrong(text, meldung):
    assert message_of(DatumField(), text) == meldung


def test_datum_limits_are_inclusive():
    field = DatumField(fruehestens=date(2026, 3, 5), spaetestens=date(2026, 3, 6))
    assert field.clean("05.03.2026") == date(2026, 3, 5)
    assert field.clean("06.03.2026") == date(2026, 3, 6)
    assert message_of(field, "04.03.2026") == "Das Datum darf nicht vor dem 05.03.2026 liegen."
    assert message_of(field, "07.03.2026") == "Das Datum darf nicht nach dem 06.03.2026 liegen."


@pytest.mark.parametrize("leer", ["", "   ", None])
def test_datum_and_euro_may_be_empty_when_not_required(leer):
    assert DatumField(required=False).clean(leer) is None
    assert EuroField(required=False).clean(leer) is None


def test_datum_says_its_form_beside_other_help():
    assert DatumField(help_text="Eingangsstempel.").help_text == "Eingangsstempel. Form: TT.MM.JJJJ"
    assert DatumField().help_text == "Form: TT.MM.JJJJ"


@pytest.mark.parametrize(
    ("text", "betrag"),
    [
        ("2.714,00", "2714.00"),
        ("2714,00", "2714.00"),
        ("2714", "2714.00"),
        ("2 714,00", "2714.00"),
        ("2\u202f714,5", "2714.50"),
        ("2.714,00 €", "2714.00"),
        ("1.234.567,89 EUR", "1234567.89"),
        ("2714,-", "2714.00"),
        ("0,01", "0.01"),
        ("2714.00", "2714.00"),
        ("2.714", "2714.00"),
        (Decimal("12.5"), "12.50"),
    ],
)
def test_euro_reads_german_amounts(text, betrag):
    assert EuroField().clean(text) == Decimal(betrag)


@pytest.mark.parametrize("text", ["2.714.5", "2,714.00", "27.14.000", "2.71,00", "1.5", "12 34,00"])
def test_euro_refuses_what_reads_two_ways(text):
    assert message_of(EuroField(), text) == (
        f"„{text}“ ist nicht eindeutig. Bitte schreiben Sie den Betrag mit Komma vor den Cent, "
        "zum Beispiel 2.714,00."
    )


@pytest.mark.parametrize(
    ("text", "meldung"),
    [
        (
            "viel",
            "„viel“ ist kein Betrag. Bitte schreiben Sie eine Zahl, zum Beispiel 2.714,00.",
        ),
        ("€", "„€“ ist kein Betrag. Bitte schreiben Sie eine Zahl, zum Beispiel 2.714,00."),
        ("12,345", "„12,345“: Ein Betrag hat höchstens zwei Stellen nach dem Komma."),
        ("-5,00", "Der Betrag darf nicht negativ sein."),
        ("−5,00", "Der Betrag darf nicht negativ sein."),
    ],
)
def test_euro_says_what_is_wrong(text, meldung):
    assert message_of(EuroField(), text) == meldung


def test_euro_allows_less_than_zero_on_demand():
    assert EuroField(negativ=True).clean("-1.050,00") == Decimal("-1050.00")


def test_euro_has_an_upper_limit():
    assert EuroField().clean("99999999,99") == Decimal("99999999.99")
    for text in ("100.000.000,00", "9.999.999.999,99", "10000000000,00"):
        assert message_of(EuroField(), text).replace("\u00a0", " ") == (
            "Der Betrag ist zu hoch, möglich sind höchstens 99.999.999,99 €. Bitte prüfen Sie die "
            "Stellen."
        )
    with pytest.raises(ValidationError, match=r"höchstens 9\.999,99"):
        EuroField(hoechstens=STUNDENSATZ_HOECHSTENS).clean("10.000,00")


@pytest.mark.parametrize(
    ("wert", "gezeigt"),
    [
        (Decimal("2714"), "2.714,00"),
        (5, "5,00"),
        (Decimal("-0.5"), "-0,50"),
        ("2.714.5", "2.714.5"),
    ],
)
def test_euro_shows_numbers_german_and_typed_text_unchanged(wert, gezeigt):
    assert EuroField().widget.format_value(wert) == gezeigt


@pytest.mark.parametrize(
    ("text", "iban"),
    [
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("de89370400440532013000", "DE89370400440532013000"),
        (" AT61 1904 3002 3457 3201 ", "AT611904300234573201"),
    ],
)
def test_iban_accepts_spaces_and_small_letters(text, iban):
    assert IbanField().clean(text) == iban


@pytest.mark.parametrize(
    ("text", "meldung"),
    [
        (
            "DE89 3704 0044 0532 0130 0",
            "Die IBAN hat 21 Zeichen, eine deutsche IBAN hat 22.",
        ),
        ("AT61 1904 3002 3457 32", "Die IBAN hat 18 Zeichen, eine IBAN mit AT hat 20."),
        (
            "DE98 3704 0044 0532 0130 00",
            "Die Prüfziffer der IBAN stimmt nicht. Bitte vergleichen Sie die Ziffern; "
            "oft sind zwei vertauscht.",
        ),
        (
            "XX89 3704 0044 0532 0130 00",
            "„XX“ ist kein Land, das die IBAN verwendet. Deutsche IBAN beginnen mit DE.",
        ),
        (
            "DE89 3704 0044 0532 O130 00",
            "Die IBAN ist nicht richtig aufgebaut. Bitte vergleichen Sie sie mit der Vorlage.",
        ),
        (
            "89 3704 0044",
            "Eine IBAN beginnt mit zwei Buchstaben für das Land und zwei Prüfziffern, "
            "zum Beispiel DE89.",
        ),
        ("DE89*3704", "Eine IBAN besteht nur aus Buchstaben und Ziffern."),
    ],
)
def test_iban_says_what_is_wrong(text, meldung):
    assert message_of(IbanField(), text) == meldung


def test_iban_is_shown_in_groups_of_four():
    assert (
        IbanField().widget.format_value("DE89370400440532013000") == "DE89 3704 0044 0532 0130 00"
    )


@pytest.mark.parametrize("plz", ["01067", "70999", "99998"])
def test_plz_accepts_five_digits(plz):
    assert PlzField().clean(plz) == plz


@pytest.mark.parametrize(
    ("text", "meldung"),
    [
        (
            "7099",
            "„7099“ hat nur vier Ziffern. Fehlt die Null am Anfang (07099)? Tabellen lassen sie "
            "oft weg.",
        ),
        ("7O999", "„7O999“ ist keine Postleitzahl: Sie hat fünf Ziffern."),
        ("00999", "Die Postleitzahl 00999 gibt es nicht."),
        ("99999", "Die Postleitzahl 99999 gibt es nicht."),
    ],
)
def test_plz_says_what_is_wrong(text, meldung):
    assert message_of(PlzField(), text) == meldung
