"""Pictures for tests: good ones, and what somebody might send instead."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from cases.behoerde.services.bild import create_bild, release_bild
from cases.dateien.grenzen import Logobild
from cases.models import Behoerdenbild, User
from tests.fabriken import HEUTE


def make_image(breite: int = 400, hoehe: int = 200, farbe: str = "navy", modus: str = "RGB") -> Any:
    """Return a drawn sign: a frame and a circle."""
    bild = Image.new("RGB", (breite, hoehe), "white")
    stift = ImageDraw.Draw(bild)
    stift.rectangle((4, 4, breite - 5, hoehe - 5), outline=farbe, width=8)
    mitte, radius = (breite // 2, hoehe // 2), min(breite, hoehe) // 3
    stift.circle(mitte, radius, fill=farbe)
    return bild.convert(modus)


def encoded(bild: Any, art: str = "PNG", **angaben: Any) -> bytes:
    """Return the file of an image."""
    ziel = BytesIO()
    bild.save(ziel, art, **angaben)
    return ziel.getvalue()


def make_logobild(farbe: str = "navy", breite: int = 400, hoehe: int = 200) -> Logobild:
    """Return a picture as the program keeps it."""
    return Logobild(encoded(make_image(breite, hoehe, farbe)), breite, hoehe)


def set_bild(
    erste: User, zweite: User, art: str = "logo", farbe: str = "navy", **masse: int
) -> Behoerdenbild:
    """Return a picture that one person uploaded and a second one released."""
    bild = make_logobild(farbe, **masse)
    row = create_bild(art=art, bild=bild, alternativtext=f"Wappen in {farbe}", by=erste, tag=HEUTE)
    return release_bild(bild=row, by=zweite, tag=HEUTE)


def upload(inhalt: bytes, name: str = "logo.png") -> dict[str, Any]:
    """Return what a browser sends for a picture."""
    return {"datei": SimpleUploadedFile(name, inhalt), "alternativtext": "Wappen des Landkreises"}


def claims_to_be(breite: int, hoehe: int) -> bytes:
    """Return a PNG of few bytes whose head promises a huge picture."""

    def chunk(art: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + art + data + struct.pack(">I", zlib.crc32(art + data))

    kopf = struct.pack(">IIBBBBB", breite, hoehe, 8, 2, 0, 0, 0)
    bild = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", kopf) + chunk(b"IDAT", bild) + chunk(b"IEND", b"")
