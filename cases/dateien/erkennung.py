"""What a file is by its content, held against what its name says."""

from __future__ import annotations

import magic

from cases.dateien import archiv, bild, klartext, pdf
from cases.dateien.grenzen import ENDUNGEN, ERLAUBT, NAMEN, Ablehnung, Grenzen, Pruefung
from cases.dateien.name import endung_of

_MIME = {"application/pdf": "pdf", "image/jpeg": "jpeg", "image/png": "png", "image/tiff": "tiff"}


def examine(data: bytes, name: str, grenzen: Grenzen) -> Pruefung:
    """Find out what the file is, hold it against its name and look inside."""
    if not data:
        raise Ablehnung("Die Datei ist leer.")
    art = _art(data)
    if art == "zip":
        gefunden = archiv.check(data, grenzen)
    elif art == "pdf":
        gefunden = pdf.check(data, grenzen)
    elif art == "txt":
        _check_name(art, name)
        return klartext.check(data, grenzen)
    else:
        gefunden = bild.check(art, data, grenzen)
    _check_name(gefunden.art, name)
    return gefunden


def _art(data: bytes) -> str:
    mime = magic.from_buffer(data[:65536], mime=True)
    if mime in _MIME:
        return _MIME[mime]
    if data[:4] == b"PK\x03\x04":
        return "zip"
    if mime.startswith("text/") and mime != "text/html":
        return "txt"
    raise Ablehnung(f"Diese Art von Datei wird nicht angenommen. Erlaubt sind {ERLAUBT}.")


def _check_name(art: str, name: str) -> None:
    endung = endung_of(name)
    if endung and endung not in ENDUNGEN[art]:
        raise Ablehnung(
            f"Die Datei endet auf „.{endung}“, ist nach ihrem Inhalt aber {NAMEN[art]}. "
            "Bitte prüfen Sie, ob es die richtige Datei ist."
        )
