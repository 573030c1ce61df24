"""`manage.py protokoll siegeln|pruefen`: the chain over read log, Chronik and refusals."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.models import Protokollsiegel
from cases.services.protokoll import check_logs, seal_logs


class Command(BaseCommand):
    help = "Versiegelt vergangene Tage der Protokolle oder prüft sie gegen ihre Siegel."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be done."""
        parser.add_argument("tun", choices=("siegeln", "pruefen"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, or end with 1 and a line for each row that does not fit."""
        if options["tun"] == "siegeln":
            anzahl = seal_logs(vor=timezone.localdate())
            self.stdout.write(f"{anzahl} Tage versiegelt.")
            return
        befunde = check_logs()
        for befund in befunde:
            self.stdout.write(str(befund))
        if befunde:
            raise CommandError(f"{len(befunde)} Stellen passen nicht zu ihrem Siegel.")
        self.stdout.write(f"{Protokollsiegel.objects.count()} Siegel geprüft, alles passt.")
