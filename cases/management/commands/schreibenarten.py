"""Print docs/schreibenarten.md: every kind of letter, what it follows from and what it starts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibenart
from recht.fristkatalog import katalog

KOPF = """# Arten von Schreiben

Diese Seite entsteht aus der Anmeldung der Arten:
`manage.py schreibenarten > docs/schreibenarten.md`. Ein Test hält sie aktuell. Wie eine Art
dazukommt, steht unter [Schreiben](schreiben.md); die Fristen erklärt [Fristen](fristen.md).

| Schreiben | Auslöser | Empfänger | Norm | Frist, die beginnt | Woher |
|---|---|---|---|---|---|
"""
_GRUNDLAUTE = str.maketrans("ÄÖÜäöü", "AOUaou")


def page() -> str:
    """Return the whole page as Markdown, the kinds by title."""
    arten = sorted(registry.schreibenarten.values(), key=lambda a: a.titel.translate(_GRUNDLAUTE))
    return KOPF + "".join(f"{_row(art)}\n" for art in arten)


def _row(art: Schreibenart) -> str:
    fristen = ", ".join(f"{regel}: {katalog()[regel].bezeichnung}" for regel in art.frist) or "-"
    woher = "Neues Schreiben" if art.frei else "mit seinem Schritt"
    return f"| {art.titel} | {art.ausloeser} | {art.an} | {art.norm} | {fristen} | {woher} |"


class Command(BaseCommand):
    """Print the page."""

    help = "gibt alle Arten von Schreiben als Markdown aus"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(page(), ending="")
