"""`manage.py nachtpruefung`: all invariants, every ciphertext and file, the chain of the logs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.queries.invarianten import invarianten
from cases.services.betrieb import check_night


class Command(BaseCommand):
    help = "Prüft, was immer gelten muss, und liest jeden verschlüsselten Wert und jede Datei."

    def handle(self, *args: Any, **options: Any) -> None:
        """End with 1 and a line for each finding."""
        befunde = check_night(now=timezone.now())
        for name, anzahl in befunde.items():
            self.stdout.write(f"{name}: {anzahl}")
        if befunde:
            raise CommandError(f"{len(befunde)} Befunde.")
        self.stdout.write(
            f"{len(invarianten())} Regeln, alle Texte, Dateien und Siegel: alles gut."
        )
