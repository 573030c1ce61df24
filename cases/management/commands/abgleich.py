"""`manage.py abgleich`: carry out what is due, without Redis and Celery; made for cron."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cases.schreiben.queries.serie import under_way
from cases.schreiben.tasks import do_letters
from cases.services.auftrag import run_due

# Few enough that the leases of one round outlast it.
_JE_RUNDE = 10
# How long one run works at one series of letters; the next one goes on.
_SERIEN_SEKUNDEN = 50.0


class Command(BaseCommand):
    help = "Führt fällige Aufträge (E-Mail, Erinnerungen, Serien) ohne Redis und Celery aus."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work in rounds until nothing is due."""
        enden: Counter[str] = Counter()
        while runde := run_due(limit=_JE_RUNDE, now=timezone.now()):
            enden += runde
        serien = under_way()
        for serie_id in serien:
            do_letters(serie_id, _SERIEN_SEKUNDEN)
        if serien:
            self.stdout.write(f"Serien: {len(serien)}")
        if not enden and not serien:
            self.stdout.write("Nichts zu tun.")
        for ende, anzahl in sorted(enden.items()):
            self.stdout.write(f"{ende}: {anzahl}")
