"""The report as a table: one number a row, so that a spreadsheet can sort and sum them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from berichte.queries import Auswahl, Bestandszeile, Bewegung, Treuezeile
from cases.export.tabelle import Blatt, Zelle

KOPF = ("Abschnitt", "Zeile", "Regel", "Angabe", "Wert")
_TREUE = ("gewahrt", "versäumt", "läuft", "überfällig")


def bericht_blatt(
    auswahl: Auswahl,
    team: str,
    stand: date,
    *,
    bestand: Sequence[Bestandszeile],
    bewegung: Bewegung | None,
    treue: Sequence[Treuezeile],
) -> Blatt:
    """Return what the page shows, with what was chosen and the day on which it was counted."""
    zeilen: list[tuple[Zelle, ...]] = [
        ("Auswahl", "Stand", "", "Tag", stand),
        ("Auswahl", "Zeitraum", "", "von", auswahl.von),
        ("Auswahl", "Zeitraum", "", "bis", auswahl.bis),
        ("Auswahl", "Team", "", "Name", team or "alle"),
    ]
    zeilen += [("Fälle nach Zustand", z.wort, "", "Fälle", z.anzahl) for z in bestand]
    if bewegung:
        zeilen += [
            ("Zugang und Abgang", "Bestand am Anfang", "", "Fälle", bewegung.anfang),
            ("Zugang und Abgang", "eröffnet", "", "Fälle", bewegung.eroeffnet),
            ("Zugang und Abgang", "beendet", "", "Fälle", bewegung.beendet),
            ("Zugang und Abgang", "Bestand am Ende", "", "Fälle", bewegung.ende),
        ]
    zeilen += [
        ("Fristentreue", z.bezeichnung, z.regel, wort, zahl)
        for z in treue
        for wort, zahl in zip(_TREUE, z.zahlen, strict=True)
    ]
    return Blatt("Bestand und Fristentreue", KOPF, zeilen)
