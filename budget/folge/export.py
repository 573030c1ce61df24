"""The file of a case as one PDF for a court, with its index as a structured record (§ 65d SGG)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from xml.sax.xmlreader import AttributesImpl

import pikepdf
from django.utils.xmlutils import SimplerXMLGenerator

# A4 in points, and how many lines of the index fit on a page.
_BREITE, _HOEHE = 595, 842
_ZEILEN, _ABSTAND, _RAND = 44, 15, 56
# So many signs of a title fit beside day and numbers.
_TITEL = 62
NAMENSRAUM = "urn:fallwerk:verwaltungsakte:1"
# What a court takes in a file name: letters without umlauts, digits, hyphen, underscore.
_UNZULAESSIG = re.compile(r"[^A-Za-z0-9_-]+")
_UMLAUTE = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)


@dataclass(frozen=True)
class Stueck:
    """One paper of the file; without a PDF the index says where it lies.

    `art` is `schreiben` or `unterlage`, `kennung` the number under which the authority knows it.
    """

    tag: date
    titel: str
    pdf: bytes = b""
    art: str = "schreiben"
    kennung: str = ""


@dataclass(frozen=True)
class Eintrag:
    """One line of the index: the paper and its first and last page, 0 where it is not bound in."""

    stueck: Stueck
    von: int
    bis: int

    @property
    def blatt(self) -> str:
        """Return the pages as they are cited."""
        if not self.von:
            return "gesondert"
        return str(self.von) if self.von == self.bis else f"{self.von}-{self.bis}"


@dataclass(frozen=True)
class Gerichtsakte:
    """The bound file with its index, and what the record says of both."""

    behoerde: str
    aktenzeichen: str
    tag: date
    pdf: bytes
    eintraege: Sequence[Eintrag]


def index_record(akte: Gerichtsakte) -> bytes:
    """Return the index as XML for a machine; docs/schema/verwaltungsakte-1.xsd says what it holds.

    It names the PDF by file name and SHA-256, and each paper by day, title and pages. The same
    file gives the same bytes.
    """
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("verwaltungsakte", AttributesImpl({"xmlns": NAMENSRAUM, "version": "1"}))
    xml.addQuickElement("behoerde", akte.behoerde)
    xml.addQuickElement("aktenzeichen", akte.aktenzeichen)
    xml.addQuickElement("erstellt", akte.tag.isoformat())
    datei = {
        "name": f"{file_name(akte.aktenzeichen, akte.tag)}.pdf",
        "sha256": hashlib.sha256(akte.pdf).hexdigest(),
    }
    xml.addQuickElement("datei", attrs=datei)
    for nummer, eintrag in enumerate(akte.eintraege, start=1):
        attrs = {
            "nummer": str(nummer),
            "art": eintrag.stueck.art,
            "tag": eintrag.stueck.tag.isoformat(),
        }
        if eintrag.stueck.kennung:
            attrs["kennung"] = eintrag.stueck.kennung
        if eintrag.von:
            attrs |= {"von": str(eintrag.von), "bis": str(eintrag.bis)}
        xml.addQuickElement("stueck", _plain(eintrag.stueck.titel), attrs)
    xml.endElement("verwaltungsakte")
    xml.endDocument()
    return out.getvalue().encode()


def _plain(text: str) -> str:
    """Return the text without signs that no XML may hold."""
    return "".join(z for z in text if z.isprintable())


def file_name(aktenzeichen: str, tag: date) -> str:
    """Return a name that the electronic way to the courts takes, without a person in it."""
    kurz = _UNZULAESSIG.sub("_", aktenzeichen.translate(_UMLAUTE)).strip("_")
    return f"{kurz}_Verwaltungsakte_{tag:%Y-%m-%d}"


def bind_akte(titel: str, stuecke: Sequence[Stueck]) -> tuple[bytes, list[Eintrag]]:
    """Return the papers in the order of their days as one PDF, and its index.

    The pages are numbered through from the first page of the index on. The same papers give the
    same bytes.
    """
    geordnet = sorted(stuecke, key=lambda stueck: stueck.tag)
    vorspann = max(1, -(-len(geordnet) // _ZEILEN))
    with pikepdf.new() as akte:
        for _ in range(vorspann):
            akte.add_blank_page(page_size=(_BREITE, _HOEHE))
        eintraege = [_append(akte, stueck) for stueck in geordnet]
        schrift = _font(akte)
        for nummer in range(vorspann):
            teil = eintraege[nummer * _ZEILEN : (nummer + 1) * _ZEILEN]
            _write_index(akte, akte.pages[nummer], schrift, titel, teil)
        for nummer, seite in enumerate(akte.pages, start=1):
            _stamp(akte, seite, schrift, f"Blatt {nummer}")
        with akte.open_outline() as gliederung:
            gliederung.root.append(pikepdf.OutlineItem("Inhaltsverzeichnis", 0))
            for eintrag in eintraege:
                if eintrag.von:
                    text = f"{eintrag.stueck.tag:%d.%m.%Y} {eintrag.stueck.titel}"
                    gliederung.root.append(pikepdf.OutlineItem(text, eintrag.von - 1))
        out = BytesIO()
        akte.save(out, deterministic_id=True)
        return out.getvalue(), eintraege


def _append(akte: pikepdf.Pdf, stueck: Stueck) -> Eintrag:
    if not stueck.pdf:
        return Eintrag(stueck, 0, 0)
    von = len(akte.pages) + 1
    try:
        with pikepdf.open(BytesIO(stueck.pdf)) as teil:
            akte.pages.extend(teil.pages)
    except pikepdf.PdfError:
        # Locked with a password, or broken: the court gets it apart.
        return Eintrag(stueck, 0, 0)
    return Eintrag(stueck, von, len(akte.pages))


def _font(akte: pikepdf.Pdf) -> pikepdf.Object:
    """Return a font that every reader has; its encoding knows the German letters."""
    return akte.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )


def _write_index(
    akte: pikepdf.Pdf,
    seite: pikepdf.Page,
    schrift: pikepdf.Object,
    titel: str,
    eintraege: Sequence[Eintrag],
) -> None:
    zeilen = [(14, 0, titel), (11, 0, "Inhaltsverzeichnis")]
    zeilen += [
        (9, spalte, text)
        for eintrag in eintraege
        for spalte, text in (
            (0, f"{eintrag.stueck.tag:%d.%m.%Y}"),
            (70, _cut(eintrag.stueck.titel)),
            (420, f"Blatt {eintrag.blatt}" if eintrag.von else "liegt gesondert vor"),
        )
    ]
    y, teile = _HOEHE - _RAND, []
    for grad, spalte, text in zeilen:
        if spalte == 0:
            y -= _ABSTAND
        teile.append(_text(grad, _RAND + spalte, y, text))
    _draw(akte, seite, schrift, b"\n".join(teile))


def _cut(text: str) -> str:
    return text if len(text) <= _TITEL else f"{text[: _TITEL - 1]}…"


def _stamp(akte: pikepdf.Pdf, seite: pikepdf.Page, schrift: pikepdf.Object, text: str) -> None:
    """Write the number of the page into its upper right corner, whatever stands on it."""
    links, unten, rechts, oben = (float(wert) for wert in seite.mediabox)
    x, y = max(rechts - 70, links), max(oben - 18, unten)
    _draw(akte, seite, schrift, _text(9, x, y, text))


def _text(grad: int, x: float, y: float, text: str) -> bytes:
    roh = text.encode("cp1252", "replace")
    for zeichen in (b"\\", b"(", b")"):
        roh = roh.replace(zeichen, b"\\" + zeichen)
    return b"BT /FwBlatt %d Tf %.1f %.1f Td (%b) Tj ET" % (grad, x, y, roh)


def _draw(akte: pikepdf.Pdf, seite: pikepdf.Page, schrift: pikepdf.Object, was: bytes) -> None:
    """Add to what stands on a page, with its graphics state as it was at its beginning."""
    with _own_resources(akte, seite) as ressourcen:
        if "/Font" not in ressourcen:
            ressourcen.Font = pikepdf.Dictionary()
        ressourcen.Font = pikepdf.Dictionary(dict(ressourcen.Font.items()))
        ressourcen.Font["/FwBlatt"] = schrift
    seite.contents_add(b"q\n", prepend=True)
    seite.contents_add(b"Q\nq 0 g\n" + was + b"\nQ\n")


@contextmanager
def _own_resources(akte: pikepdf.Pdf, seite: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """Give the page resources of its own: several pages may share one dictionary."""
    bisher = seite.obj.get("/Resources", pikepdf.Dictionary())
    seite.obj.Resources = pikepdf.Dictionary(dict(bisher.items()))
    yield seite.obj.Resources
