"""Reads of a Persönliches Budget and of what it rests on, with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import models
from django.db.models import QuerySet, prefetch_related_objects

from budget.models import Bescheid, PersoenlichesBudget, Teilbudget, Zielvereinbarung
from budget.states import (
    Budgetzustand,
)
from cases.models import Antrag, Case
from cases.vordruck import attach, rows_of
from gesamtplan.models import Gesamtplan
from gesamtplan.states import Planzustand


def get_budget(case: Case) -> PersoenlichesBudget | None:
    """Return the budget that the case works with: the open one, else the last one that ended.

    Five queries at most, whatever the number of Teilbudgets.
    """
    for budget in rows_of(_budget, fall=case.pk):
        budget.case = case
        bescheide = rows_of(_bescheide, budget=budget.pk)
        attach(budget, "teilbudgets", rows_of(_teilbudgets, budget=budget.pk))
        attach(budget, "zielvereinbarungen", rows_of(_vereinbarungen, budget=budget.pk))
        attach(budget, "bescheide", bescheide)
        prefetch_related_objects(bescheide, "schreiben__versand_liste")
        return budget
    return None


def _budget(fall: int) -> QuerySet[PersoenlichesBudget]:
    beendet = models.Case(models.When(state=Budgetzustand.BEENDET, then=1), default=0)
    rows = PersoenlichesBudget.objects.filter(case_id=fall)
    rows = rows.select_related("gesamtplan__bedarfsermittlung", "antrag")
    return rows.order_by(beendet, "-beginn", "-id")[:1]


def _teilbudgets(budget: int) -> QuerySet[Teilbudget]:
    rows = Teilbudget.objects.filter(persoenliches_budget_id=budget)
    return rows.select_related("leistung__teilhabeziel", "leistungstraeger")


def _vereinbarungen(budget: int) -> QuerySet[Zielvereinbarung]:
    rows = Zielvereinbarung.objects.filter(persoenliches_budget_id=budget)
    rows = rows.select_related("unterzeichnet_traeger_von", "schreiben").order_by("-version")
    return rows.defer("schreiben__daten", "schreiben__empfaenger")


def _bescheide(budget: int) -> QuerySet[Bescheid]:
    rows = Bescheid.objects.filter(persoenliches_budget_id=budget)
    rows = rows.select_related("erstellt_von", "bearbeitet_von", "freigegeben_von", "schreiben")
    return rows.defer("schreiben__daten", "schreiben__empfaenger")


def antraege_for_budget(case: Case, budget: PersoenlichesBudget | None = None) -> list[Antrag]:
    """Return the Anträge that a budget may decide about, the oldest first.

    Those that were handed on are not among them, nor those that an earlier budget has decided
    about. When none is left, the earlier ones are: a running need goes on without a new Antrag.
    """
    hier = list(case.antraege.filter(weiterleitung__isnull=True).order_by("eingang", "id"))
    andere = PersoenlichesBudget.objects.filter(case=case)
    if budget is not None:
        andere = andere.exclude(pk=budget.pk)
    entschieden = set(andere.values_list("antrag_id", flat=True))
    return [antrag for antrag in hier if antrag.pk not in entschieden] or hier


def fitting_antrag(antraege: Sequence[Antrag]) -> Antrag | None:
    """Return the only one, or the only one that asks for a Persönliches Budget; else None."""
    if len(antraege) == 1:
        return antraege[0]
    gewuenscht = [antrag for antrag in antraege if antrag.persoenliches_budget]
    return gewuenscht[0] if len(gewuenscht) == 1 else None


def released_gesamtplan(case: Case) -> Gesamtplan | None:
    """Return the newest released version of the plan."""
    return next(iter(rows_of(_released, fall=case.pk)), None)


def _released(fall: int) -> QuerySet[Gesamtplan]:
    rows = Gesamtplan.objects.filter(case_id=fall, state=Planzustand.FREIGEGEBEN)
    return rows.order_by("-version")[:1]


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
