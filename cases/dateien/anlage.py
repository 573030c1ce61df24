"""Files inside a PDF: data that a person can read is harmless, anything else is refused.

A Zielvereinbarung of Fallwerk carries its data as JSON, an electronic invoice carries XML. Signed
and sent back they come in with it. Taking them out loses nothing that the pages do not show.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pikepdf
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from cases.dateien.grenzen import MIB, Ablehnung, Grenzen
from cases.dateien.klartext import check as check_text
from cases.dateien.name import clean_name

HOECHSTENS = 20
GROESSE = 2 * MIB
_ABGELEHNT = (
    "Die PDF-Datei enthält eingebettete Dateien. Bitte entnehmen Sie diese und laden "
    "Sie jede für sich hoch."
)


def read_attachments(pdf: pikepdf.Pdf, objekte: Iterable[Any]) -> list[str]:
    """Return the names of the embedded files; raises Ablehnung for one that is not plain data."""
    if "/Collection" in pdf.Root:
        raise Ablehnung(_ABGELEHNT)
    namen: list[str] = []
    for obj in objekte:
        if isinstance(obj, pikepdf.Stream) and str(obj.get("/Type", "")) == "/EmbeddedFile":
            _check(obj)
        if "/EF" not in obj:
            continue
        stroeme = obj["/EF"]
        if not isinstance(stroeme, pikepdf.Dictionary) or len(namen) >= HOECHSTENS:
            raise Ablehnung(_ABGELEHNT)
        for key in stroeme.keys():  # noqa: SIM118 - not a mapping
            _check(stroeme[key])
        namen.append(clean_name(str(obj.get("/UF", obj.get("/F", "Datei")))))
    return namen


def _check(strom: Any) -> None:
    """Raise Ablehnung unless the bytes are JSON, XML without declarations, or readable text."""
    if not isinstance(strom, pikepdf.Stream):
        raise Ablehnung(_ABGELEHNT)
    try:
        roh = strom.read_bytes()
    except pikepdf.PdfError:
        raise Ablehnung(_ABGELEHNT) from None
    if len(roh) > GROESSE:
        raise Ablehnung(_ABGELEHNT)
    if roh.lstrip()[:1] in (b"{", b"["):
        try:
            json.loads(roh)
        except (ValueError, RecursionError):
            raise Ablehnung(_ABGELEHNT) from None
        return
    if roh.lstrip(b"\xef\xbb\xbf \r\n\t")[:5] == b"<?xml":
        try:
            ElementTree.fromstring(roh, forbid_dtd=True)
        except (ElementTree.ParseError, DefusedXmlException):
            raise Ablehnung(_ABGELEHNT) from None
        return
    try:
        check_text(roh, Grenzen())
    except Ablehnung:
        raise Ablehnung(_ABGELEHNT) from None


def drop_attachments(pdf: pikepdf.Pdf, objekte: Iterable[Any]) -> None:
    """Take all embedded files out of a PDF: names, references, the files themselves."""
    namen = pdf.Root.get("/Names")
    if isinstance(namen, pikepdf.Dictionary) and "/EmbeddedFiles" in namen:
        del namen["/EmbeddedFiles"]
    for obj in list(objekte):
        for key in ("/AF", "/EF"):
            if key in obj:
                del obj[key]
