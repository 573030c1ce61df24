"""`manage.py fristen_neu_rechnen`: what would change in running Fristen, and on demand do it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.frist.services.fristneuberechnung import Unterschied, recompute_fristen
from cases.services.uhr import require_uhr
from cases.states.tafel import SchrittUnzulaessig


class Command(BaseCommand):
    help = "Rechnet alle laufenden Fristen neu; ohne --anwenden wird nur berichtet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the switch that stands for: yes, store the new days."""
        parser.add_argument("--anwenden", action="store_true", help="neue Tage speichern")

    def handle(self, *args: Any, **options: Any) -> None:
        """Report every difference by the number of the Frist; no name appears."""
        anwenden = options["anwenden"]
        try:
            tag = require_uhr(now=timezone.now()).heute
        except SchrittUnzulaessig as error:
            raise CommandError(error.text) from error
        ergebnis = recompute_fristen(tag=tag, anlass="von Hand veranlasst", anwenden=anwenden)
        for unterschied in ergebnis.unterschiede:
            self.stdout.write(_line(unterschied))
        gesehen = len(ergebnis.unterschiede)
        if ergebnis.geaendert + ergebnis.gescheitert > gesehen:
            self.stdout.write(f"… gezeigt sind die ersten {gesehen}.")
        self.stdout.write(
            f"{ergebnis.geprueft} geprüft, {ergebnis.geaendert} mit anderen Tagen, "
            f"{ergebnis.gescheitert} nicht berechenbar."
        )
        if not anwenden:
            self.stdout.write("Nichts gespeichert; mit --anwenden werden die Tage übernommen.")


def _line(unterschied: Unterschied) -> str:
    frist = unterschied.frist
    if unterschied.fehler:
        return f"Frist {frist.pk} ({frist.regel}): {unterschied.fehler}"
    neu = unterschied.werte
    return (
        f"Frist {frist.pk} ({frist.regel}): Ende {frist.ende:%d.%m.%Y} → {neu['ende']:%d.%m.%Y}, "
        f"Wiedervorlage {frist.wiedervorlage:%d.%m.%Y} → {neu['wiedervorlage']:%d.%m.%Y}"
    )
