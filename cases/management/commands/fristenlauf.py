"""`manage.py fristenlauf`: the daily sweep and its digests, without Redis and Celery."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.states.tafel import SchrittUnzulaessig
from cases.tisch.services.tageslauf import correct_tageslauf, run_tageslauf

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
        """Take the day, today by default, or the switch that takes a wrong run back."""
        parser.add_argument("--tag", metavar="TT.MM.JJJJ", help="Tag des Laufs, sonst heute")
        parser.add_argument(
            "--berichtigen",
            action="store_true",
            help="nimmt zurück, was ein Lauf mit falscher Uhr zu früh eingestuft hat",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run once; a second run changes nothing."""
        tag = _read(options["tag"]) if options["tag"] else timezone.localdate()
        try:
            if options["berichtigen"]:
                self._correct()
                return
            lauf = run_tageslauf(tag=tag, now=timezone.now(), bestaetigt=bool(options["tag"]))
        except SchrittUnzulaessig as error:
            raise CommandError(error.text) from error
        if lauf is None:
            self.stdout.write("Ein anderer Tageslauf ist gerade im Gang; nichts getan.")
            return
        zahlen = ", ".join(f"{getattr(lauf, wort)} {wort}" for wort in _WORTE)
        self.stdout.write(f"Fristenlauf für den {tag:%d.%m.%Y}: {zahlen}.")
        self.stdout.write(f"Erinnerungen veranlasst: {lauf.erinnerungen}.")

    def _correct(self) -> None:
        """Say how many Fristen were brought back to their own days."""
        ergebnis = correct_tageslauf(now=timezone.now())
        if ergebnis is None:
            self.stdout.write("Ein anderer Tageslauf ist gerade im Gang; nichts getan.")
            return
        self.stdout.write(
            f"Berichtigt: {ergebnis.wieder_offen} wieder offen, {ergebnis.andere_stufe} mit "
            f"anderer Stufe, {ergebnis.wieder_gehemmt} ruhen wieder."
        )


def _read(text: str) -> date:
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise CommandError(f"„{text}“ ist kein Tag der Form TT.MM.JJJJ.") from error
