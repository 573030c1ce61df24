"""Which characters a letter can print, and what becomes of those that only look different.

One rule for the field in which somebody types and for the letter: what the field has taken, the
letter prints. What is pasted from a word processor is brought into plain characters where its
meaning is certain; what has no picture in the typefaces of the letters is refused by name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

SCHRIFT = "schrift/brief/FiraSans-Regular.ttf"
# For what the first typeface has no picture of: all of DIN 91379 is in it.
ZWEITSCHRIFT = "schrift/brief/Zeichen-Regular.ttf"
# Layout only, without a picture of their own.
_UNSICHTBAR = frozenset("\n\r\t")
_LEERRAUM = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_OHNE_BILD = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"
)
_ZEILENENDE = re.compile("[\u0085\u2028\u2029]")
# Ligatures of typesetting and letters of full width.
_BREITE = re.compile("[\ufb00-\ufb06\uff01-\uff5e]")
_GLEICHWERTIG = {
    "\u2010": "-",
    "\u2011": "-",
    "\u2032": "'",
    "\u2033": '"',
    "\u2b1c": "[ ]",
    "\u2610": "[ ]",
    "\u25a1": "[ ]",
    "\u2611": "[x]",
    "\u2612": "[x]",
    "\u2705": "[x]",
    "\u2713": "[x]",
    "\u2714": "[x]",
    "\u2717": "[x]",
    "\u2718": "[x]",
    "\u25aa": "•",
    "\u25cf": "•",
    "\u25e6": "•",
    "\u2023": "•",
    "\u27a2": "•",
    # Word writes the signs of its picture typefaces as private characters.
    "\uf0a7": "•",
    "\uf0b7": "•",
    "\uf076": "•",
    "\uf0d8": "•",
    "\uf0a8": "[ ]",
    "\uf06f": "[ ]",
    "\uf0fc": "[x]",
    "\uf0fe": "[x]",
    "\uf0e0": "->",
    "\uf0e8": "->",
    "\uf02d": "-",
    "\uf071": "[ ]",
    "\uf072": "[ ]",
    "\uf077": "•",
    "\uf09f": "•",
    "\uf0a1": "•",
    "\uf06c": "•",
    "\uf06e": "•",
    "\u25a0": "•",
    "\u25b6": "•",
    "\u25ba": "•",
    "\u25c6": "•",
    "\u25cb": "•",
    "\u2666": "•",
    "\u2756": "•",
    "\u2794": "->",
    "\u21d2": "->",
    "\u274f": "[ ]",
    "\u2752": "[ ]",
    "\u2716": "[x]",
    "\u2043": "-",
    "\u201b": "'",
    "\u2035": "'",
    "\u2103": "°C",
}
_TAUSCH = str.maketrans(_GLEICHWERTIG)


@dataclass(frozen=True)
class Bereinigt:
    """A text in plain characters and what was done to it, in words."""

    text: str
    geaendert: tuple[str, ...]


@dataclass(frozen=True)
class Schrift:
    """Advance widths in units of the em, by character."""

    breiten: dict[int, float]

    def width(self, text: str, grad: float) -> float:
        """Return the width of a line in points at the given size."""
        return grad * sum(self.breiten.get(ord(zeichen), 1.0) for zeichen in text)


@cache
def schrift() -> Schrift:
    """Read the typefaces once per process; the second one only adds what the first one lacks."""
    return Schrift({**_breiten(ZWEITSCHRIFT), **hauptschrift().breiten})


@cache
def hauptschrift() -> Schrift:
    """Read the typeface in which letters are set."""
    return Schrift(_breiten(SCHRIFT))


def _breiten(name: str) -> dict[int, float]:
    path = finders.find(name)
    if not path:
        raise FileNotFoundError(name)
    with TTFont(path, lazy=True) as font:
        em = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        return {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def clean_text(text: str) -> Bereinigt:
    """Return the text as it can be printed, as far as its meaning is certain."""
    geaendert: list[str] = []

    def note(neu: str, was: str) -> str:
        if neu != text:
            geaendert.append(was)
        return neu

    text = note(_ZEILENENDE.sub("\n", text), "besondere Zeilenenden")
    text = note(_LEERRAUM.sub(" ", text), "geschützte Leerzeichen")
    text = note(_OHNE_BILD.sub("", text), "unsichtbare Zeichen entfernt")
    breit = _BREITE.sub(lambda z: unicodedata.normalize("NFKC", z.group()), text)
    text = note(breit, "Ligaturen oder breite Zeichen")
    text = note(text.translate(_TAUSCH), "Aufzählungs- und Kästchenzeichen")
    text = note(unicodedata.normalize("NFC", text), "Buchstaben mit losem Akzent")
    return Bereinigt(text, tuple(geaendert))


def unprintable(text: str) -> list[str]:
    """Return the characters for which no typeface of the letters has a picture."""
    vorhanden = schrift().breiten
    fehlend = {z for z in text if ord(z) not in vorhanden} - _UNSICHTBAR
    return sorted(z for z in fehlend if not _in_parts(z, vorhanden))


def name_zeichen(zeichen: list[str]) -> str:
    """Return how a message names characters."""
    return ", ".join(f"„{z}“ (U+{ord(z):04X})" for z in zeichen[:5])


def _in_parts(zeichen: str, vorhanden: dict[int, float]) -> bool:
    teile = unicodedata.normalize("NFD", zeichen)
    return len(teile) > 1 and all(ord(teil) in vorhanden for teil in teile)
