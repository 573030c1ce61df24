"""Takes in one file: name, content, malware; what comes out may be stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cases.dateien.aufruf import examine_apart
from cases.dateien.clamav import NichtErreichbar, scan
from cases.dateien.grenzen import Ablehnung, Grenzen, Pruefung
from cases.dateien.name import clean_name


@dataclass(frozen=True)
class Annahme:
    """A file that was taken: its name for display, both hashes, the finding, the verdict."""

    name: str
    pruefung: Pruefung
    original_sha256: str
    geprueft: bool

    @property
    def sha256(self) -> str:
        """Return the hash of what is kept."""
        return hashlib.sha256(self.pruefung.inhalt).hexdigest()


def accept(data: bytes, name: str, *, grenzen: Grenzen, clamd: str = "") -> Annahme:
    """Check a file and clean it; raises Ablehnung with the German reason.

    Malware is refused here, before anything is stored. When clamd is not there, the file is taken
    and counts as not checked.
    """
    anzeige = clean_name(name)
    if len(data) > grenzen.byte:
        raise Ablehnung(too_large(len(data), grenzen))
    pruefung = examine_apart(data, anzeige, grenzen)
    geprueft = False
    if clamd:
        try:
            fund = scan(data, clamd).fund
        except NichtErreichbar:
            fund = ""
        else:
            geprueft = True
        if fund:
            raise Ablehnung(f"Die Datei enthält Schadsoftware ({fund}) und wird nicht angenommen.")
    return Annahme(anzeige, pruefung, hashlib.sha256(data).hexdigest(), geprueft)


def too_large(byte: int, grenzen: Grenzen) -> str:
    """Say how large the file is and how large it may be."""
    groesse = f"{byte / 1024 / 1024:.1f}".replace(".", ",")
    return f"Die Datei ist {groesse} MB groß. Erlaubt sind {grenzen.byte // 1024 // 1024} MB."
