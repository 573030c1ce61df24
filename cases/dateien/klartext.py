"""Plain text: readable characters only, no markup that a browser would run."""

from __future__ import annotations

import re

from cases.dateien.grenzen import Ablehnung, Grenzen, Pruefung

_MARKUP = re.compile(r"<\s*(?:!doctype\s+html|html|script|svg|iframe|\?php)", re.IGNORECASE)
_STEUERZEICHEN = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


def check(data: bytes, grenzen: Grenzen) -> Pruefung:
    """Check that the file is text; it is kept as it is."""
    text = _decode(data)
    if text is None or _STEUERZEICHEN.search(text):
        raise Ablehnung("Die Datei ist keine Textdatei.")
    if _MARKUP.search(text):
        raise Ablehnung("Die Datei enthält Programmtext für Webseiten und wird nicht angenommen.")
    return Pruefung("txt", data, 1, text[: grenzen.text])


def _decode(data: bytes) -> str | None:
    for code in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return None
