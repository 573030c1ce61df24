"""Lists of cases and what the case page shows."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from cases.models import (
    Antrag,
    Case,
    Ereignis,
)
from cases.queries.einsicht import line_text, lines_seen
from cases.states.inhalt import Einsicht
from cases.vordruck import attach, rows_of

_ALLE = Q()

# The case page shows this many; the rest stands in the Chronik.
LATEST_EVENTS = 5


def latest_events(fall: int, einsicht: Einsicht) -> list[Ereignis]:
    """Return the last few things that happened, for the case page, as far as they are shown."""
    sees = lines_seen(einsicht, fall)
    if not sees:
        return rows_of(_latest, fall=fall)
    rows = list(_latest(fall, sees))
    for row in rows:
        row.text = line_text(einsicht, row.text)
    return rows


def _latest(fall: int, sees: Q = _ALLE) -> QuerySet[Ereignis]:
    rows = Ereignis.objects.filter(sees, case_id=fall).select_related("user")
    return rows.only("am", "text", "user__first_name", "user__last_name")[:LATEST_EVENTS]


def antraege_of(case: Case) -> list[Antrag]:
    """Return the applications of the case, kept with it for whoever asks next."""
    rows = rows_of(_antraege, fall=case.pk)
    attach(case, "antraege", rows)
    return rows


def _antraege(fall: int) -> QuerySet[Antrag]:
    return Antrag.objects.filter(case_id=fall).select_related("weiterleitung__an")


def this_case(case: Case) -> QuerySet[Case]:
    """Return one case that was opened already as a set of one."""
    return Case.objects.filter(pk=case.pk)


def antraege_hier(case: Case) -> list[Antrag]:
    """Return the applications of a case that were not handed on, the newest first."""
    rows = list(case.antraege.filter(weiterleitung__isnull=True).order_by("-eingang", "-id"))
    for row in rows:
        row.case = case
    return rows
