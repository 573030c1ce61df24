"""Lists of cases and what the case page shows."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cases import access
from cases.models import (
    Case,
    Ereignis,
    Leistungstraeger,
    User,
)


def chronik(case: Case, limit: int | None = None) -> list[Ereignis]:
    """Return what happened in the case, the newest first."""
    rows = Ereignis.objects.filter(case=case).select_related("user")
    return list(rows[:limit] if limit else rows)


def cases_of_person(person_id: int, user: User, stichtag: date) -> QuerySet[Case]:
    """Return the visible cases of a person."""
    return access.visible_to(user, stichtag).filter(leistungsberechtigte_person_id=person_id)


def this_case(case: Case) -> QuerySet[Case]:
    """Return one case that was opened already as a set of one."""
    return Case.objects.filter(pk=case.pk)


def other_traeger() -> QuerySet[Leistungstraeger]:
    """Return the Leistungsträger to whom an application can be handed on."""
    return Leistungstraeger.objects.filter(eigener=False, zusammengefuehrt_in__isnull=True)
