"""Reviews that are due in a time, for a letter to each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.models import Case, Frist, User
from cases.registry.serienart import Posten
from cases.schreiben.queries.serie import cases_of_list, posten_of
from cases.states.frist import LAUFENDE
from recht.fristkennung import Regel


def running_fristen() -> QuerySet[Frist]:
    """Return the running Fristen within which a plan is reviewed."""
    return Frist.objects.filter(regel=Regel.UEBERPRUEFUNG_GESAMTPLAN, state__in=LAUFENDE)


def next_frist(case: Case, frist_id: int | None = None) -> Frist | None:
    """Return until when the plan of the case is reviewed, or that one Frist while it runs."""
    rows = running_fristen().filter(case=case)
    if frist_id is not None:
        rows = rows.filter(pk=frist_id)
    return rows.order_by("ende").first()


def list_faellige(user: User, tag: date, wahl: Mapping[str, Any], anzahl: int) -> list[Posten]:
    """Return up to so many reviews that are due in a time, the earliest first."""
    faelle = cases_of_list(user, tag, wahl["kreis"]).order_by()
    rows = (
        running_fristen()
        .filter(ende__range=(wahl["von"], wahl["bis"]), case__in=faelle.values("pk"))
        .select_related("case__leistungsberechtigte_person")
        .order_by("ende", "case__aktenzeichen", "pk")
    )
    return [
        posten_of(row.case, row.pk, f"zu überprüfen bis {row.ende:%d.%m.%Y}")
        for row in rows[:anzahl]
    ]
