"""Load the invented authority with about 60 cases, also behind a running program."""

from __future__ import annotations

import gc
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.models import Case
from vorfuehrung.laden import LaeuftSchon, is_complete, load_demo
from vorfuehrung.models import Ladestand

PROZESSE_HOECHSTENS = 2


class Command(BaseCommand):
    """`manage.py demo --laden [--prozesse 1|2]`; ends with 0 when everything is there."""

    help = (
        "Lädt die Vorführbehörde „Landkreis Musterau“ (nicht in der Produktion). "
        "Ein abgebrochenes Laden geht weiter, ein vollständiges bleibt, wie es ist."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the switch that stands for: yes, write into this database."""
        parser.add_argument("--laden", action="store_true")
        parser.add_argument(
            "--prozesse", type=int, choices=range(1, PROZESSE_HOECHSTENS + 1), default=None
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse in production; touch no database that has cases of others."""
        if not settings.DEMO_ACCOUNTS_ALLOWED:
            raise CommandError("Vorführdaten gibt es in der Produktion nicht.")
        if not options["laden"]:
            raise CommandError("Bitte mit --laden bestätigen.")
        if is_complete():
            self.stdout.write("Die Vorführdaten sind vollständig; `make demo` setzt sie zurück.")
            return
        if Case.objects.exists() and not Ladestand.objects.exists():
            self.stdout.write("Es sind schon Fälle vorhanden; nichts geladen.")
            return
        password = os.environ.get("FALLWERK_DEMO_PASSWORT") or secrets.token_urlsafe(9)
        try:
            with _rare_collection():
                anzahl = load_demo(
                    password=password,
                    heute=timezone.localdate(),
                    prozesse=options["prozesse"] or _processes(),
                    melden=self.stdout.write,
                )
        except LaeuftSchon:
            raise CommandError("Die Vorführdaten werden gerade schon geladen.") from None
        self.stdout.write(f"{anzahl} Fälle geladen. Kennwort aller Konten: {password}")


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Look for cycles rarely: a letter makes many objects, and a tenth of the time went there."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _processes() -> int:
    """Return how many may tell at once: a helper needs a processor of its own and Linux."""
    if sys.platform != "linux":
        return 1
    return min(PROZESSE_HOECHSTENS, len(os.sched_getaffinity(0)))
