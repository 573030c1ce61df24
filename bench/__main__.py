"""Measure everything, print tables, exit 1 when a limit is exceeded."""

from __future__ import annotations

import logging
import os
import sys

import django

from bench.tabelle import show

CHAPTERS = {
    "ersteinrichtung": "Ersteinrichtung",
    "rechnung": "Rechnung",
    "seiten": "Seiten (Vorführdaten)",
    "verschluesselung": "Was die Verschlüsselung kostet (Vorführdaten)",
    "briefe": "Schreiben als PDF",
    "gesamtplan": "Ein großer Gesamtplan",
    "weg": "Der Weg durch einen Fall, von der neuen Person zur Bekanntgabe",
    "erstaufruf": "Erster Aufruf im Browser, leerer Zwischenspeicher",
    "bestand": "Seiten bei 100.000 Fällen",
    "last": "Last bei 100.000 Fällen, acht Lesende ohne Pause",
    "einlesen": "Ein alter Bestand wird übernommen und zurückgenommen",
    "fristenlauf": "Täglicher Lauf über eine Million Fristen",
}


def main(wanted: list[str]) -> int:
    """Run the chapters named, or all."""
    django.setup()
    # Pages that do not exist for these data are skipped, not reported.
    logging.disable(logging.WARNING)
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores:
        print(f"Der Rechner ist mit {load:.1f} auf {cores} Kernen belegt: Zeiten gelten nicht.")
    from bench import (  # noqa: PLC0415 - app ready
        briefe,
        einlesen,
        erstaufruf,
        ersteinrichtung,
        fristenlauf,
        gesamtplan,
        grosserbestand,
        last,
        rechnung,
        seiten,
        verschluesselung,
        weg,
    )

    modules = {
        "ersteinrichtung": ersteinrichtung,
        "rechnung": rechnung,
        "seiten": seiten,
        "verschluesselung": verschluesselung,
        "briefe": briefe,
        "gesamtplan": gesamtplan,
        "weg": weg,
        "erstaufruf": erstaufruf,
        "bestand": grosserbestand,
        "last": last,
        "einlesen": einlesen,
        "fristenlauf": fristenlauf,
    }
    kept = [
        show(title, modules[name].measure())
        for name, title in CHAPTERS.items()
        if not wanted or name in wanted
    ]
    print("\nAlle Grenzen eingehalten." if all(kept) else "\nMindestens eine Grenze überschritten.")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
