"""DOCX and ODT: packed XML without macros, embedded files and references to the outside."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from defusedxml import ElementTree, common

from cases.dateien.bild import strip_jpeg, strip_png
from cases.dateien.grenzen import BESCHAEDIGT, Ablehnung, Grenzen, Pruefung

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
_MAKRO = (
    "Das Dokument enthält Makros. Bitte lassen Sie sich eine Fassung ohne Makros oder eine "
    "PDF-Datei schicken."
)
_EINGEBETTET = (
    "Das Dokument enthält eingebettete Dateien. Bitte lassen Sie sich diese einzeln oder das "
    "Ganze als PDF-Datei schicken."
)
_AUSSEN = (
    "Das Dokument lädt beim Öffnen Inhalte aus dem Netz nach. Bitte lassen Sie sich eine "
    "PDF-Datei schicken."
)
_META = "Dokumenteigenschaften (z. B. Verfasser, Bearbeitungszeiten)"


def check(data: bytes, grenzen: Grenzen) -> Pruefung:
    """Unpack within the limits, check what is inside and pack it again without metadata."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archiv:
            teile = _unpack(archiv, grenzen)
            namen = {info.filename: inhalt for info, inhalt in teile}
            if namen.get("mimetype", b"").strip() == _ODT:
                _check_odt(namen)
                return Pruefung("odt", _pack(teile), 1, _odt_text(namen)[: grenzen.text], [_META])
            if "word/document.xml" in namen and "[Content_Types].xml" in namen:
                _check_docx(namen)
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
        teile.append((info, inhalt))
    return teile


def _zu_gross(grenzen: Grenzen) -> str:
    return (
        "Das Dokument ist entpackt größer als "
        f"{grenzen.entpackt // 1024 // 1024} MB und wird nicht geöffnet."
    )


def _check_docx(namen: dict[str, bytes]) -> None:
    klein = [name.lower() for name in namen]
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in klein):
        raise Ablehnung(_MAKRO)
    if b"macroEnabled" in namen["[Content_Types].xml"]:
        raise Ablehnung(_MAKRO)
    if any(name.startswith(("word/embeddings/", "word/activex/")) for name in klein):
        raise Ablehnung(_EINGEBETTET)
    for name, inhalt in namen.items():
        if not name.endswith(".rels"):
            continue
        for bezug in _xml(inhalt).iter():
            aussen = bezug.get("TargetMode", "").lower() == "external"
            if aussen and not bezug.get("Type", "").endswith("/hyperlink"):
                raise Ablehnung(_AUSSEN)


def _check_odt(namen: dict[str, bytes]) -> None:
    if b"encryption-data" in namen.get("META-INF/manifest.xml", b""):
        raise Ablehnung("Das Dokument ist mit einem Kennwort geschützt.")
    if any(name.startswith(("Basic/", "Scripts/")) and namen[name] for name in namen):
        raise Ablehnung(_MAKRO)
    if any(name.startswith("Object") and "/" not in name and namen[name] for name in namen):
        raise Ablehnung(_EINGEBETTET)
    for inhalt in (namen.get("content.xml", b""), namen.get("styles.xml", b"")):
        for element in _xml(inhalt).iter() if inhalt else ():
            marke = str(element.tag).rpartition("}")[2]
            ziel = next((v for k, v in element.attrib.items() if k.endswith("}href")), "")
            if marke in {"script", "event-listener"} and "script" in str(element.tag):
                raise Ablehnung(_MAKRO)
            if marke != "a" and ziel.lower().startswith(("http:", "https:", "file:", "ftp:", "//")):
                raise Ablehnung(_AUSSEN)


def _xml(inhalt: bytes) -> Any:
    return ElementTree.fromstring(inhalt, forbid_dtd=True)


def _docx_text(namen: dict[str, bytes]) -> str:
    return "\n".join(
        "".join(lauf.text or "" for lauf in absatz.iter(f"{_W}t"))
        for absatz in _xml(namen["word/document.xml"]).iter(f"{_W}p")
    )


def _odt_text(namen: dict[str, bytes]) -> str:
    wurzel = _xml(namen.get("content.xml", b"<leer/>"))
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
