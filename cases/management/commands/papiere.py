"""Write the papers of the Datenschutz beside the documentation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cases.zugang.queries.papiere import markdown_of, papiere

ORT = settings.BASE_DIR / "docs" / "sicherheit"


class Command(BaseCommand):
    """Write one file for each paper."""

    help = "schreibt Verzeichnis, Folgenabschätzung, Rechte, Löschkonzept und Felder nach docs/"

    def handle(self, *args: Any, **options: Any) -> None:
        for papier in papiere():
            ziel = ORT / f"{papier.schluessel}.md"
            ziel.write_text(markdown_of(papier), encoding="utf-8")
            self.stdout.write(str(ziel.relative_to(settings.BASE_DIR)))
