"""Every letter as its reader meets it: sentences end once, begin large, and say what is known."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest

from cases.schreiben.satz.brief import render_html
from cases.templatetags.fallwerk import satz
from tests.cases.schreiben.briefproben import letters

pytestmark = pytest.mark.django_db
_BLOCK = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|tr|t[dh]|div|section|table|caption|br)\b[^>]*>")
# What stands wrong in a line, and its name.
_FEHLER = {
    "zwei Punkte": r"\.\.(?!\.)",
    "leere Klammer": r"\(\s*\)",
    "leeres Zitat": r"„\s*“",
    "Wort ohne Wert": r"\b(?:am|vom|zum|dem|statt|von|gegen|Nummer) –(?=[ ,.;]|$)|\bNone\b",
    "Jahr und Betrag": r"\b(?:19|20)\d\d \d[\d.]*,\d\d €",
    "Betrag ohne Euro": r"\b\d{1,3}(?:\.\d{3})*,\d\d\b(?! ?(?:€|Euro|Stunden|Prozent|v\.))",
    "Satzzeichen nach Lücke": r"\w [,;.](?: |$)",
    "doppeltes Wort": r"\b(der|die|das|und|mit|von|für|in|im|zu|den|dem|wir|ist)\s+\1\b",
    "falsche Zahl": r"\b1 (?:Ziele|Tage|Wochen|Monate|Stunden|Leistungen|Anlagen)\b",
}
# These samples have no review of a Beitrag, no interruption, notice, request or earlier
# provisional decision behind them.
_OHNE_GRUNDLAGE = re.compile(
    r"^(?:anhoerung|folgebescheid) (?:beitrag|unterbrechung|kuendigung|vorlaeufig_aenderung)\b"
    r"|^beteiligung_erinnerung$"
)


@pytest.fixture(scope="module")
def briefe(django_db_setup, django_db_blocker):
    """The letters of all templates; the rows they came from are taken back."""
    return letters(django_db_blocker)


def lines_of(art: str, daten: dict) -> list[str]:
    """Return the blocks of a letter as plain text, in their order."""
    text = render_html(art=art, titel="Brief", daten=daten)
    text = re.sub(r"\s+", " ", text[text.index("<main") :].replace("\xa0", " "))
    text = html.unescape(re.sub(r"<[^>]+>", "", _BLOCK.sub("\n", text))).replace("\u2060", "")
    return [zeile.strip() for zeile in text.split("\n") if zeile.strip()]


def test_no_line_of_a_letter_reads_wrong(briefe):
    fehler = {}
    for name, (art, daten) in briefe.items():
        if _OHNE_GRUNDLAGE.match(name):
            continue
        for zeile in lines_of(art, daten):
            for wort, muster in _FEHLER.items():
                if found := re.search(muster, zeile):
                    fehler[f"{name}: {wort}"] = zeile[max(0, found.start() - 30) :][:90]
    assert fehler == {}


def test_no_letter_begins_small_after_a_finished_sentence(briefe):
    fehler = {}
    for name, (art, daten) in briefe.items():
        if art == "antragsformular":
            continue
        text = render_html(art=art, titel="Brief", daten=daten)
        absaetze = [
            " ".join(html.unescape(re.sub(r"<[^>]+>", "", absatz)).split())
            for absatz in re.findall(r"<p\b[^>]*>(.*?)</p>", text[text.index("<main") :], re.S)
        ]
        for davor, danach in pairwise(absaetze[:3]):
            if re.search(r"[.!?]$", davor) and re.match(r"[a-zäöü]", danach):
                fehler[name] = f"{davor[-40:]} | {danach[:40]}"
    assert fehler == {}


def test_no_heading_stands_over_nothing(briefe):
    leer = {}
    for name, (art, daten) in briefe.items():
        text = render_html(art=art, titel="Brief", daten=daten)
        text = re.sub(r"\s+", " ", text[text.index("<main") :])
        if found := re.search(r"<h(2|3)\b[^>]*>([^<]*)</h\1>\s*(?=<h[12]\b|</main>)", text):
            leer[name] = found[2]
    assert leer == {}


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        ("Drei Mahlzeiten", "Drei Mahlzeiten."),
        ("Drei Mahlzeiten. ", "Drei Mahlzeiten."),
        ("Geht das?", "Geht das?"),
        ("Sie sagt: „Ja.“", "Sie sagt: „Ja.“"),
        ("Assistenz (abends)", "Assistenz (abends)."),
    ],
)
def test_what_was_written_ends_as_one_sentence(text, erwartet):
    assert satz(text) == erwartet
