"""`manage.py fristenlauf`: the daily sweep and its digests, without Redis and Celery."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.services.erinnerung import order_erinnerungen
from cases.services.fristenlauf import sweep


class Command(BaseCommand):
    help = "Stuft alle offenen Fristen für einen Tag ein und veranlasst die Erinnerungen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day, today by default."""
        parser.add_argument("--tag", metavar="TT.MM.JJJJ", help="Tag des Laufs, sonst heute")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run once; a second run changes nothing."""
        tag = _read(options["tag"]) if options["tag"] else timezone.localdate()
        ergebnis = sweep(at=tag)
        erinnerungen = order_erinnerungen(at=tag)
        zahlen = ", ".join(f"{anzahl} {wort}" for wort, anzahl in asdict(ergebnis).items())
        self.stdout.write(f"Fristenlauf für den {tag:%d.%m.%Y}: {zahlen}.")
        self.stdout.write(f"Erinnerungen veranlasst: {erinnerungen}.")


def _read(text: str) -> date:
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise CommandError(f"„{text}“ ist kein Tag der Form TT.MM.JJJJ.") from error
