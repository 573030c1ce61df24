"""The file of a case as one PDF for a court, with its index as a structured record (§ 65d SGG)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

from cases.dateien.aufruf import bind_apart
from cases.dateien.grenzen import Papier

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
    same bytes. Raises Ablehnung when they cannot be bound at all.
    """
    geordnet = sorted(stuecke, key=lambda stueck: stueck.tag)
    papiere = [Papier(f"{s.tag:%d.%m.%Y}", s.titel, s.pdf) for s in geordnet]
    pdf, seiten = bind_apart(titel, papiere)
    return pdf, [Eintrag(s, von, bis) for s, (von, bis) in zip(geordnet, seiten, strict=True)]
