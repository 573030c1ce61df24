"""Tell the model case on an empty database and write its three letters."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from budget.bemessung.queries import gesamtbudget_of
from cases.models import Case, Schreiben
from cases.schreiben.services.schreiben import pdf_of
from recht.fristkennung import Regel
from vorfuehrung.behoerde import create_behoerde, create_users
from vorfuehrung.geschichte import Geschichte, tell
from vorfuehrung.musterfall import STAENDE
from vorfuehrung.vorlage import Stand


class Command(BaseCommand):
    """`manage.py musterfall --out ausgabe --stand A`."""

    help = "Erzählt den Musterfall auf einer eigenen Datenbank und schreibt seine drei Schreiben."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder for the letters and the Rechtsstand."""
        parser.add_argument("--out", default="ausgabe")
        parser.add_argument("--stand", default="A")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write three PDF files and print one JSON object as the last line."""
        stand = str(options["stand"]).upper()
        if stand not in STAENDE:
            raise CommandError(f"Den Rechtsstand „{stand}“ gibt es nicht; möglich sind A und B.")
        ziel = Path(options["out"])
        try:
            ziel.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(
                f"Der Ordner {ziel} kann nicht angelegt werden: {error.strerror}."
            ) from error
        if Case.objects.exists() or settings.PRODUCTION:
            raise CommandError(
                "Der Musterfall braucht eine eigene, leere Datenbank: make musterfall."
            )
        self.stdout.write(json.dumps(run(stand, ziel), ensure_ascii=False))


def run(stand: str, ziel: Path) -> dict[str, Any]:
    """Tell the case, write the letters, return what the last line prints."""
    create_behoerde()
    # The accounts live as long as the scratch database; nobody logs in with them.
    users = create_users(os.urandom(16).hex())
    g = tell(
        STAENDE[stand], fallmanager=users["fallmanager"], leitung=users["leitung"], bis=Stand.LAEUFT
    )
    return summary(stand, g, write_letters(g, ziel))


def write_letters(g: Geschichte, ziel: Path) -> dict[str, str]:
    """Write the frozen PDFs of the case and return their hashes by kind."""
    hashes = {}
    for art in ("zielvereinbarung", "bescheid", "gesamtplan"):
        schreiben = Schreiben.objects.get(case=g.case, art=art)
        (ziel / f"{art}.pdf").write_bytes(pdf_of(schreiben))
        hashes[art] = schreiben.pdf_sha256
    return hashes


def summary(stand: str, g: Geschichte, hashes: dict[str, str]) -> dict[str, Any]:
    """Return amounts as strings with two decimals and days as ISO dates (a month as JJJJ-MM)."""
    assert g.budget is not None
    assert g.versand is not None
    summen = gesamtbudget_of(g.budget)
    assert summen is not None
    return {
        "rechtsstand": stand,
        "gesamtbudget": f"{summen.gesamt:.2f}",
        "geld": f"{summen.geld:.2f}",
        "gutscheine": f"{summen.gutscheine:.2f}",
        "bindung_bis": _ende(g.case, Regel.BINDUNG_BUDGET),
        "erste_ueberpruefung": _ende(g.case, Regel.ERSTE_UEBERPRUEFUNG)[:7],
        "bedarf_wiederholen": _ende(g.case, Regel.BEDARF_WIEDERHOLEN),
        "bekanntgabe": g.versand.bekanntgabe.isoformat() if g.versand.bekanntgabe else None,
        "widerspruch_bis": (
            g.versand.widerspruch_bis.isoformat() if g.versand.widerspruch_bis else None
        ),
        "sha256": hashes,
    }


def _ende(case: Case, regel: str) -> str:
    return case.fristen.get(regel=regel).ende.isoformat()
