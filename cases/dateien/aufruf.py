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
    Logobild,
    Logogrenzen,
    Papier,
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
# So many papers may break the process before a file of papers is given up.
_VERSUCHE = 3


class Abgebrochen(Ablehnung):
    """The process ended without an answer; `zuletzt` is the number it named last, if any."""

    def __init__(self, zuletzt: int | None = None) -> None:
        super().__init__(ABGEBROCHEN)
        self.zuletzt = zuletzt


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


def redraw_apart(data: bytes, grenzen: Logogrenzen | None = None) -> Logobild:
    """Draw a logo anew in a process of its own; raises Ablehnung with the reason."""
    kopf, inhalt = _run({"aufgabe": "logo", "grenzen": asdict(grenzen or Logogrenzen())}, data)
    return Logobild(inhalt, kopf["breite"], kopf["hoehe"])


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


def bind_apart(titel: str, papiere: Sequence[Papier]) -> tuple[bytes, list[tuple[int, int]]]:
    """Bind papers to one PDF in a process of its own; returns it with the pages of each paper.

    A paper has the pages 0 and 0 when it is empty, locked or broken, or when it ended the process:
    then the others are bound without it. Raises Abgebrochen when that does not help.
    """
    gesondert: set[int] = set()
    while True:
        inhalte = [b"" if n in gesondert else p.inhalt for n, p in enumerate(papiere)]
        data = b"".join(inhalte)
        auftrag = {
            "aufgabe": "binden",
            "titel": titel,
            "papiere": [
                (p.tag, p.titel, len(inhalt)) for p, inhalt in zip(papiere, inhalte, strict=True)
            ],
            # It holds the papers, their pages and the file made of them.
            "speicher": SPEICHER + 3 * len(data),
            "sekunden": SEKUNDEN + len(papiere),
        }
        try:
            kopf, pdf = _run(auftrag, data)
        except Abgebrochen as error:
            schuld = error.zuletzt
            if schuld is None or schuld >= len(papiere) or len(gesondert) == _VERSUCHE:
                raise
            gesondert.add(schuld)
        else:
            return pdf, [(von, bis) for von, bis in kopf["seiten"]]


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
    except subprocess.TimeoutExpired as error:
        raise Abgebrochen(_last_number(error.stderr)) from None
    zeile, _, inhalt = lauf.stdout.partition(b"\n")
    if lauf.returncode != 0 or not zeile:
        raise Abgebrochen(_last_number(lauf.stderr))
    kopf: dict[str, Any] = json.loads(zeile)
    if "ablehnung" in kopf:
        raise Ablehnung(kopf["ablehnung"])
    return kopf, inhalt


def _last_number(gesagt: bytes | None) -> int | None:
    """Return what the process said it was at, before it ended."""
    zahlen = [zeile for zeile in (gesagt or b"").splitlines() if zeile.isdigit()]
    return int(zahlen[-1]) if zahlen else None
