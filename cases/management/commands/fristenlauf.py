"""`manage.py fristenlauf`: the daily sweep and its digests, without Redis and Celery."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.tisch.services.tageslauf import run_tageslauf

_WORTE = (
    "bevorstehend",
    "faellig",
    "ueberfaellig",
    "eskaliert",
    "abgelaufen",
    "gescheitert",
    "fortgesetzt",
)


class Command(BaseCommand):
    help = "Stuft alle offenen Fristen für einen Tag ein und veranlasst die Erinnerungen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day, today by default."""
        parser.add_argument("--tag", metavar="TT.MM.JJJJ", help="Tag des Laufs, sonst heute")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run once; a second run changes nothing."""
        tag = _read(options["tag"]) if options["tag"] else timezone.localdate()
        lauf = run_tageslauf(tag=tag, now=timezone.now())
        if lauf is None:
            self.stdout.write("Ein anderer Tageslauf ist gerade im Gang; nichts getan.")
            return
        zahlen = ", ".join(f"{getattr(lauf, wort)} {wort}" for wort in _WORTE)
        self.stdout.write(f"Fristenlauf für den {tag:%d.%m.%Y}: {zahlen}.")
        self.stdout.write(f"Erinnerungen veranlasst: {lauf.erinnerungen}.")


def _read(text: str) -> date:
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise CommandError(f"„{text}“ ist kein Tag der Form TT.MM.JJJJ.") from error
