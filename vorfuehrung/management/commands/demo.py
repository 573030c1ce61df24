"""Load the invented authority with about 60 cases."""

from __future__ import annotations

import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.models import Case
from vorfuehrung.laden import load_demo


class Command(BaseCommand):
    """`manage.py demo --laden`."""

    help = "Lädt die Vorführbehörde „Landkreis Musterau“ (nicht in der Produktion)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the switch that stands for: yes, write into this database."""
        parser.add_argument("--laden", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse in production and on a database that already has cases."""
        if not settings.DEMO_ACCOUNTS_ALLOWED:
            raise CommandError("Vorführdaten gibt es in der Produktion nicht.")
        if not options["laden"]:
            raise CommandError("Bitte mit --laden bestätigen.")
        if Case.objects.exists():
            self.stdout.write("Es sind schon Fälle vorhanden; nichts geladen.")
            return
        password = os.environ.get("FALLWERK_DEMO_PASSWORT") or secrets.token_urlsafe(9)
        anzahl = load_demo(password=password, heute=timezone.localdate())
        self.stdout.write(f"{anzahl} Fälle geladen. Kennwort aller Konten: {password}")
