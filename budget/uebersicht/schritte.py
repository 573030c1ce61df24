"""The steps of the whole procedure as the page of the budget and the case page show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.urls import reverse

from budget.bemessung.schritte import BEMESSUNGSSCHRITTE
from budget.bescheid.schritte import (
    ENTWURFSSCHRITTE,
    Entscheidungslage,
    lage_of,
    lage_of_bescheid,
    schritte_of_bescheid,
)
from budget.models import PersoenlichesBudget
from budget.states import ABGESCHLOSSEN, Budgetzustand
from budget.states.folge import Folgeart
from budget.umzug.queries import first_open
from budget.umzug.schritte import UMZUGSSCHRITTE, Umzugslage
from budget.verfahren.queries import (
    ablehnung_of,
    abweichungen_of,
    get_budget,
    released_gesamtplan,
)
from budget.verfahren.schritte import BEGINN, BUDGETSCHRITTE, Beginnlage
from budget.zielvereinbarung.schritte import VEREINBARUNGSSCHRITTE, WEGSCHRITTE
from cases import access
from cases.models import Case, User
from cases.registry.schritt import Schritt
from gesamtplan.models import Gesamtplan


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
    steps += BUDGETSCHRITTE.schritte(lage, "nachfolgen", "verwerfen", "beenden")
    return [*steps, *following_of_sachleistung(lage)]


def following_of_sachleistung(lage: Entscheidungslage) -> list[Schritt]:
    """Return what is next where nothing came of a budget: a refusal, and the plan once more.

    Who wants the Sachleistung herself needs no refusal.
    """
    budget = lage.budget
    if budget.state != Budgetzustand.SACHLEISTUNG or lage.by is None:
        return []
    if not access.may_write(lage.by):
        return []
    plan = Schritt("Gesamtplan fortschreiben", reverse("gesamtplan", args=[budget.case_id]))
    if budget.sachleistung_auf_wunsch or ablehnung_of(budget.antrag) is not None:
        return [plan]
    url = reverse("folge_neu", args=[budget.case_id, Folgeart.ABLEHNUNG.value])
    return [
        Schritt(
            "Ablehnung entwerfen",
            url,
            haupt=True,
            hinweis="Über den Antrag auf das Persönliche Budget ist mit Bescheid zu entscheiden "
            "(§ 31 S. 1 SGB X).",
        ),
        plan,
    ]


def _abweichung(budget: PersoenlichesBudget, plan: Gesamtplan | None) -> list[Schritt]:
    """Return what is next while the plan says other than the budget pays (§ 121 Abs. 2 SGB IX)."""
    saetze = abweichungen_of(budget, plan)
    if not saetze:
        return []
    seite = "budget_nachfolge" if budget.state == Budgetzustand.LAEUFT else "budget"
    url = reverse(seite, args=[budget.case_id])
    titel = "Abweichung zwischen Plan und Budget klären"
    return [Schritt(titel, url, haupt=True, hinweis=" ".join(saetze))]


def _open_umzug(budget: PersoenlichesBudget, user: User, stichtag: date) -> list[Schritt]:
    """Return what is next while nothing is decided about a move (§ 98 SGB IX)."""
    umzug = first_open(budget) if budget.state == Budgetzustand.LAEUFT else None
    if umzug is None:
        return []
    lage = Umzugslage(user, stichtag, umzug.row)
    return [
        replace(
            schritt,
            hinweis=f"Umzug am {lage.row.am:%d.%m.%Y}: Wer zuständig ist und was zu tun ist, steht "
            "auf der Seite.",
        )
        for schritt in UMZUGSSCHRITTE.schritte(lage, "entscheiden")
    ]


def fallschritte(case: Case, user: User, stichtag: date) -> list[Schritt]:
    """Return what the case page offers: begin a budget, or its next step."""
    if BEGINN.schritt(Beginnlage(user, stichtag, case, None, None), "anlegen") is None:
        return []
    budget = get_budget(case)
    plan = released_gesamtplan(case)
    if budget is not None and budget.state not in ABGESCHLOSSEN:
        weiter = schritte_of_budget(lage_of(budget, user, stichtag))[:1]
        return [*_open_umzug(budget, user, stichtag), *_abweichung(budget, plan), *weiter]
    beantragt = any(antrag.persoenliches_budget for antrag in case.antraege.all())
    if plan is None and not beantragt:
        return []
    beginn = BEGINN.schritte(Beginnlage(user, stichtag, case, plan, budget))
    return [replace(s, haupt=beantragt and budget is None) for s in beginn]
