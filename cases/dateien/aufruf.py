"""Starts the process that opens foreign files, and outlives whatever happens to it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cases.dateien.grenzen import (
    Ablehnung,
    Grenzen,
    Pruefung,
    Tabelle,
    Tabellengrenzen,
    Tabellenwunsch,
)
from cases.dateien.werkstatt import SEKUNDEN, SPEICHER

# Page from 1, then left, top, width, height in millimetres.
Bereich = tuple[int, float, float, float, float]
_WURZEL = Path(__file__).resolve().parents[2]
# The wall clock is more patient than the limit of processor time: other work may be in the way.
_WARTEN = SEKUNDEN + 10
ABGEBROCHEN = (
    "Die Datei ließ sich nicht sicher öffnen: Sie braucht zu viel Speicher oder zu viel Zeit, "
    "oder sie ist beschädigt."
)


def examine_apart(data: bytes, name: str, grenzen: Grenzen) -> Pruefung:
    """Look into a file in a process of its own; raises Ablehnung with the reason."""
    kopf, inhalt = _run({"aufgabe": "pruefen", "name": name, "grenzen": asdict(grenzen)}, data)
    return Pruefung(inhalt=inhalt, **kopf)


def read_table_apart(
    data: bytes,
    grenzen: Tabellengrenzen | None = None,
    wunsch: Tabellenwunsch | None = None,
) -> Tabelle:
    """Read a table in a process of its own; raises Ablehnung with the reason."""
    auftrag = {
        "aufgabe": "tabelle",
        "grenzen": asdict(grenzen or Tabellengrenzen()),
        "wunsch": asdict(wunsch or Tabellenwunsch()),
    }
    kopf, inhalt = _run(auftrag, data)
    gelesen = json.loads(inhalt)
    zeilen = [(nummer, zellen) for nummer, zellen in gelesen["zeilen"]]
    return Tabelle(gelesen["kopf"], zeilen, kopf["gelesen_als"])


def read_form_apart(data: bytes) -> dict[str, str]:
    """Read the fields of a PDF form in a process of its own; raises Ablehnung with the reason."""
    _, inhalt = _run({"aufgabe": "formular"}, data)
    felder: dict[str, str] = json.loads(inhalt)
    return felder


def render_apart(
    art: str, data: bytes, *, von: int, anzahl: int, breite: int
) -> list[tuple[str, bytes]]:
    """Draw pages in a process of its own; returns kind and bytes of each image."""
    kopf, inhalt = _run(
        {"aufgabe": "seiten", "art": art, "von": von, "anzahl": anzahl, "breite": breite}, data
    )
    bilder, stelle = [], 0
    for mime, laenge in kopf["teile"]:
        bilder.append((mime, inhalt[stelle : stelle + laenge]))
        stelle += laenge
    return bilder


def blacken_apart(
    art: str, data: bytes, bereiche: Sequence[Bereich], seiten: int
) -> tuple[bytes, int]:
    """Make a PDF of the blackened pages in a process of its own; returns it with its pages.

    A long file may take longer than others. Raises Ablehnung with the reason.
    """
    kopf, inhalt = _run(
        {
            "aufgabe": "schwaerzen",
            "art": art,
            "bereiche": bereiche,
            "seite": 0,
            "sekunden": SEKUNDEN + seiten,
        },
        data,
    )
    return inhalt, kopf["seiten"]


def blacken_page_apart(
    art: str, data: bytes, bereiche: Sequence[Bereich], seite: int
) -> tuple[str, bytes, tuple[int, int]]:
    """Return kind and bytes of one page as it would look, with its width and height in mm."""
    kopf, inhalt = _run(
        {"aufgabe": "schwaerzen", "art": art, "bereiche": bereiche, "seite": seite}, data
    )
    return kopf["mime"], inhalt, (kopf["mm"][0], kopf["mm"][1])


def _run(auftrag: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    auftrag = {"speicher": SPEICHER, "sekunden": SEKUNDEN, **auftrag}
    try:
        lauf = subprocess.run(
            [sys.executable, "-s", "-m", "cases.dateien.werkstatt"],
            input=json.dumps(auftrag).encode() + b"\n" + data,
            capture_output=True,
            timeout=_WARTEN + auftrag["sekunden"] - SEKUNDEN,
            check=False,
            cwd=_WURZEL,
            # No secret of this process is handed on.
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired:
        raise Ablehnung(ABGEBROCHEN) from None
    zeile, _, inhalt = lauf.stdout.partition(b"\n")
    if lauf.returncode != 0 or not zeile:
        raise Ablehnung(ABGEBROCHEN)
    kopf: dict[str, Any] = json.loads(zeile)
    if "ablehnung" in kopf:
        raise Ablehnung(kopf["ablehnung"])
    return kopf, inhalt
