"""`manage.py abgleich`: carry out what is due, without Redis and Celery; made for cron."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cases.services.auftrag import run_due

# Few enough that the leases of one round outlast it.
_JE_RUNDE = 10


class Command(BaseCommand):
    help = "Führt fällige Aufträge (E-Mail, Erinnerungen) ohne Redis und Celery aus."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work in rounds until nothing is due."""
        enden: Counter[str] = Counter()
        while runde := run_due(limit=_JE_RUNDE, now=timezone.now()):
            enden += runde
        if not enden:
            self.stdout.write("Nichts zu tun.")
        for ende, anzahl in sorted(enden.items()):
            self.stdout.write(f"{ende}: {anzahl}")
