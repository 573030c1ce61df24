"""The pictures of the authority that a letter names: their place in its data, their bytes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from cases.models import Behoerdenbild, Bildart
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.states.behoerdenbild import Bildzustand

# How a template names a picture, see `schreiben/absender.html`.
ADRESSE = "schreiben:bild/"
FEHLT = (
    "Ein Bild, das dieses Schreiben trägt, fehlt oder wurde verändert. Bitte verständigen Sie die "
    "Fachadministration."
)


def bild_daten(art: Bildart) -> dict[str, Any]:
    """Return the valid picture of a kind as a letter names it, under its kind; empty without."""
    row = (
        Behoerdenbild.objects.filter(art=art, state=Bildzustand.GUELTIG)
        .values("sha256", "alternativtext")
        .first()
    )
    return {art.value: row} if row else {}


def bilder_of(kopf: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the bytes of the pictures that the head of a letter names, by their SHA-256.

    Whatever is valid today: the letter is set with the picture of its day. Raises SchreibenFehler
    when one is missing or not the same any more.
    """
    behoerde = kopf["behoerde"]
    genannt = {behoerde[art]["sha256"] for art in Bildart.values if art in behoerde}
    if not genannt:
        return {}
    rows = Behoerdenbild.objects.filter(sha256__in=genannt).values_list("sha256", "inhalt")
    bilder = {sha256: bytes(inhalt) for sha256, inhalt in rows}
    for sha256 in genannt:
        if hashlib.sha256(bilder.get(sha256, b"")).hexdigest() != sha256:
            raise SchreibenFehler(FEHLT, (f"Bild {sha256}",))
    return bilder


def embed(html: str, bilder: Mapping[str, bytes]) -> str:
    """Return the HTML of a letter with its pictures inside, so that it stands alone.

    Only what leaves the house as a file: the hash of a letter is that of the HTML before, which
    names each picture by its own hash.
    """
    for sha256, inhalt in bilder.items():
        # Whatever was uploaded, it is kept as PNG (`cases/dateien/logo.py`).
        bild = f"data:image/png;base64,{base64.b64encode(inhalt).decode()}"
        html = html.replace(f'src="{ADRESSE}{sha256}"', f'src="{bild}"')
    return html
