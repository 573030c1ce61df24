"""Lists of cases and what the case page shows."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cases import access
from cases.models import (
    Antrag,
    Case,
    Ereignis,
    Leistungstraeger,
    User,
)
from cases.vordruck import attach, rows_of

# The case page shows this many; the rest stands in the Chronik.
LATEST_EVENTS = 5


def latest_events(fall: int) -> list[Ereignis]:
    """Return the last few things that happened, for the case page."""
    return rows_of(_latest, fall=fall)


def _latest(fall: int) -> QuerySet[Ereignis]:
    rows = Ereignis.objects.filter(case_id=fall).select_related("user")
    return rows.only("am", "text", "user__first_name", "user__last_name")[:LATEST_EVENTS]


def antraege_of(case: Case) -> list[Antrag]:
    """Return the applications of the case, kept with it for whoever asks next."""
    rows = rows_of(_antraege, fall=case.pk)
    attach(case, "antraege", rows)
    return rows


def _antraege(fall: int) -> QuerySet[Antrag]:
    return Antrag.objects.filter(case_id=fall).select_related("weiterleitung__an")


def cases_of_person(person_id: int, user: User, stichtag: date) -> QuerySet[Case]:
    """Return the visible cases of a person."""
    return access.visible_to(user, stichtag).filter(leistungsberechtigte_person_id=person_id)


def this_case(case: Case) -> QuerySet[Case]:
    """Return one case that was opened already as a set of one."""
    return Case.objects.filter(pk=case.pk)


def other_traeger() -> QuerySet[Leistungstraeger]:
    """Return the Leistungsträger to whom an application can be handed on."""
    return Leistungstraeger.objects.filter(eigener=False, zusammengefuehrt_in__isnull=True)
