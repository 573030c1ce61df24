"""Reads the set pages of a letter: what stands where, and what must not stand there alone.

The boxes are those from which the PDF is drawn; the lines of the PDF are read for what breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from weasyprint.document import Page
from weasyprint.formatting_structure import boxes

from cases.schreiben.satz import pdf as satz
from cases.schreiben.satz.brief import render_html
from cases.schreiben.satz.umbruch import keep_together
from tests.cases.schreiben.bilder import BILDER

SUMMEN = {"summe", "zwischensumme"}
# Of the height of the text, below the last line of a page that goes on.
LUECKE_HOECHSTENS = 0.45
# In large print the signatures with the office below them and the contacts, which stay together,
# take up to two thirds of a page.
LUECKE_GROSSDRUCK = 0.7
_MONAT = r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
# End of one line and start of the next, of which one is nothing without the other.
_RISSE = (
    (r"(?:§§?|Art\.|Abs\.|Absatz|Satz|S\.|Nr\.|Buchst\.)$", r"^\d"),
    (r"(?:§§?|Abs\.|Satz|S\.|Nr\.|Art\.) ?\d+[a-z]?$", r"^(?:Abs\.|Satz|S\.|Nr\.|Alt\.|Hs\.)"),
    (r"SGB$", r"^[IVX]+\b"),
    (r"\d\.$", rf"^{_MONAT}"),
    (rf"{_MONAT}$", r"^\d{4}\b"),
    (r"\b\d{1,2}\.$", r"^\d{1,2}\."),
    (r"\d$", r"^(?:€|Euro\b|EUR\b|%|Prozent\b|Uhr\b)"),
    (r"(?:^| )[A-Za-z]\.$", r"^[A-Za-z]\."),
    (r"\bE-$", r"^Mail"),
)
_BRUCH = [(re.compile(a), re.compile(b)) for a, b in _RISSE]

# Where a line may end: not at a no-break blank, nor between a closing quote and what opens (UAX 14,
# LB15); and after a hyphen before a letter.
_WORTENDE = re.compile(
    r"(?<=[\u2010/–])|(?<=-)(?=[^\W\d])|(?<!“)[ \n\t\u200b]|[ \n\t\u200b](?![„(])"
)


def classes_of(box: boxes.Box) -> set[str]:
    """Return the classes of the element of a box."""
    return set((box.element.get("class") or "").split()) if box.element is not None else set()


@dataclass
class Zeile:
    """One line of the text in its block, with the elements around it."""

    text: str
    unten: float
    links: float
    rechts: float
    eltern: list[boxes.Box]
    # The line ends where its writer wanted it to.
    gewollt: bool = False

    def inside(self, *klassen: str, tags: tuple[str, ...] = ()) -> bool:
        """Tell whether one of the elements around has such a class or tag."""
        return any(classes_of(b) & set(klassen) or b.element_tag in tags for b in self.eltern)


def _lines(box: Any, eltern: list[Any]) -> Iterator[Zeile]:
    if isinstance(box, boxes.LineBox):
        worte = [b for b in box.descendants() if isinstance(b, boxes.TextBox)]
        text = "".join(b.text for b in worte)
        if text.strip():
            sichtbar = [b for b in worte if b.text.strip()]
            yield Zeile(
                text.strip(),
                max(b.position_y + b.height for b in sichtbar),
                min(b.position_x for b in sichtbar),
                max(b.position_x + b.width for b in sichtbar),
                eltern,
                any((b.element_tag or "").startswith("br") for b in box.descendants())
                or any(b.style["white_space"].startswith("pre") for b in worte),
            )
        # Blocks inside of a line (labels of the head, boxes to tick) have lines of their own.
    for kind in getattr(box, "children", ()):
        if not isinstance(kind, boxes.MarginBox):
            yield from _lines(kind, [*eltern, box])


def lines_of(page: Page) -> list[Zeile]:
    """Return the lines of the text of a page, without head and foot."""
    return list(_lines(page._page_box, []))


def set_pages(art: str, daten: dict[str, Any], *, entwurf: bool = False) -> list[Page]:
    """Set a letter as it is printed and return its pages."""
    html = render_html(art=art, titel="Probe", daten=daten, entwurf=entwurf)
    with satz._lock, satz._strict():
        return satz._lay_out(keep_together(html), BILDER, satz._images(BILDER)).pages


def check_pages(pages: list[Page]) -> list[str]:
    """Return what is wrong on the pages, each with its number from 1."""
    fehler = []
    for nummer, page in enumerate(pages, start=1):
        zeilen = lines_of(page)
        folgt = nummer < len(pages)
        found = [
            *_alone(zeilen, erste=nummer == 1),
            *_rows(page),
            *_outside(page, zeilen),
            *_broken(zeilen),
            *_short(zeilen),
        ]
        if folgt:
            found += [*_foot(page, zeilen, pages[nummer]), *_gap(page, zeilen, pages[nummer])]
        fehler += [f"Seite {nummer}: {was}" for was in found]
    return fehler


def _alone(zeilen: list[Zeile], *, erste: bool) -> Iterator[str]:
    """Yield pages that hold nothing but signature or contacts."""
    rest = [z for z in zeilen if not z.inside("unterschrift", "unterschriften", "fuss")]
    if not rest and not erste:
        yield "nur Unterschrift oder Erreichbarkeit"


def _blanks(page: Page) -> list[float]:
    """Return where each row or field ends that a form has to be filled in, without a word."""
    return [
        b.position_y + b.height
        for b in page._page_box.descendants()
        if isinstance(b, boxes.TableRowBox)
        or b.element_tag == "textarea"
        or "feld__linie" in classes_of(b)
    ]


def _foot(page: Page, zeilen: list[Zeile], naechste: Page) -> Iterator[str]:
    """Yield a heading or a caption as the last line of a page, unless what follows fills one."""
    if any(_is_tall([row], naechste) for row in _first_rows(naechste)):
        return
    letzte = max(zeilen, key=lambda z: z.unten, default=None)
    # Below the head of a table stand its rows, empty ones of a form as well: see `_rows`.
    # A heading keeps its norm beneath it; only together they lead to what follows.
    if letzte is None or any(ende > letzte.unten for ende in _blanks(page)):
        return
    if letzte.inside("ueberschrift", tags=("h1", "h2", "h3", "caption")):
        yield f"„{letzte.text}“ ohne das, was folgt"


def _rows(page: Page) -> Iterator[str]:
    """Yield sums and single rows that are parted from their table."""
    for table in page._page_box.descendants():
        if not isinstance(table, boxes.TableBox):
            continue
        rows = [row for group in table.children if not group.is_header for row in group.children]
        element = table.element
        alle = element.findall(".//tbody/tr") + element.findall(".//tfoot/tr")
        summen = [e for e in alle if set((e.get("class") or "").split()) & SUMMEN]
        gefuellt = [row for row in rows if not classes_of(row) & SUMMEN]
        noetig = min(2, len(alle) - len(summen))
        if len(gefuellt) < len(rows) and len(gefuellt) < noetig:
            yield f"Summe mit {len(gefuellt)} Zeilen"
        elif len(rows) == 1 < len(alle) and rows[0].element is alle[-1]:
            if not _is_tall(rows, page):
                yield "letzte Zeile einer Tabelle allein"
        elif not rows and alle:
            yield "Kopf einer Tabelle ohne Zeile"


def _is_tall(rows: list[Any], page: Page) -> bool:
    """Tell whether these rows fill half a page: then they stand where they can."""
    box = page._page_box
    hoehe = page.height - box.margin_top - box.margin_bottom
    return bool(rows) and sum(row.height for row in rows) > hoehe / 2


def _outside(page: Page, zeilen: list[Zeile]) -> Iterator[str]:
    """Yield lines beside the area for the text; absolute boxes of the head have their own."""
    box = page._page_box
    links, rechts = box.margin_left, page.width - box.margin_right
    unten = page.height - box.margin_bottom
    for zeile in zeilen:
        if zeile.inside("absender", "fenster", "info"):
            continue
        if zeile.links < links - 1 or zeile.rechts > rechts + 1 or zeile.unten > unten + 1:
            yield f"„{zeile.text[:60]}“ außerhalb des Satzspiegels"


def _broken(zeilen: list[Zeile]) -> Iterator[str]:
    """Yield citations, days and amounts that are torn over two lines of one block."""
    for oben, unten in pairwise(zeilen):
        if oben.eltern[-1] is not unten.eltern[-1]:
            continue
        for ende, anfang in _BRUCH:
            if ende.search(oben.text) and anfang.search(unten.text):
                yield f"Umbruch in „{oben.text[-20:]} / {unten.text[:20]}“"


def _short(zeilen: list[Zeile]) -> Iterator[str]:
    """Yield lines that end although the first word of the next one had room."""
    for oben, unten in pairwise(zeilen):
        block = oben.eltern[-1]
        if block is not unten.eltern[-1] or oben.gewollt:
            continue
        # Beside a picture the line is shorter than its block.
        if oben.inside("unterschrift", "absender", "fenster", "info"):
            continue
        je_zeichen = (unten.rechts - unten.links) / len(unten.text)
        wort = _WORTENDE.split(unten.text)[0]
        platz = block.content_box_x() + block.width - oben.rechts
        if platz > (len(wort) + 2) * je_zeichen * 1.4:
            yield f"„{oben.text[-40:]}“ endet vor „{wort}“, für das Platz ist"


def _first_rows(page: Page) -> list[Any]:
    """Return the first row of the first table that begins on a page."""
    for table in page._page_box.descendants():
        if isinstance(table, boxes.TableBox):
            groups = [g for g in table.children if not g.is_header]
            return list(groups[0].children[:1]) if groups else []
    return []


def _gap(page: Page, zeilen: list[Zeile], naechste: Page) -> Iterator[str]:
    """Yield a page that ends early although what follows is text that could begin on it."""
    box = page._page_box
    oben, unten = box.margin_top, page.height - box.margin_bottom
    folgend = lines_of(naechste)
    if (page.width, page.height) != (naechste.width, naechste.height) or not folgend:
        return
    if folgend[0].inside("neue-seite", tags=("table", "caption")) or folgend[0].inside("beilage"):
        return
    if any(_is_tall([row], naechste) for row in _first_rows(naechste)):
        return
    letzte = max([oben, *_blanks(page), *(z.unten for z in zeilen)])
    luecke = (unten - letzte) / (unten - oben)
    gross = any(z.inside("gross") for z in zeilen)
    if luecke > (LUECKE_GROSSDRUCK if gross else LUECKE_HOECHSTENS):
        yield f"{luecke:.0%} leer vor „{folgend[0].text[:40]}“"
