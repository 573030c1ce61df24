"""The steps of the whole procedure as the page of the budget and the case page show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from budget.bemessung.schritte import BEMESSUNGSSCHRITTE
from budget.bescheid.schritte import (
    ENTWURFSSCHRITTE,
    Entscheidungslage,
    lage_of,
    lage_of_bescheid,
    schritte_of_bescheid,
)
from budget.states import Budgetzustand
from budget.verfahren.queries import get_budget, released_gesamtplan
from budget.verfahren.schritte import BEGINN, BUDGETSCHRITTE, Beginnlage
from budget.zielvereinbarung.schritte import VEREINBARUNGSSCHRITTE, WEGSCHRITTE
from cases.models import Case, User
from cases.registry.schritt import Schritt


def schritte_of_budget(lage: Entscheidungslage) -> list[Schritt]:
    """Return the steps that this role may take now or will take next, in the order of the work."""
    steps = [
        *BEMESSUNGSSCHRITTE.schritte(lage),
        *WEGSCHRITTE.schritte(lage),
        *VEREINBARUNGSSCHRITTE.schritte(lage),
        *ENTWURFSSCHRITTE.schritte(lage),
    ]
    if lage.bescheid is not None and lage.by is not None:
        steps += schritte_of_bescheid(lage_of_bescheid(lage.bescheid, lage.by, lage.tag))
    return [*steps, *BUDGETSCHRITTE.schritte(lage, "beenden")]


def fallschritte(case: Case, user: User, stichtag: date) -> list[Schritt]:
    """Return what the case page offers: begin a budget, or its next step."""
    if BEGINN.schritt(Beginnlage(user, stichtag, case, None, None), "anlegen") is None:
        return []
    budget = get_budget(case)
    if budget is not None and budget.state != Budgetzustand.BEENDET:
        return schritte_of_budget(lage_of(budget, user, stichtag))[:1]
    plan = released_gesamtplan(case)
    beantragt = any(antrag.persoenliches_budget for antrag in case.antraege.all())
    if plan is None and not beantragt:
        return []
    beginn = BEGINN.schritte(Beginnlage(user, stichtag, case, plan, budget))
    return [replace(s, haupt=beantragt and budget is None) for s in beginn]
