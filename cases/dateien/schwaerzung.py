"""Pages as pixels with black areas, and a new PDF of nothing but these pixels.

What lies under an area is gone before the page is encoded: no text, no layer, no metadata of the
file is carried over. Areas are in millimetres from the upper left corner of the page as it is seen;
an image counts as 210 mm wide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from PIL import ImageDraw

from cases.dateien import bild
from cases.dateien.grenzen import BESCHAEDIGT, Ablehnung

PUNKTE_JE_ZOLL = 150
SEITEN_HOECHSTENS = 100
BREITE_EINES_BILDES = 210.0
_MM_JE_ZOLL = 25.4
_PIXEL_HOECHSTENS = 5000

# Page from 1, then left, top, width, height in millimetres.
Bereich = tuple[int, float, float, float, float]


def pages_of(art: str, data: bytes, nummern: Sequence[int] | None = None) -> Iterator[Any]:
    """Yield the pages (all, or those of these numbers from 1) as images with their resolution.

    Raises Ablehnung for more pages than one copy may have and for a page without a size.
    """
    if art == "pdf":
        yield from _pdf_pages(data, nummern)
        return
    breite = round(BREITE_EINES_BILDES / _MM_JE_ZOLL * PUNKTE_JE_ZOLL)
    bilder = bild.render(art, data, 0, SEITEN_HOECHSTENS + 1, breite)
    _refuse_too_many(len(bilder))
    for nummer, einzeln in enumerate(bilder, start=1):
        if nummern is None or nummer in nummern:
            yield nummer, einzeln, einzeln.width / BREITE_EINES_BILDES


def _pdf_pages(data: bytes, nummern: Sequence[int] | None) -> Iterator[Any]:
    pdf = pypdfium2.PdfDocument(data)
    # What was typed into a form is part of what the page says.
    pdf.init_forms()
    _refuse_too_many(len(pdf))
    for nummer in range(1, len(pdf) + 1):
        if nummern is not None and nummer not in nummern:
            continue
        page = pdf[nummer - 1]
        w, h = page.get_size()
        if w <= 0 or h <= 0:
            raise Ablehnung(BESCHAEDIGT)
        scale = min(PUNKTE_JE_ZOLL / 72, _PIXEL_HOECHSTENS / max(w, h))
        yield nummer, page.render(scale=scale).to_pil(), scale * 72 / _MM_JE_ZOLL
        page.close()
    pdf.close()


def _refuse_too_many(seiten: int) -> None:
    if seiten > SEITEN_HOECHSTENS:
        raise Ablehnung(
            f"Eine geschwärzte Kopie hat höchstens {SEITEN_HOECHSTENS} Seiten; diese Datei hat "
            "mehr. Bitte teilen Sie sie und legen Sie die Teile ab."
        )


def blackened(seite: Any, nummer: int, pixel_je_mm: float, bereiche: Sequence[Bereich]) -> Any:
    """Return the page with its areas in solid black, each a pixel larger than asked for."""
    fertig = seite.convert("RGB")
    stift = ImageDraw.Draw(fertig)
    for blatt, links, oben, breite, hoehe in bereiche:
        if blatt != nummer:
            continue
        ecke = math.floor(links * pixel_je_mm) - 1, math.floor(oben * pixel_je_mm) - 1
        ende = (
            math.ceil((links + breite) * pixel_je_mm) + 1,
            math.ceil((oben + hoehe) * pixel_je_mm) + 1,
        )
        stift.rectangle((ecke, ende), fill=(0, 0, 0))
    return fertig


def blacken(art: str, data: bytes, bereiche: Sequence[Bereich]) -> tuple[bytes, int]:
    """Return a PDF of the blackened pages and how many there are; the same data, the same bytes."""
    ziel, anzahl = pikepdf.new(), 0
    for nummer, seite, dichte in pages_of(art, data):
        _add_page(ziel, blackened(seite, nummer, dichte, bereiche), dichte)
        anzahl += 1
    aus = BytesIO()
    ziel.save(aus, deterministic_id=True)
    return aus.getvalue(), anzahl


def _add_page(pdf: pikepdf.Pdf, seite: Any, pixel_je_mm: float) -> None:
    roh = BytesIO()
    seite.save(roh, "JPEG", quality=85)
    foto = pikepdf.Stream(
        pdf,
        roh.getvalue(),
        {
            "/Type": pikepdf.Name("/XObject"),
            "/Subtype": pikepdf.Name("/Image"),
            "/Width": seite.width,
            "/Height": seite.height,
            "/ColorSpace": pikepdf.Name("/DeviceRGB"),
            "/BitsPerComponent": 8,
            "/Filter": pikepdf.Name("/DCTDecode"),
        },
    )
    breite = seite.width / pixel_je_mm / _MM_JE_ZOLL * 72
    hoehe = seite.height / pixel_je_mm / _MM_JE_ZOLL * 72
    inhalt = f"q {breite:.2f} 0 0 {hoehe:.2f} 0 0 cm /Blatt Do Q".encode()
    blatt = pikepdf.Dictionary(
        Type=pikepdf.Name("/Page"),
        MediaBox=[0, 0, round(breite, 2), round(hoehe, 2)],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Blatt=pdf.make_indirect(foto))),
        Contents=pdf.make_indirect(pikepdf.Stream(pdf, inhalt)),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(blatt)))
