"""How text comes into the typefaces of the letters, and how an address fits its window."""

from __future__ import annotations

import re
import unicodedata

from cases.export.zeichen import clean_text, hauptschrift, name_zeichen, schrift, unprintable
from cases.schreiben.satz.fehler import SchreibenFehler

# Anschriftzone of DIN 5008 form B: six lines of 27.3 mm; where more are needed, nine go up into
# the zone for remarks, in small type. 85 mm less 5 mm on the left and a little air.
ANSCHRIFT_ZEILEN, ANSCHRIFT_HOECHSTENS = 6, 9
_BREITE_PT = 78 / 25.4 * 72
_GRAD_PT, _GRAD_ENG_PT = 10.5, 9.0
# A text that is stored already keeps its soft hyphens and its narrow spaces in the letter.
_BLEIBT = "\u00ad\u00a0"
_SATZ = str.maketrans({"\u202f": "\u00a0", "\u2007": "\u00a0"})


def printable(html: str) -> str:
    """Return the text in characters of the typefaces; letters look the same as before.

    Umlauts in two parts become one letter, a letter that the first typeface has only in parts is
    taken apart. Raises SchreibenFehler naming what no typeface has: a missing picture would be an
    empty box in the letter and breaks PDF/UA (7.21.8).
    """
    stuecke = re.split(f"([{_BLEIBT}])", html.translate(_SATZ))
    text = "".join(s if s in _BLEIBT and s else clean_text(s).text for s in stuecke)
    vorhanden = hauptschrift().breiten
    for zeichen in {z for z in text if ord(z) not in vorhanden}:
        teile = unicodedata.normalize("NFD", zeichen)
        if len(teile) > 1 and all(ord(teil) in vorhanden for teil in teile):
            text = text.replace(zeichen, teile)
    fehlend = [z for z in unprintable(text) if z not in _BLEIBT]
    if fehlend:
        raise SchreibenFehler(
            f"Diese Zeichen lassen sich im Schreiben nicht drucken: {name_zeichen(fehlend)}. "
            "Bitte ersetzen Sie sie im Text."
        )
    return text


def fit_anschrift(zeilen: list[str]) -> tuple[list[str], bool]:
    """Return the lines as they stand in the window and whether the small size is needed.

    Long lines are wrapped at spaces and hyphens; more than six lines use the zone for remarks as
    well. Raises SchreibenFehler when more than nine are needed even in the small size: a letter
    that shows its address in part must not leave.
    """
    for grad, hoechstens, teilbar in (
        (_GRAD_PT, ANSCHRIFT_ZEILEN, False),
        (_GRAD_ENG_PT, ANSCHRIFT_ZEILEN, False),
        (_GRAD_ENG_PT, ANSCHRIFT_HOECHSTENS, False),
        (_GRAD_ENG_PT, ANSCHRIFT_HOECHSTENS, True),
    ):
        umbrochen = [stueck for zeile in zeilen for stueck in _wrap(zeile, grad, teilbar)]
        passt = all(schrift().width(z, grad) <= _BREITE_PT for z in umbrochen)
        if passt and len(umbrochen) <= hoechstens:
            return umbrochen, grad == _GRAD_ENG_PT
    raise SchreibenFehler(
        "Die Anschrift passt nicht in das Fenster des Umschlags (höchstens neun Zeilen). "
        "Bitte prüfen Sie Zusatz, Straße und Ort der Anschrift; der Name bleibt, wie er ist."
    )


def _wrap(zeile: str, grad: float, teilbar: bool) -> list[str]:
    if schrift().width(zeile, grad) <= _BREITE_PT:
        return [zeile]
    lines = [""]
    for wort in re.findall(r"[^\s-]*-|[^\s-]+|\s+", zeile):
        if schrift().width((lines[-1] + wort).rstrip(), grad) <= _BREITE_PT:
            lines[-1] += wort
        else:
            lines += _cut(wort.lstrip(), grad) if teilbar else [wort.lstrip()]
    return [line.strip() for line in lines if line.strip()]


def _cut(wort: str, grad: float) -> list[str]:
    """Return a word that is wider than the window in pieces that fit: a name is never refused."""
    stuecke = [""]
    for zeichen in wort:
        if schrift().width(stuecke[-1] + zeichen, grad) > _BREITE_PT:
            stuecke.append("")
        stuecke[-1] += zeichen
    return stuecke
