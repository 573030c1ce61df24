"""Letters of one case and their sendings."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.models import Case, Schreiben, Versand
from cases.states.versand import Versandzustand


def schreiben_in(case: Case) -> QuerySet[Schreiben]:
    """Return the letters of the case, the newest first."""
    return Schreiben.objects.filter(case=case)


def versand_in(case: Case) -> QuerySet[Versand]:
    """Return all sendings of letters of the case with their letter."""
    rows = Versand.objects.filter(schreiben__case=case)
    return rows.select_related("schreiben", "vermerkt_von", "aushang__benachrichtigung")


def first_bekanntgabe(schreiben: Schreiben) -> Versand | None:
    """Return the sending with which the letter was made known, None while it is not."""
    return (
        Versand.objects.filter(
            schreiben=schreiben,
            state=Versandzustand.AUFGEGEBEN,
            bekanntgabe__isnull=False,
            weitere_ausfertigung=False,
        )
        .order_by("bekanntgabe", "pk")
        .first()
    )
