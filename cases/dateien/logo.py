"""A picture for the head of all letters: drawn anew, small, on white; nothing else of it stays."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import magic
from PIL import Image, ImageOps

from cases.dateien.bild import open_image
from cases.dateien.grenzen import MIB, Ablehnung, Logobild, Logogrenzen

_MIME = {"image/png": "png", "image/jpeg": "jpeg"}
_WEISS = (255, 255, 255, 255)


def redraw(data: bytes, grenzen: Logogrenzen) -> Logobild:
    """Return the picture as a clean PNG in RGB; raises Ablehnung with the reason."""
    if not data:
        raise Ablehnung("Die Datei ist leer.")
    if len(data) > grenzen.byte:
        raise Ablehnung(f"Die Datei ist zu groß. Erlaubt sind {grenzen.byte // MIB} MB.")
    art = _MIME.get(magic.from_buffer(data[:65536], mime=True))
    if art is None:
        raise Ablehnung("Das ist kein PNG- und kein JPEG-Bild. Bitte wandeln Sie es vorher um.")
    bild = open_image(art, data)
    _check_size(bild, grenzen)
    try:
        bild.load()
        fertig = _on_white(ImageOps.exif_transpose(bild))
    except (OSError, SyntaxError, ValueError, IndexError):
        raise Ablehnung("Das Bild ist beschädigt und lässt sich nicht öffnen.") from None
    fertig.thumbnail((grenzen.kante, grenzen.kante), Image.Resampling.LANCZOS)
    ziel = BytesIO()
    fertig.save(ziel, "PNG", optimize=True)
    if ziel.tell() > grenzen.ergebnis:
        raise Ablehnung(
            "Das Bild hat zu viele Farben und Einzelheiten, zum Beispiel ein Foto. Jedes Schreiben "
            "würde davon schwer. Bitte nehmen Sie eine gezeichnete Fassung."
        )
    return Logobild(ziel.getvalue(), fertig.width, fertig.height)


def _check_size(bild: Any, grenzen: Logogrenzen) -> None:
    """Refuse by the head of the file alone; nothing has been decoded yet."""
    breite, hoehe = bild.width, bild.height
    if breite * hoehe > grenzen.pixel:
        raise Ablehnung(
            f"Das Bild hat {breite} × {hoehe} Bildpunkte. Erlaubt sind "
            f"{grenzen.pixel // 1_000_000} Millionen; bitte verkleinern Sie es."
        )
    if min(breite, hoehe) < grenzen.mindestens:
        raise Ablehnung(
            f"Das Bild hat nur {breite} × {hoehe} Bildpunkte und würde unscharf gedruckt. Nötig "
            f"sind an jeder Seite {grenzen.mindestens}."
        )
    if max(breite, hoehe) > grenzen.verhaeltnis * min(breite, hoehe):
        raise Ablehnung(
            f"Das Bild ist mit {breite} × {hoehe} Bildpunkten zu lang und schmal für den Briefkopf."
        )


def _on_white(bild: Any) -> Any:
    """Return the pixels on white paper, without transparency, palette or profile."""
    if bild.mode.startswith("I"):
        # Grey in 16 bits: `convert` would cut off instead of dividing.
        bild = bild.convert("I").point(lambda wert: wert / 256).convert("L")
    rgba = bild.convert("RGB" if bild.mode == "CMYK" else "RGBA").convert("RGBA")
    blatt = Image.new("RGBA", rgba.size, _WEISS)
    blatt.alpha_composite(rgba)
    fertig = Image.new("RGB", rgba.size)
    fertig.paste(blatt.convert("RGB"))
    return fertig
