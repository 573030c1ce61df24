"""What never breaks at the end of a line: citations, days, amounts, abbreviations; and blanks.

One place for all that is printed: it works on the finished HTML, so that it holds for the words of
the templates and for those that people type alike.
"""

from __future__ import annotations

import re

_GESCHUETZT = "\u00a0"
_MONATE = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_TEIL = r"(?:Abs\.|Absatz|S\.|Satz|Nr\.|Nummer|Nrn\.|Buchst\.|Buchstabe|Alt\.|Hs\.|UAbs\.)"
_ZAHL = r"\d+[a-z]{0,2}"
_GESETZ = (
    r"(?:SGB [IVX]+|AGSGB IX|[A-ZÄÖÜ][A-Za-zäöü]*(?:GB|GG|VG|BG|PO|VO)|BudgetV|DSGVO|OZG|BGG|VwZG)"
)
_EINHEIT = (
    r"(?:€|Euro\b|EUR\b|Cent\b|%|‰|Prozent\b|Uhr\b|km\b|h\b|Std\.|Stunden?\b|Minuten?\b|Tagen?\b|"
    r"Tage\b|Wochen?\b|Monaten?\b|Monate\b|Jahren?\b|Jahre\b|Blatt\b|Seiten?\b)"
)
_NUMMERIERT = (
    r"(?:Version|Fassung|Ziel|Ziele|Anlage|Kapitel|Teil|Abschnitt|Seite|Zimmer|Stufe|Pflegegrad|"
    r"Pflegestufe|Hilfebedarfsgruppe|GdB|Rn\.|Rz\.|Ziff\.|Kap\.|lit\.)"
)
_KURZ = r"(?:Dr\.|Prof\.|Az\.|ca\.|Tel\.|St\.|Nr\.|vgl\.|Hrn\.|Fr\.|Frau|Herrn?)"

# Each match loses all its breaks. A blank stands for any white space of the source.
_IMMER = (
    # § 29 Abs. 4 S. 2 Nr. 4 · Art. 13 Abs. 1 · Abs. 2 Satz 3
    rf"(?:§§? |Art\. |Artikel ){_ZAHL}(?: {_TEIL} (?:{_ZAHL}|[a-z]\b))*",
    rf"{_TEIL} {_ZAHL}(?: {_TEIL} (?:{_ZAHL}|[a-z]\b))*",
    r"(?:AG)?SGB [IVX]+\b(?: [AB]W\b| a\. ?F\.)?",
    # 1. Dezember 2025 · 01. 12. 2025 · Dezember 2025
    rf"\d{{1,2}}\. (?:{_MONATE})(?: \d{{4}})?",
    r"\d{1,2}\. \d{1,2}\.(?: \d{4})?",
    rf"(?:{_MONATE}) \d{{4}}",
    # 2.714,00 € · 10 Stunden · 1 050,00
    rf"\d {_EINHEIT}",
    r"\d (?=\d{3}(?:\D|$))",
    # z. B. · i. V. m. · J. Brandt · Dr. Hübner · Pflegegrad 2
    r"(?<![A-Za-zÄÖÜäöüß])(?:[A-Za-zÄÖÜäöü]\. )+[A-Za-zÄÖÜäöü]\.",
    r"(?<![A-Za-zÄÖÜäöüß.])[A-ZÄÖÜ]\. (?=[A-ZÄÖÜ][a-zäöü])",
    rf"(?<![A-Za-zÄÖÜäöüß]){_KURZ} (?=\w)",
    rf"(?<![A-Za-zÄÖÜäöüß]){_NUMMERIERT} (?=\d|[IVX]+\b)",
    # Schlossplatz 1, 70999 Musterau
    r"(?<=[a-zäöüß.]) (?=\d{1,4}[a-z]?,\s)",
    r"(?<!\d)\d{5} (?=[A-ZÄÖÜ][a-zäöü])",
    # A dash begins no line.
    r" (?=[–—] )",
)
# In the narrow columns of a table a break before the next number or the law is better than a
# column that pushes the others off the paper.
_IM_SATZ = (
    rf"§§ {_ZAHL}(?:(?:,| bis| und| oder) {_ZAHL}){{1,2}}",
    rf"(?<=[\d.a-z]) (?={_GESETZ})",
)


def _compile(muster: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{m})" for m in muster).replace(" ", r"\s+"))


_UEBERALL, _SATZ = _compile(_IMMER), _compile((*_IM_SATZ,))
_MARKE = re.compile(r"(<[^>]*>)")
_LEER = re.compile(r"\s+")
# The renderer counts the blank at the end of a run of text: where it alone does not fit any more,
# it breaks after the first word. So none ends a run: it goes, or begins the next one. A search
# begins only with the first of many blanks: else long runs would cost their square.
_INNEN = (
    r"(?:strong|em|ins|del|a|b|i|small|abbr)\b[^>]*|span class=\"(?:norm|tag|zusatz|klein)\"[^>]*"
)
_BLOCK = r"(?:p|li|td|th|h[1-6]|dd|dt|caption|div|figcaption|label|body)"
_VOR_ENDE = re.compile(
    rf"(?<!\s)\s+((?:</(?:strong|em|ins|del|a|b|i|small|abbr|span)>\s*)*)(</{_BLOCK}>|<br)"
)
_VOR_ZU = re.compile(r"(?<!\s)\s+((?:</(?:strong|em|ins|del|a|b|i|small|abbr)>)+)")
_VOR_AUF = re.compile(rf"(?<=[^\s>])\s+((?:<(?:{_INNEN})>)+)(?=[^\s<])")


def keep_together(html: str) -> str:
    """Return the HTML with no-break spaces inside citations, days, amounts and abbreviations.

    No run of text ends in a blank any more.
    """
    teile = _MARKE.split(_without_last_blanks(html))
    tiefe = 0
    for n, teil in enumerate(teile):
        if teil.startswith("<"):
            tiefe += teil.startswith("<table") - teil.startswith("</table")
        elif teil.strip():
            teile[n] = protect(teil, tabelle=tiefe > 0)
    return "".join(teile)


def _without_last_blanks(html: str) -> str:
    html = _VOR_ENDE.sub(lambda m: _LEER.sub("", m[1]) + m[2], html)
    html = _VOR_ZU.sub(r"\1 ", html)
    return _VOR_AUF.sub(r"\1 ", html)


def protect(text: str, *, tabelle: bool = False) -> str:
    """Return a text with its no-break spaces; in a table the name of a law may begin a line."""
    text = _UEBERALL.sub(_glue, text)
    return text if tabelle else _SATZ.sub(_glue, text)


def _glue(stelle: re.Match[str]) -> str:
    return _LEER.sub(_GESCHUETZT, stelle.group())
