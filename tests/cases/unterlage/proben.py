"""Files as they come in: harmless ones, careless ones, hostile ones; all made here."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

GEHEIM = "Geheimer Bearbeiter"
_DOCX_TYPEN = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def text_pdf(*seiten: str) -> pikepdf.Pdf:
    """Return an open PDF with these texts, one per page."""
    pdf = pikepdf.new()
    for text in seiten or ("Die Person wünscht Assistenz.",):
        pdf.add_blank_page(page_size=(595, 842))
        blatt = pdf.pages[-1].obj
        schrift = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        blatt["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=schrift))
        zeichen = f"BT /F1 12 Tf 70 770 Td <{text.encode('cp1252').hex()}> Tj ET"
        blatt["/Contents"] = pdf.make_stream(zeichen.encode())
    return pdf


def saved(pdf: pikepdf.Pdf, **optionen: object) -> bytes:
    """Return the bytes of an open PDF."""
    ziel = BytesIO()
    pdf.save(ziel, **optionen)
    return ziel.getvalue()


def make_pdf(*seiten: str) -> bytes:
    """Return a harmless PDF."""
    return saved(text_pdf(*seiten))


def make_image(art: str, size: tuple[int, int] = (120, 80), **optionen: object) -> bytes:
    """Return a small picture."""
    ziel = BytesIO()
    Image.new("RGB", size, "#336699").save(ziel, art, **optionen)
    return ziel.getvalue()


def jpeg_with_metadata(orientation: int = 1) -> bytes:
    """Return a JPEG with EXIF, a comment and bytes behind its end."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, GEHEIM
    return make_image("JPEG", exif=exif, comment=GEHEIM.encode()) + b"PK\x03\x04Anhang"


def png_with_metadata() -> bytes:
    """Return a PNG with a text chunk."""
    info = PngInfo()
    info.add_text("Author", GEHEIM)
    return make_image("PNG", pnginfo=info)


def flood_png(seite: int = 60_000) -> bytes:
    """Return a tiny PNG that claims to be huge."""

    def chunk(art: bytes, daten: bytes) -> bytes:
        return (
            struct.pack(">I", len(daten)) + art + daten + struct.pack(">I", zlib.crc32(art + daten))
        )

    kopf = struct.pack(">IIBBBBB", seite, seite, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", kopf)
        + chunk(b"IDAT", zlib.compress(b"\0" * 999))
        + chunk(b"IEND", b"")
    )


def make_zip(teile: Mapping[str, bytes | str]) -> bytes:
    """Return a packed file with these parts."""
    ziel = BytesIO()
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as archiv:
        for name, inhalt in teile.items():
            art = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archiv.writestr(name, inhalt, compress_type=art)
    return ziel.getvalue()


def make_docx(
    text: str = "Bericht über den Hausbesuch", mehr: Mapping[str, bytes | str] | None = None
) -> bytes:
    """Return a DOCX; `mehr` adds parts."""
    teile: dict[str, bytes | str] = {
        "[Content_Types].xml": _DOCX_TYPEN,
        "_rels/.rels": f'<Relationships xmlns="{_REL}"/>',
        "docProps/core.xml": f"<x>{GEHEIM}</x>",
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>{text}</w:t>'
        "</w:r></w:p></w:body></w:document>",
    }
    return make_zip(teile | dict(mehr or {}))


def relationship(art: str, ziel: str) -> str:
    """Return a part that refers to something outside of the file."""
    return (
        f'<Relationships xmlns="{_REL}"><Relationship Id="r1" Type="http://x/{art}" '
        f'Target="{ziel}" TargetMode="External"/></Relationships>'
    )


def make_odt(inhalt: str = "", mehr: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return an ODT."""
    namen = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    koerper = inhalt or "<text:p>Stellungnahme des Fachdienstes</text:p>"
    teile: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {namen}>{koerper}</office:document-content>",
        "meta.xml": f"<x>{GEHEIM}</x>",
        "META-INF/manifest.xml": "<manifest/>",
    }
    return make_zip(teile | dict(mehr or {}))
