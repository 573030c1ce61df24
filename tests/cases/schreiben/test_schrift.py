"""Text from anywhere is printed in the typeface of the letters, or refused by name."""

from __future__ import annotations

import pytest

from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.satz.schrift import keep_together, printable


@pytest.mark.parametrize(
    ("text", "gedruckt"),
    [
        ("Łőşğ ÄÖÜß ẞ Ạệ", "Łőşğ ÄÖÜß ẞ Ạệ"),
        ("Mu\u0308ller", "Müller"),
        ("Ḩ", "H\u0327"),
        ("Co\u2011Pilot\u202f5\u2032", "Co-Pilot\u00a05'"),
        ("Zu\u00adsatz\n", "Zu\u00adsatz\n"),
    ],
)
def test_text_is_brought_into_the_typeface(text, gedruckt):
    assert printable(text) == gedruckt


def test_characters_without_a_picture_are_named():
    with pytest.raises(SchreibenFehler) as error:
        printable("Gut 😀 und 中, sonst nichts")
    assert error.value.text == (
        "Diese Zeichen lassen sich im Schreiben nicht drucken: „中“ (U+4E2D), „😀“ (U+1F600). "
        "Bitte ersetzen Sie sie im Text."
    )


@pytest.mark.parametrize(
    ("text", "gedruckt"),
    [
        ("§ 29 Abs. 4 S. 2 Nr. 4 SGB IX", "§_29 Abs._4 S._2 Nr._4 SGB IX"),
        ("§§ 135 bis 138", "§§_135 bis 138"),
        ("am 1. Dezember 2026", "am 1._Dezember 2026"),
        ("1.050,00 € im Monat", "1.050,00_€ im Monat"),
        ("Nr. und § ohne Zahl", "Nr. und § ohne Zahl"),
    ],
)
def test_citations_amounts_and_days_stay_together(text, gedruckt):
    assert keep_together(text) == gedruckt.replace("_", "\u00a0")
