"""Measure everything, print tables, exit 1 when a limit is exceeded."""

from __future__ import annotations

import logging
import os
import sys

import django

from bench.tabelle import show

CHAPTERS = {
    "rechnung": "Rechnung",
    "seiten": "Seiten (Vorführdaten)",
    "briefe": "Schreiben als PDF",
    "erstaufruf": "Erster Aufruf im Browser, leerer Zwischenspeicher",
    "bestand": "Seiten bei 100.000 Fällen",
    "last": "Last bei 100.000 Fällen, acht Lesende ohne Pause",
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
        erstaufruf,
        fristenlauf,
        grosserbestand,
        last,
        rechnung,
        seiten,
    )

    modules = {
        "rechnung": rechnung,
        "seiten": seiten,
        "briefe": briefe,
        "erstaufruf": erstaufruf,
        "bestand": grosserbestand,
        "last": last,
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
