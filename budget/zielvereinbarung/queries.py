"""Reads of Zielvereinbarungen."""

from __future__ import annotations

from django.db.models import QuerySet

from budget.models import PersoenlichesBudget, Zielvereinbarung
from budget.states import (
    Vereinbarungszustand,
)
from cases.models import User


def zielvereinbarung_of(budget: PersoenlichesBudget) -> Zielvereinbarung | None:
    """Return the version in use: the newest one that was not thrown away."""
    for zielvereinbarung in budget.zielvereinbarungen.all():
        if zielvereinbarung.state != Vereinbarungszustand.VERWORFEN:
            zielvereinbarung.persoenliches_budget = budget
            return zielvereinbarung
    return None


def offene_vereinbarungen(user: User) -> QuerySet[Zielvereinbarung]:
    """Return Zielvereinbarungen of the own cases that are begun or wait for a signature."""
    offen = (Vereinbarungszustand.ENTWURF, Vereinbarungszustand.AUSGEFERTIGT)
    return Zielvereinbarung.objects.filter(
        state__in=offen, persoenliches_budget__case__caseworker=user
    ).order_by("ausgefertigt_am", "id")
