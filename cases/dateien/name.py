"""Names of files as they may be shown: no path, no control or direction characters."""

from __future__ import annotations

import unicodedata

_LAENGE = 150
_VERBOTEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(name: str) -> str:
    """Return the last part of a name without invisible characters, never empty."""
    letzter = name.replace("\\", "/").rsplit("/", 1)[-1]
    sichtbar = "".join(
        zeichen
        for zeichen in unicodedata.normalize("NFC", letzter)
        if unicodedata.category(zeichen) not in _VERBOTEN
    )
    rein = " ".join(sichtbar.split()).lstrip(".").strip()
    if len(rein) > _LAENGE:
        endung = endung_of(rein)
        rein = f"{rein[: _LAENGE - len(endung) - 2]}….{endung}" if endung else rein[:_LAENGE]
    return rein or "Datei"


def endung_of(name: str) -> str:
    """Return the ending in lower case, empty when there is none."""
    stamm, punkt, endung = name.rpartition(".")
    return endung.lower() if punkt and stamm and len(endung) <= 10 else ""


def stem_of(name: str) -> str:
    """Return the name without its ending."""
    return name.rpartition(".")[0] or name
