"""Remarks of a version, and the sections at which one can be put."""

from __future__ import annotations

from cases.models import Case
from gesamtplan.models import Anmerkung, Gesamtplan
from gesamtplan.models.pflichtinhalt import inhaltszeilen


def abschnitte_of(plan: Gesamtplan) -> list[tuple[str, str]]:
    """Return the sections of a version read with its parts: anchor and title, in its order."""
    return [
        ("plan", "Der Plan als Ganzes"),
        ("bedarf", "Bedarf"),
        *((f"ziel-{ziel.nummer}", f"Ziel {ziel.nummer}") for ziel in plan.teilhabeziele.all()),
        *(
            (f"leistung-{row.kurz}", f"Leistung: {row.bezeichnung}")
            for row in plan.leistungen.all()
        ),
        *(
            (f"inhalt-{zeile.inhalt.schluessel}", zeile.inhalt.bezeichnung)
            for zeile in inhaltszeilen(plan)
        ),
    ]


def anmerkung_of(case: Case, anmerkung_id: int) -> Anmerkung | None:
    """Return a remark on a plan of this case, None when it belongs to another case."""
    rows = Anmerkung.objects.filter(gesamtplan__case=case, pk=anmerkung_id)
    return rows.select_related("gesamtplan").first()
