"""What shows through the window of the envelope is the recipient and nothing else."""

from __future__ import annotations

import pytest

from cases.schreiben.satz.brief import render_brief
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.satz.schrift import fit_anschrift
from tests.cases.schreiben.proben import make_daten, make_kopf
from tests.cases.schreiben.pruefer import text_in

# DIN 5008 form B: window 85 x 45 mm at 20/45 mm; the lower 27.3 mm are for the recipient.
FENSTER = {"links": 20, "oben": 45, "breite": 85, "hoehe": 45}
ANSCHRIFTZONE = {"links": 20, "oben": 62.7, "breite": 85, "hoehe": 27.3}
ABSENDER = "Landkreis Musterau · Schlossplatz 1 · 70999 Musterau"
LANG = [
    "Prof. Dr. Maximiliane-Friederike von und zu Hohenstein-Württemberg",
    "c/o Wohngemeinschaft am Alten Schlachthof, Hinterhaus links",
    "Georg-Friedrich-Händel-Straße 112 a",
    "70999 Musterau",
]


def render(anschrift: list[str], **kopf) -> bytes:
    daten = make_daten(kopf=make_kopf(anschrift=anschrift, **kopf), absaetze=["Text"] * 30)
    return render_brief(art="probe", titel="Bescheid", daten=daten).pdf


@pytest.mark.parametrize("grossdruck", [False, True])
@pytest.mark.parametrize(
    "anschrift",
    [
        ["Erika Łuczyńska", "Lindenweg 12", "70999 Musterau"],
        ["Ali Şahin", "c/o Verein", "Haus B", "Am Bach 3", "70999 Musterau", "Deutschland"],
    ],
)
def test_window_shows_sender_line_and_recipient(anschrift, grossdruck):
    pdf = render(anschrift, grossdruck=grossdruck)
    assert text_in(pdf, **FENSTER) == [ABSENDER, *anschrift]
    assert text_in(pdf, **ANSCHRIFTZONE) == anschrift


def test_long_address_is_wrapped_inside_the_window():
    zeilen = text_in(render(LANG), **ANSCHRIFTZONE)
    assert " ".join(zeilen) == " ".join(LANG)
    assert len(zeilen) == 6


def test_wide_line_shrinks_before_it_is_cut():
    umbrochen, eng = fit_anschrift(["W" * 27, "Lindenweg 12", "70999 Musterau"])
    assert (umbrochen, eng) == (["W" * 27, "Lindenweg 12", "70999 Musterau"], True)


@pytest.mark.parametrize("zahl", [7, 8, 9])
def test_up_to_nine_lines_stand_in_the_window(zahl):
    anschrift = [f"Zeile {nummer}" for nummer in range(1, zahl + 1)]
    pdf = render(anschrift)
    assert text_in(pdf, **FENSTER) == [ABSENDER, *anschrift]


def test_name_wider_than_the_window_is_wrapped_not_refused():
    zeilen, eng = fit_anschrift(["W" * 60, "Lindenweg 12", "70999 Musterau"])
    assert ("".join(zeilen[:-2]), eng) == ("W" * 60, True)


@pytest.mark.parametrize("anschrift", [["a"] * 10, ["W" * 300]])
def test_address_that_does_not_fit_is_refused(anschrift):
    with pytest.raises(SchreibenFehler) as error:
        render(anschrift)
    assert error.value.text == (
        "Die Anschrift passt nicht in das Fenster des Umschlags (höchstens neun Zeilen). "
        "Bitte prüfen Sie Zusatz, Straße und Ort der Anschrift; der Name bleibt, wie er ist."
    )
