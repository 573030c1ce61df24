"""Text from anywhere is printed in the typefaces of the letters, or refused by name."""

from __future__ import annotations

import pypdfium2
import pytest
from django import forms
from fontTools.ttLib import TTFont

from cases.export.zeichen import clean_text, unprintable
from cases.forms.basis import BasisForm
from cases.schreiben.satz.brief import render_brief
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.satz.pdf import ASSETS, asset_path
from cases.schreiben.satz.schrift import printable
from tests.cases.person.din91379 import WEITERE, buchstaben
from tests.cases.schreiben.proben import make_daten

ALLE = [letter for letter, _ in buchstaben()] + list(WEITERE)


@pytest.mark.parametrize(
    ("text", "gedruckt"),
    [
        ("Łőşğ ÄÖÜß ẞ Ạệ", "Łőşğ ÄÖÜß ẞ Ạệ"),
        ("Mu\u0308ller", "Müller"),
        ("Ḩ", "H\u0327"),
        ("Co\u2011Pilot\u202f5\u2032", "Co-Pilot\u00a05'"),
        ("Zu\u00adsatz\n", "Zu\u00adsatz\n"),
        ("\uf0b7 Punkt ☒ ja ☐ nein ✓", "• Punkt [x] ja [ ] nein [x]"),
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


def test_every_character_of_the_norm_has_a_picture():
    assert [z for z in ALLE if unprintable(printable(z))] == []


@pytest.mark.parametrize("schnitt", ["Regular", "Bold"])
def test_second_typeface_holds_what_the_first_lacks(schnitt):
    erste = TTFont(asset_path(ASSETS[f"FiraSans-{schnitt}.ttf"][0])).getBestCmap()
    zweite = TTFont(asset_path(ASSETS[f"Zeichen-{schnitt}.ttf"][0])).getBestCmap()
    gedruckt = {z for text in ALLE for z in printable(text)}
    assert gedruckt - {chr(code) for code in {*erste, *zweite}} == set()


def test_letter_with_every_character_of_the_norm_is_rendered():
    """Print all of them, in plain and in bold: no glyph is the empty box of a missing one."""
    zeilen = [" ".join(ALLE[n : n + 20]) for n in range(0, len(ALLE), 20)]
    pdf = render_brief(
        art="probe", titel=" ".join(ALLE[:60]), daten=make_daten(absaetze=zeilen)
    ).pdf
    with pypdfium2.PdfDocument(pdf) as datei:
        gedruckt = "".join(seite.get_textpage().get_text_bounded() for seite in datei)
    fehlen = [z for z in ALLE if z.strip() and not set(printable(z)) <= set(gedruckt)]
    assert fehlen == []


class _Formular(BasisForm):
    name = forms.CharField(label="Name")
    notiz = forms.CharField(label="Notiz", required=False)
    frei = ("notiz",)


@pytest.mark.parametrize(
    ("getippt", "sauber", "hinweis"),
    [
        ("Anna\u00a0Maria", "Anna Maria", "geschützte Leerzeichen"),
        ("Mül\u00adler\u200b", "Müller", "unsichtbare Zeichen entfernt"),
        ("\u202bMüller\u202c", "Müller", "unsichtbare Zeichen entfernt"),
        ("Mu\u0308ller", "Müller", "Buchstaben mit losem Akzent"),
        ("\ufb01nk", "fink", "Ligaturen oder breite Zeichen"),
        ("\uf0b7 Müller", "• Müller", "Aufzählungs- und Kästchenzeichen"),
    ],
)
def test_pasted_text_is_cleaned_with_notice(getippt, sauber, hinweis):
    form = _Formular({"name": getippt})
    assert form.is_valid()
    assert form.cleaned_data["name"] == sauber
    assert form.bereinigt == [f"„Name“: {hinweis}"]
    assert sauber in str(form["name"])


@pytest.mark.parametrize("getippt", ["Anna 😀", "محمد", "Анна中", "李"])
def test_field_refuses_what_the_letter_cannot_print_and_keeps_it(getippt):
    form = _Formular({"name": getippt, "notiz": getippt})
    assert not form.is_valid()
    assert list(form.errors) == ["name"]
    assert "in Schreiben nicht drucken" in form.errors["name"][0]
    assert getippt in str(form["name"])


@pytest.mark.parametrize("letter", [b for b, _ in buchstaben()][::13])
def test_field_and_letter_judge_alike(letter):
    form = _Formular({"name": f"Ma{letter}er"})
    assert form.is_valid(), form.errors
    assert printable(form.cleaned_data["name"])


def test_clean_text_leaves_good_text_alone():
    assert clean_text("Müller – „gut“ • 5 €\n").geaendert == ()
