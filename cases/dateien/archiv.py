"""DOCX and ODT: packed XML without macros, embedded files and references to the outside."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO

from defusedxml import ElementTree, common

from cases.dateien.bild import strip_jpeg, strip_png
from cases.dateien.buero import check_docx, check_odt, read_xml
from cases.dateien.grenzen import BESCHAEDIGT, MIB, Ablehnung, Grenzen, Pruefung

_ODT = b"application/vnd.oasis.opendocument.text"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PAKET = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_LEER = {
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PAKET}"/>',
    "docProps/app.xml": "<Properties xmlns="
    '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": "<Properties xmlns="
    '"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": "<office:document-meta xmlns:office="
    '"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>',
}
_META = "Dokumenteigenschaften (z. B. Verfasser, Bearbeitungszeiten)"


def check(data: bytes, grenzen: Grenzen) -> Pruefung:
    """Unpack within the limits, check what is inside and pack it again without metadata."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archiv:
            teile = _unpack(archiv, grenzen)
            namen = {info.filename: inhalt for info, inhalt in teile}
            if namen.get("mimetype", b"").strip() == _ODT:
                check_odt(namen)
                return Pruefung("odt", _pack(teile), 1, _odt_text(namen)[: grenzen.text], [_META])
            if "word/document.xml" in namen and "[Content_Types].xml" in namen:
                check_docx(namen)
                return Pruefung("docx", _pack(teile), 1, _docx_text(namen)[: grenzen.text], [_META])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Ablehnung(BESCHAEDIGT) from None
    except (ElementTree.ParseError, common.DefusedXmlException):
        raise Ablehnung(BESCHAEDIGT) from None
    raise Ablehnung("Gepackte Dateien (ZIP) werden nicht angenommen. Bitte entpacken Sie sie.")


def _unpack(archiv: zipfile.ZipFile, grenzen: Grenzen) -> list[tuple[zipfile.ZipInfo, bytes]]:
    """Read all entries; what an entry says about its size is not believed."""
    infos = archiv.infolist()
    if len(infos) > grenzen.eintraege:
        raise Ablehnung(BESCHAEDIGT)
    # Of two parts with one name each program reads another.
    if len({info.filename.lower() for info in infos}) < len(infos):
        raise Ablehnung(BESCHAEDIGT)
    rest = grenzen.entpackt
    if sum(info.file_size for info in infos) > rest:
        raise Ablehnung(_zu_gross(grenzen))
    teile = []
    for info in infos:
        if info.flag_bits & 1:
            raise Ablehnung("Das Dokument ist mit einem Kennwort geschützt.")
        if info.filename.startswith(("/", "\\")) or ".." in info.filename.split("/"):
            raise Ablehnung(BESCHAEDIGT)
        with archiv.open(info) as datei:
            inhalt = datei.read(rest + 1)
        rest -= len(inhalt)
        if rest < 0:
            raise Ablehnung(_zu_gross(grenzen))
        if len(inhalt) > MIB and len(inhalt) > grenzen.verhaeltnis * max(info.compress_size, 1):
            raise Ablehnung(_zu_gross(grenzen))
        teile.append((info, inhalt))
    return teile


def _zu_gross(grenzen: Grenzen) -> str:
    return (
        "Das Dokument ist entpackt größer als "
        f"{grenzen.entpackt // 1024 // 1024} MB und wird nicht geöffnet."
    )


def _docx_text(namen: dict[str, bytes]) -> str:
    return "\n".join(
        "".join(lauf.text or "" for lauf in absatz.iter(f"{_W}t"))
        for absatz in read_xml(namen["word/document.xml"]).iter(f"{_W}p")
    )


def _odt_text(namen: dict[str, bytes]) -> str:
    wurzel = read_xml(namen.get("content.xml", b"<leer/>"))
    return "\n".join(
        "".join(absatz.itertext()) for absatz in wurzel.iter() if absatz.tag in {f"{_T}p", f"{_T}h"}
    )


def _pack(teile: Iterable[tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    """Pack again in the same order, with empty properties and images without metadata."""
    ziel = BytesIO()
    with zipfile.ZipFile(ziel, "w") as archiv:
        for alt, inhalt in teile:
            neu = zipfile.ZipInfo(alt.filename)
            gepackt = alt.filename != "mimetype"
            neu.compress_type = zipfile.ZIP_DEFLATED if gepackt else zipfile.ZIP_STORED
            archiv.writestr(neu, _without_metadata(alt.filename, inhalt))
    return ziel.getvalue()


def _without_metadata(name: str, inhalt: bytes) -> bytes:
    if name in _LEER:
        return b'<?xml version="1.0" encoding="UTF-8"?>' + _LEER[name].encode()
    try:
        if name.lower().endswith((".jpg", ".jpeg")):
            return strip_jpeg(inhalt)
        if name.lower().endswith(".png"):
            return strip_png(inhalt)
    except (ValueError, IndexError):
        return inhalt
    return inhalt
