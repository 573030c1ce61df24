"""Images: size before decoding, no metadata, no bytes behind the picture."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from cases.dateien.grenzen import BESCHAEDIGT, Ablehnung, Grenzen, Pruefung

# The own limits below are asked before anything is decoded.
Image.MAX_IMAGE_PIXELS = None
_FORMAT = {"jpeg": "JPEG", "png": "PNG", "tiff": "TIFF"}
_ORIENTATION = 0x0112
_PNG_KOPF = b"\x89PNG\r\n\x1a\n"
_PNG_BLEIBT = {b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT", b"bKGD"}
_META = "Metadaten des Bildes (z. B. Aufnahmeort, Gerät, Zeitpunkt)"


def check(art: str, data: bytes, grenzen: Grenzen) -> Pruefung:
    """Check size and content of an image and return it without metadata."""
    bild = open_image(art, data)
    seiten = getattr(bild, "n_frames", 1) if art == "tiff" else 1
    if seiten > grenzen.seiten:
        raise Ablehnung(f"Das Bild hat {seiten} Seiten. Erlaubt sind {grenzen.seiten}.")
    _check_pixels(bild, seiten, grenzen)
    try:
        if art == "tiff":
            inhalt = _tiff(bild, seiten)
        else:
            orientation = bild.getexif().get(_ORIENTATION, 1)
            bild.load()
            inhalt = strip_jpeg(data, orientation) if art == "jpeg" else strip_png(data)
            open_image(art, inhalt).load()
    except (OSError, SyntaxError, ValueError, IndexError):
        raise Ablehnung("Das Bild ist beschädigt und lässt sich nicht öffnen.") from None
    entfernt = art == "tiff" or inhalt != data
    return Pruefung(art, inhalt, seiten, "", [_META] if entfernt else [])


def open_image(art: str, data: bytes) -> Any:
    """Read the head of an image, nothing more."""
    try:
        return Image.open(BytesIO(data), formats=[_FORMAT[art]])
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Ablehnung("Das Bild ist beschädigt und lässt sich nicht öffnen.") from None


def _check_pixels(bild: Any, seiten: int, grenzen: Grenzen) -> None:
    gesamt = 0
    for nummer in range(seiten):
        if seiten > 1:
            bild.seek(nummer)
        pixel = bild.width * bild.height
        gesamt += pixel
        if pixel > grenzen.pixel or gesamt > grenzen.pixel_gesamt:
            raise Ablehnung(
                f"Das Bild hat {bild.width} × {bild.height} Bildpunkte. Erlaubt sind "
                f"{grenzen.pixel // 1_000_000} Millionen; bitte verkleinern Sie es."
            )
    if seiten > 1:
        bild.seek(0)


def _tiff(bild: Any, seiten: int) -> bytes:
    """Write every page anew without loss: tags of a TIFF can hold anything."""
    blaetter = []
    for nummer in range(seiten):
        bild.seek(nummer)
        bild.load()
        modus = bild.mode if bild.mode in {"1", "L", "RGB", "CMYK"} else "RGB"
        blatt = Image.new(modus, bild.size)
        blatt.paste(bild.convert(modus))
        dpi = bild.info.get("dpi")
        if dpi and all(0 < float(d) < 10_000 for d in dpi):
            blatt.info["dpi"] = (float(dpi[0]), float(dpi[1]))
        blaetter.append(blatt)
    ziel = BytesIO()
    erstes = blaetter[0]
    alle_schwarzweiss = all(b.mode == "1" for b in blaetter)
    optionen: dict[str, Any] = {"dpi": erstes.info["dpi"]} if "dpi" in erstes.info else {}
    erstes.save(
        ziel,
        "TIFF",
        save_all=True,
        append_images=blaetter[1:],
        compression="group4" if alle_schwarzweiss else "tiff_adobe_deflate",
        **optionen,
    )
    return ziel.getvalue()


def strip_jpeg(data: bytes, orientation: int = 1) -> bytes:
    """Drop all segments that only tell about the picture; the picture is not encoded anew.

    The direction in which it is held up stays, else a scan would lie on its side.
    """
    aus = bytearray(b"\xff\xd8")
    if orientation in range(2, 9):
        exif = Image.Exif()
        exif[_ORIENTATION] = orientation
        roh = exif.tobytes()
        aus += b"\xff\xe1" + (len(roh) + 2).to_bytes(2, "big") + roh
    pos = 2
    while data[pos] == 0xFF:
        marker = data[pos + 1]
        if marker == 0xFF:
            pos += 1
            continue
        if marker == 0xD9:
            return bytes(aus + b"\xff\xd9")
        ende = pos + 2 + int.from_bytes(data[pos + 2 : pos + 4], "big")
        segment = data[pos:ende]
        if _jpeg_bleibt(marker, segment):
            aus += segment
        if marker == 0xDA:
            scan = _end_of_scan(data, ende)
            aus += data[ende:scan]
            ende = scan
        pos = ende
    raise ValueError(BESCHAEDIGT)


def _jpeg_bleibt(marker: int, segment: bytes) -> bool:
    if marker == 0xE0:
        return segment[4:9] == b"JFIF\0"
    if marker == 0xE2:
        return segment[4:15] == b"ICC_PROFILE"
    return marker == 0xEE or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _end_of_scan(data: bytes, pos: int) -> int:
    """Return where the next marker stands behind the data of a scan."""
    while True:
        pos = data.index(b"\xff", pos)
        if data[pos + 1] == 0 or 0xD0 <= data[pos + 1] <= 0xD7:
            pos += 2
        elif data[pos + 1] == 0xFF:
            pos += 1
        else:
            return pos


def strip_png(data: bytes) -> bytes:
    """Keep the chunks that make the picture; whatever stands behind its end is dropped."""
    aus = bytearray(_PNG_KOPF)
    pos = len(_PNG_KOPF)
    while pos + 12 <= len(data):
        ende = pos + 12 + int.from_bytes(data[pos : pos + 4], "big")
        art = data[pos + 4 : pos + 8]
        # A capital first letter means that the picture needs the chunk.
        if art in _PNG_BLEIBT or art[:1].isupper():
            aus += data[pos:ende]
        if art == b"IEND":
            return bytes(aus)
        pos = ende
    raise ValueError(BESCHAEDIGT)


def render(art: str, data: bytes, von: int, anzahl: int, breite: int) -> list[Any]:
    """Return the pages of an image, made smaller; `von` counts from 0."""
    bild = open_image(art, data)
    bilder = []
    for nummer in range(von, min(von + anzahl, getattr(bild, "n_frames", 1))):
        if nummer:
            bild.seek(nummer)
        orientation = bild.getexif().get(_ORIENTATION, 1) if art == "jpeg" else 1
        kopie = bild.convert("RGB")
        kopie.thumbnail((breite, 4 * breite))
        bilder.append(_upright(kopie, orientation))
    return bilder


def _upright(bild: Any, orientation: int) -> Any:
    wende = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(orientation)
    return bild if wende is None else bild.transpose(wende)
