"""Reads of a Persönliches Budget and of what it rests on, with a fixed number of queries."""

from __future__ import annotations

from datetime import date

from django.db import models

from budget.models import Bescheid, PersoenlichesBudget, Teilbudget, Zielvereinbarung
from budget.states import (
    Budgetzustand,
)
from cases.models import Antrag, Case
from gesamtplan.models import Gesamtplan
from gesamtplan.states import Planzustand


def get_budget(case: Case) -> PersoenlichesBudget | None:
    """Return the budget that the case works with: the open one, else the last one that ended.

    Five queries at most, whatever the number of Teilbudgets.
    """
    budget = (
        PersoenlichesBudget.objects.filter(case=case)
        .select_related("gesamtplan__bedarfsermittlung")
        .prefetch_related(
            models.Prefetch(
                "teilbudgets",
                Teilbudget.objects.select_related("leistung__teilhabeziel", "leistungstraeger"),
            ),
            models.Prefetch(
                "zielvereinbarungen",
                Zielvereinbarung.objects.select_related(
                    "unterzeichnet_traeger_von", "schreiben"
                ).order_by("-version"),
            ),
            models.Prefetch(
                "bescheide",
                Bescheid.objects.select_related(
                    "erstellt_von", "bearbeitet_von", "freigegeben_von", "schreiben"
                ).prefetch_related("schreiben__versand_liste"),
            ),
        )
        .order_by(
            models.Case(models.When(state=Budgetzustand.BEENDET, then=1), default=0),
            "-beginn",
            "-id",
        )
        .first()
    )
    if budget is not None:
        budget.case = case
    return budget


def first_antrag(case: Case) -> Antrag | None:
    """Return the application that opened the case."""
    return case.antraege.order_by("eingang", "id").first()


def released_gesamtplan(case: Case) -> Gesamtplan | None:
    """Return the newest released version of the plan."""
    return (
        Gesamtplan.objects.filter(case=case, state=Planzustand.FREIGEGEBEN)
        .order_by("-version")
        .first()
    )


def open_budget(case: Case) -> PersoenlichesBudget | None:
    """Return the budget of the case that has not ended."""
    return (
        PersoenlichesBudget.objects.filter(case=case).exclude(state=Budgetzustand.BEENDET).first()
    )


def has_laufende_auszahlung(case: Case) -> bool:
    """Tell whether money still flows or is about to."""
    return PersoenlichesBudget.objects.filter(
        case=case, state__in=[Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT]
    ).exists()


def budgetphase(case: Case, stichtag: date) -> str:
    """Return the phase of KVJS 2010, 3.6 in which the open budget of the case stands."""
    state = (
        PersoenlichesBudget.objects.filter(case=case)
        .exclude(state=Budgetzustand.BEENDET)
        .values_list("state", flat=True)
        .first()
    )
    if state is None:
        return ""
    if state == Budgetzustand.BEANTRAGT:
        return "b"
    return "d" if state == Budgetzustand.LAEUFT else "c"
