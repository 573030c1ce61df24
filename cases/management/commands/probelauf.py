"""`manage.py probelauf --tag 2027-01-04`: what the office would miss on that day, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.behoerde.queries.probelauf import rehearse
from cases.models import Behoerde


class Command(BaseCommand):
    help = "Prüft für einen Tag, was zum Arbeiten fehlt: von der Aufnahme bis zum Versand."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day; without one it is today."""
        parser.add_argument("--tag", default="", help="Tag in der Form JJJJ-MM-TT; sonst heute")

    def handle(self, *args: Any, **options: Any) -> None:
        """Report every station; a missing value is no failure of the command.

        Raises CommandError for a day that does not exist, or while the authority is not entered.
        """
        try:
            tag = date.fromisoformat(options["tag"]) if options["tag"] else timezone.localdate()
        except ValueError:
            raise CommandError(f"„{options['tag']}“ ist kein Tag der Form JJJJ-MM-TT.") from None
        if not Behoerde.objects.exists():
            raise CommandError("Die Behörde ist noch nicht eingetragen (manage.py behoerde).")
        self.stdout.write(f"Probelauf für den {tag:%d.%m.%Y}")
        anzahl = 0
        for befund in rehearse(tag):
            anzahl += len(befund.maengel)
            stand = "fehlt oder ist offen" if befund.maengel else "vollständig"
            self.stdout.write(f"{befund.station}: {befund.titel}: {stand}")
            for mangel in befund.maengel:
                norm = f" ({mangel.norm})" if mangel.norm else ""
                self.stdout.write(f"  - {mangel.text}{norm}")
        self.stdout.write(f"{anzahl} Punkte zu klären." if anzahl else "Es fehlt nichts.")
