"""Lists of cases and what the case page shows."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.models import (
    Antrag,
    Case,
    Ereignis,
)


def chronik(case: Case, limit: int | None = None) -> list[Ereignis]:
    """Return what happened in the case, the newest first."""
    rows = Ereignis.objects.filter(case=case).select_related("user")
    return list(rows[:limit] if limit else rows)


def this_case(case: Case) -> QuerySet[Case]:
    """Return one case that was opened already as a set of one."""
    return Case.objects.filter(pk=case.pk)


def latest_antrag(case: Case) -> Antrag | None:
    """Return the application that the Zuständigkeit is about; None for an Anfrage."""
    return (
        case.antraege.select_related("zustaendigkeitspruefung").order_by("-eingang", "-id").first()
    )
