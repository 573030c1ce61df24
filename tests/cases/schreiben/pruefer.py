"""Checks of letters that no validator makes: header cells, captions, repeated sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO

import pikepdf
import pypdfium2

_TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


class _Tabellen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tabellen = 0
        self.fehler: list[str] = []
        self._offen: list[dict[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        werte = dict(attrs)
        if tag == "table":
            self.tabellen += 1
            self._offen.append({"caption": 0, "th": 0})
        elif tag in {"th", "caption"} and self._offen:
            self._offen[-1][tag] += 1
        if tag == "th" and werte.get("scope") not in {"row", "col", "rowgroup", "colgroup"}:
            self.fehler.append("th ohne scope")
        if tag == "img" and not werte.get("alt"):
            self.fehler.append("img ohne alt")
        if "style" in werte:
            self.fehler.append("style im Element")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            gesehen = self._offen.pop()
            self.fehler += [f"table ohne {was}" for was in ("caption", "th") if not gesehen[was]]


def check_vorlage(text: str) -> tuple[int, list[str]]:
    """Return how many tables the template has, and what is wrong with them."""
    parser = _Tabellen()
    # What a letter puts in from its data stands for some text.
    parser.feed(_TAG.sub(lambda stelle: "…" if stelle[0].startswith("{{") else "", text))
    return parser.tabellen, parser.fehler


def _elemente(knoten: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kinder = knoten.get("/K", pikepdf.Array())
    for kind in kinder if isinstance(kinder, pikepdf.Array) else [kinder]:
        if isinstance(kind, pikepdf.Dictionary) and "/S" in kind:
            yield kind
            yield from _elemente(kind)


def check_pdf(pdf: bytes, einmal: tuple[str, ...] = ()) -> list[str]:
    """Return tables without header cells, and texts of `einmal` that do not stand there once."""
    with pikepdf.open(BytesIO(pdf)) as datei:
        fehler = [
            "Tabelle ohne Kopfzelle"
            for element in _elemente(datei.Root.StructTreeRoot)
            if element.S == "/Table" and all(e.S != "/TH" for e in _elemente(element))
        ]
    text = text_of(pdf)
    return fehler + [f"{wort}: {text.count(wort)}-mal" for wort in einmal if text.count(wort) != 1]


def text_of(pdf: bytes) -> str:
    """Return the text of all pages with plain spaces."""
    with pypdfium2.PdfDocument(pdf) as datei:
        seiten = [seite.get_textpage().get_text_range() for seite in datei]
    return "\n".join(seiten).replace("\u00a0", " ").replace("\r\n", "\n")


def off_paper(pdf: bytes, rand_mm: float = 7.9) -> list[str]:
    """Return the characters that stand nearer than this to the right or lower edge."""
    rand = rand_mm / 25.4 * 72
    gefunden = []
    with pypdfium2.PdfDocument(pdf) as datei:
        for seite in datei:
            text = seite.get_textpage()
            for n in range(text.count_chars()):
                zeichen = text.get_text_range(n, 1)
                _, unten, rechts, _ = text.get_charbox(n)
                if zeichen.strip() and (rechts > seite.get_width() - rand or unten < rand):
                    gefunden.append(zeichen)
    return gefunden


def text_in(pdf: bytes, *, links: float, oben: float, breite: float, hoehe: float) -> list[str]:
    """Return the lines of the first page inside a box; millimetres from the upper left edge."""
    mm = 72 / 25.4
    with pypdfium2.PdfDocument(pdf) as datei:
        text = (
            datei[0]
            .get_textpage()
            .get_text_bounded(
                left=links * mm,
                right=(links + breite) * mm,
                top=(297 - oben) * mm,
                bottom=(297 - oben - hoehe) * mm,
            )
        )
    return [zeile.strip() for zeile in text.replace("\u00a0", " ").split("\r\n")]
