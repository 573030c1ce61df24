"""What is pasted from letterheads and lists is taken where its meaning is certain (M2, M9)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases.export.zeichen import clean_text, unprintable
from cases.forms.felder import (
    DatumField,
    IbanField,
    PlzField,
    RentenversicherungsnummerField,
    VersichertennummerField,
)
from cases.verzeichnis.forms import TelefonField

IBAN = "DE89370400440532013000"


@pytest.mark.parametrize(
    ("feld", "eingabe", "wert"),
    [
        (IbanField, "IBAN DE89 3704 0044 0532 0130 00 BIC: COBADEFFXXX", IBAN),
        (IbanField, "DE89370400440532013000, BIC COBADEFFXXX", IBAN),
        (IbanField, "IBAN: de89-3704-0044-0532-0130-00", IBAN),
        (TelefonField, "Tel.: 0711 123-0", "0711 123-0"),
        (TelefonField, "Telefon 0711/123", "0711/123"),
        (TelefonField, "Mobil: 0170 123456", "0170 123456"),
        (PlzField, "D-70173", "70173"),
        (PlzField, "70 173", "70173"),
        (RentenversicherungsnummerField, "15-070649-C-103", "15070649C103"),
        (VersichertennummerField, "A-123 456 780", "A123456780"),
        (DatumField, "3. Mai 1980", date(1980, 5, 3)),
        (DatumField, "03. Sept. 2026", date(2026, 9, 3)),
        (DatumField, "1 März 2026", date(2026, 3, 1)),
        (DatumField, "31. Maerz 2026", date(2026, 3, 31)),
    ],
)
def test_certain_meaning_is_taken(feld, eingabe, wert):
    assert feld().clean(eingabe) == wert


@pytest.mark.parametrize(
    ("feld", "eingabe", "rat"),
    [
        (PlzField, "1067", "Fehlt die Null am Anfang"),
        (PlzField, "70173 Stuttgart", "fünf Ziffern"),
        (TelefonField, "Tel.: siehe oben", "Bitte schreiben Sie Ziffern"),
        (IbanField, "BIC COBADEFFXXX", "."),
        (DatumField, "3. Ma 1980", "zum Beispiel"),
        (DatumField, "3. Juniper 1980", "zum Beispiel"),
        (DatumField, "31. Juni 2026", "hat 30 Tage"),
        (DatumField, "3. Mai 80", "mit vier Ziffern"),
        (DatumField, "3/5/1980", "zum Beispiel"),
    ],
)
def test_unclear_meaning_says_what_to_do(feld, eingabe, rat):
    with pytest.raises(ValidationError) as gefunden:
        feld().clean(eingabe)
    assert rat in " ".join(gefunden.value.messages) + "."


@pytest.mark.parametrize(
    ("eingefuegt", "gedruckt"),
    [
        ("\uf077 Einkauf", "• Einkauf"),
        ("\uf09f Einkauf", "• Einkauf"),
        ("■ ► ◆ ❖", "• • • •"),
        ("\uf0e8 Bad ⇒ Küche ➔ Flur", "-> Bad -> Küche -> Flur"),
        ("❏ nein ✖ ja", "[ ] nein [x] ja"),
        ("37 ℃", "37 °C"),
        ("\uf02d5", "-5"),
    ],
)
def test_signs_of_word_are_brought_into_plain_ones(eingefuegt, gedruckt):
    sauber = clean_text(eingefuegt)
    assert (sauber.text, unprintable(sauber.text)) == (gedruckt, [])
    assert sauber.geaendert == ("Aufzählungs- und Kästchenzeichen",)
