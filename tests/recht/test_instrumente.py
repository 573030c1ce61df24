"""The text of an instrument: what it says, what is wrong with it, what is delivered."""

from __future__ import annotations

import re

import pytest

from recht.fehler import EingabeUngueltig
from recht.instrumente import LEBENSBEREICHE, read_aufbau, vorlagen

KLEIN = """
# Bemerkung
Skala Stufe: 0 keine; 1 volle
Bogen A: Basis
Abschnitt: Wohnen [d5, d6]
- Wie wohnt die Person? | text | person | Pflicht
- Wie stark? | skala Stufe | fachdienst
Bogen B: Ergebnis
Abschnitt: Ergebnis
- Ab wann? | tag | fallmanagement
"""


def test_text_becomes_sheets_sections_and_fields_with_fixed_places():
    aufbau = read_aufbau(KLEIN)
    assert [(b.kuerzel, b.titel, len(b.felder)) for b in aufbau.boegen] == [
        ("A", "Basis", 2),
        ("B", "Ergebnis", 1),
    ]
    assert [(f.schluessel, f.art, f.rolle, f.pflicht, f.bogen) for f in aufbau.felder] == [
        ("1.1.1", "text", "person", True, 1),
        ("1.1.2", "skala", "fachdienst", False, 1),
        ("2.1.1", "tag", "fallmanagement", False, 2),
    ]
    assert aufbau.felder[1].lesbar("1") == "1 – volle"
    assert aufbau.nicht_abgedeckt == ("d1", "d2", "d3", "d4", "d7", "d8", "d9")


@pytest.mark.parametrize(
    ("text", "sagt"),
    [
        ("", "Das Instrument hat noch kein Feld."),
        ("Bogen A: Basis", "Das Instrument hat noch kein Feld."),
        ("Abschnitt: X", "Zeile 1: Vor dem ersten Abschnitt fehlt ein Bogen."),
        ("Bogen A: B\n- F | text | person", "Zeile 2: Vor dem ersten Feld fehlt ein Abschnitt."),
        ("Bogen A: B\nBogen A: C", "Zeile 2: Den Bogen A gibt es schon."),
        ("Irgendwas", "Zeile 1: Die Zeile beginnt weder mit"),
        ("Skala S: 0", "Zeile 1: Die Stufe „0“ braucht Wert und Bedeutung."),
        ("Skala S: 0 a; 0 b", "Zeile 1: In der Skala S steht ein Wert zweimal."),
        ("Bogen A: B\nAbschnitt: C [d10]", "Zeile 2: d10 ist kein Lebensbereich"),
        ("Bogen A: B\nAbschnitt: C\n- F | text", "Zeile 3: Ein Feld hat die Form"),
        ("Bogen A: B\nAbschnitt: C\n- F | text | person | muss", "Zeile 3: Ein Feld hat die Form"),
        ("Bogen A: B\nAbschnitt: C\n- F | zahl | person", "Zeile 3: „zahl“ ist keine Art"),
        ("Bogen A: B\nAbschnitt: C\n- F | skala | person", "Zeile 3: „skala“ ist keine Art"),
        ("Bogen A: B\nAbschnitt: C\n- F | text X | person", "Zeile 3: „text X“ ist keine Art"),
        ("Bogen A: B\nAbschnitt: C\n- F | text | chef", "Zeile 3: „chef“ ist keine Rolle"),
        (
            "Bogen A: B\nAbschnitt: C\n- F | skala S | person",
            "Zeile 3: Die Skala S ist weiter oben nicht genannt.",
        ),
        (
            "Bogen A: B\nAbschnitt: C\n" + "- F | text | person\n" * 301,
            "Möglich sind höchstens 300 Felder.",
        ),
    ],
)
def test_error_names_its_line_and_what_is_possible(text, sagt):
    with pytest.raises(EingabeUngueltig, match=f"^{re.escape(sagt)}"):
        read_aufbau(text)


def test_every_delivered_instrument_can_be_read_and_says_where_it_comes_from():
    assert len(vorlagen()) == 16
    for vorlage in vorlagen():
        aufbau = read_aufbau(vorlage.text)
        assert aufbau.felder
        assert vorlage.quelle
        assert vorlage.bezeichnung
        assert vorlage.vollstaendig == (vorlage.schluessel == "allgemein")


def test_only_the_generic_instrument_is_complete_and_covers_all_nine():
    allgemein = next(v for v in vorlagen() if v.schluessel == "allgemein")
    aufbau = read_aufbau(allgemein.text)
    assert aufbau.nicht_abgedeckt == ()
    assert [b.kuerzel for b in aufbau.boegen] == ["A", "B", "C", "D"]
    bereiche = [a.lebensbereiche for a in aufbau.boegen[2].abschnitte]
    assert bereiche == [(code,) for code in LEBENSBEREICHE]
    bw = next(v for v in vorlagen() if v.schluessel == "bei_bw")
    assert [b.kuerzel for b in read_aufbau(bw.text).boegen] == ["A", "B", "C", "D"]
