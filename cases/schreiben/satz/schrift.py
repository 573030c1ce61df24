"""What the typeface of the letters can print, and how wide it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from cases.schreiben.satz.fehler import SchreibenFehler

SCHRIFT = "schrift/brief/FiraSans-Regular.ttf"
# Anschriftzone of DIN 5008 form B: six lines; 85 mm less 5 mm on the left and a little air.
ANSCHRIFT_ZEILEN = 6
_BREITE_PT = 78 / 25.4 * 72
_GRAD_PT, _GRAD_ENG_PT = 10.5, 9.0
# Same meaning, other code: what word processors put in when text is pasted.
_GLEICHWERTIG = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "\u202f": "\u00a0",
        "\u2007": "\u00a0",
        "\u2032": "'",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
# Layout only, without a picture of their own.
_UNSICHTBAR = frozenset("\n\r\t\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True)
class Schrift:
    """Advance widths in units of the em, by character."""

    breiten: dict[int, float]

    def width(self, text: str, grad: float) -> float:
        """Return the width of a line in points at the given size."""
        return grad * sum(self.breiten.get(ord(zeichen), 1.0) for zeichen in text)


@cache
def schrift() -> Schrift:
    """Read the typeface once per process."""
    path = finders.find(SCHRIFT)
    if not path:
        raise SchreibenFehler("Die Schrift der Schreiben fehlt.", (SCHRIFT,))
    with TTFont(path, lazy=True) as font:
        em = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        return Schrift({code: metrics[name][0] / em for code, name in font.getBestCmap().items()})


def printable(html: str) -> str:
    """Return the text in characters of the typeface; letters look the same as before.

    Umlauts in two parts become one letter, a letter that the typeface has only in parts is taken
    apart, special spaces and hyphens become plain ones. Raises SchreibenFehler naming what is
    left: a missing picture would be an empty box in the letter and breaks PDF/UA (7.21.8).
    """
    vorhanden = schrift().breiten
    text = unicodedata.normalize("NFC", html).translate(_GLEICHWERTIG)
    for zeichen in {z for z in text if ord(z) not in vorhanden} - _UNSICHTBAR:
        teile = unicodedata.normalize("NFD", zeichen)
        if all(ord(teil) in vorhanden for teil in teile):
            text = text.replace(zeichen, teile)
    fehlend = sorted({z for z in text if ord(z) not in vorhanden} - _UNSICHTBAR)
    if fehlend:
        liste = ", ".join(f"„{z}“ (U+{ord(z):04X})" for z in fehlend[:5])
        raise SchreibenFehler(
            f"Diese Zeichen lassen sich im Schreiben nicht drucken: {liste}. "
            "Bitte ersetzen Sie sie im Text."
        )
    return text


_MONATE = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_ZUSAMMEN = re.compile(
    rf"(?:§§?|Abs\.|Satz|S\.|Nr\.|Art\.) (?=\d)|(?<=\d) (?=€)|(?<=\d\.) (?={_MONATE})"
)


def keep_together(html: str) -> str:
    """Return the text with citations, amounts and days that do not break at a line's end."""
    return _ZUSAMMEN.sub(lambda stelle: stelle.group().replace(" ", "\u00a0"), html)


def fit_anschrift(zeilen: list[str]) -> tuple[list[str], bool]:
    """Return the lines as they stand in the window and whether the small size is needed.

    Long lines are wrapped at spaces and hyphens. Raises SchreibenFehler when more than six lines
    are needed even in the small size: a letter that shows its address in part must not leave.
    """
    for grad in (_GRAD_PT, _GRAD_ENG_PT):
        umbrochen = [stueck for zeile in zeilen for stueck in _wrap(zeile, grad)]
        passt = all(schrift().width(z, grad) <= _BREITE_PT for z in umbrochen)
        if passt and len(umbrochen) <= ANSCHRIFT_ZEILEN:
            return umbrochen, grad == _GRAD_ENG_PT
    raise SchreibenFehler(
        "Die Anschrift passt nicht in das Fenster des Umschlags (höchstens sechs Zeilen). "
        "Bitte kürzen Sie die Anschrift."
    )


def _wrap(zeile: str, grad: float) -> list[str]:
    if schrift().width(zeile, grad) <= _BREITE_PT:
        return [zeile]
    lines = [""]
    for wort in re.findall(r"[^\s-]*-|[^\s-]+|\s+", zeile):
        if schrift().width((lines[-1] + wort).rstrip(), grad) <= _BREITE_PT:
            lines[-1] += wort
        else:
            lines.append(wort.lstrip())
    return [line.strip() for line in lines if line.strip()]
