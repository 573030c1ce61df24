"""`manage.py feldschluessel zeigen|erneuern`: the keys in the data, and all under the first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.chiffre import feldklassen, writing_key
from cases.services.feldschluessel import keys_in_data, record_keys
from cases.services.umschluesselung import DATEIEN, ZEILEN, give_up_keys, renew_all
from cases.states.tafel import SchrittUnzulaessig


class Command(BaseCommand):
    help = "Zählt die Daten je Feldschlüssel oder verschlüsselt sie neu mit dem ersten."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be done, and how much at once."""
        parser.add_argument("tun", choices=("zeigen", "erneuern"))
        parser.add_argument("--zeilen", type=int, default=ZEILEN, help="Texte je Schritt")
        parser.add_argument("--dateien", type=int, default=DATEIEN, help="Dateien je Schritt")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show, or renew; end with 1 and a sentence when a value cannot be read."""
        if options["tun"] == "erneuern":
            self._renew(options["zeilen"], options["dateien"])
        for klasse, angaben in feldklassen()["klassen"].items():
            if angaben["verschluesselt"]:
                self.stdout.write(f"{angaben['titel']}: „{writing_key(klasse)}“")
        for name, anzahl in sorted(keys_in_data().items()):
            self.stdout.write(f"Mit „{name}“ sind {anzahl} Werte verschlüsselt.")

    def _renew(self, zeilen: int, dateien: int) -> None:
        record_keys()
        anzahl = defekt = 0
        try:
            for stueck in renew_all(zeilen=zeilen, dateien=dateien):
                anzahl, defekt = anzahl + stueck.anzahl, defekt + stueck.defekt
                self.stdout.write(f"{stueck.tabelle}.{stueck.spalte}: {stueck.anzahl}")
                self.stdout.flush()
        except SchrittUnzulaessig as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{anzahl} Werte neu verschlüsselt.")
        for name in give_up_keys():
            self.stdout.write(f"Der Feldschlüssel „{name}“ wird nicht mehr gebraucht.")
        if defekt:
            raise CommandError(
                f"{defekt} Werte lassen sich nicht lesen und bleiben, wie sie sind; ihr Schlüssel "
                "wird noch gebraucht. Die Nachtprüfung nennt ihre Tabellen."
            )
