"""Steps of the budget itself: begin, change while it is measured, end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from budget.models import PersoenlichesBudget
from budget.states import BUDGET, BUDGETBEGINN
from budget.verfahren import guards
from budget.verfahren.queries import (
    ablehnung_of,
    budget_in_arbeit,
    pruefstand_of,
    released_gesamtplan,
)
from cases.models import Case
from cases.schritte import Folge, Pruefung, Schritttafel, Tageslage, Zeile, passt
from gesamtplan.models import Gesamtplan
from recht.leistungsbeginn import fruehester_beginn
from recht.rechtsstand import norm_am


@dataclass(frozen=True)
class Beginnlage(Tageslage):
    """A case in which a budget would begin on this plan, and the last budget it had."""

    case: Case
    gesamtplan: Gesamtplan | None
    budget: PersoenlichesBudget | None


@dataclass(frozen=True)
class Budgetlage(Tageslage):
    """A budget; the rooms above add what belongs to it."""

    budget: PersoenlichesBudget


def je_recht(a: str, b: str, ue: str = "") -> Callable[[Budgetlage], str]:
    """Return the norm of a gate as the law of the first day of the budget has it."""
    return lambda lage: norm_am(lage.budget.beginn, a, b, ue)


def auf(seite: str) -> Callable[[Budgetlage], str]:
    """Return the page of the case on which a gate can be opened."""
    return lambda lage: reverse(seite, args=[lage.budget.case_id])


BEGINN = Schritttafel[Beginnlage](
    BUDGETBEGINN,
    lambda lage: lage.case.state,
    lambda lage: [lage.case.pk],
    (
        Zeile(
            "anlegen",
            "budget_neu",
            (
                Pruefung(lambda lage: guards.gesamtplan_vorhanden(lage.gesamtplan, lage.tag)),
                Pruefung(lambda lage: guards.kein_offenes_budget(lage.budget)),
            ),
            haupt=True,
        ),
    ),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("anlegen",),
)

BUDGETSCHRITTE = Schritttafel[Budgetlage](
    BUDGET,
    lambda lage: lage.budget.state,
    lambda lage: [lage.budget.case_id],
    (
        Zeile("bearbeiten", "budget_bearbeiten", knopf="Angaben zum Budget ändern"),
        Zeile(
            "beenden",
            "budget_beenden",
            (Pruefung(lambda lage: guards.bewilligungszeitraum_abgelaufen(lage.budget, lage.tag)),),
            gefahr=True,
        ),
        Zeile(
            "nachfolgen",
            "budget_nachfolge",
            (
                Pruefung(lambda lage: passt(BUDGETBEGINN, "anlegen", lage.budget.case.state)),
                Pruefung(
                    lambda lage: guards.gesamtplan_vorhanden(
                        released_gesamtplan(lage.budget.case), lage.tag
                    )
                ),
                Pruefung(
                    lambda lage: guards.kein_budget_in_arbeit(budget_in_arbeit(lage.budget.case))
                ),
            ),
        ),
        Zeile(
            "verwerfen",
            "budget_verwerfen",
            (
                Pruefung(
                    lambda lage: (
                        guards.nur_als_nachfolge(lage.budget)
                        or guards.nichts_vereinbart(lage.budget.zielvereinbarungen.count())
                    ),
                    verbirgt=True,
                ),
            ),
            methode="post",
            gefahr=True,
        ),
    ),
    folgen=(
        Folge("weiterlaufen", "Widerspruch gegen die Aufhebung, oder sie ging nicht zu"),
        Folge("aussetzen", "Widerspruch gegen eine Änderung zum Nachteil der Person"),
    ),
    zu_lebzeiten=("nachfolgen",),
    stichtag=lambda lage: lage.budget.beginn,
)

# What a decision rests on; asked again when the Bescheid is released.
GRUNDLAGEN: tuple[Pruefung[Budgetlage], ...] = (
    Pruefung(
        lambda lage: guards.gesamtplan_freigegeben(lage.budget.gesamtplan, lage.budget.beginn),
        "Der Gesamtplan ist freigegeben",
        je_recht("§ 58 SGB XII", "§ 120 Abs. 2 SGB IX", "§ 143a Abs. 2 SGB XII"),
        auf("gesamtplan"),
    ),
    Pruefung(
        lambda lage: guards.beginn_nicht_vor_antragsmonat(lage.budget.antrag, lage.budget.beginn),
        "Der Beginn liegt nicht vor Antrag oder Kenntnis",
        lambda lage: (
            fruehester_beginn(lage.budget.antrag.antragstag, lage.budget.antrag.kenntnis_am).norm
        ),
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.befristung_begruendet(lage.budget.ende, lage.budget.befristungsgrund),
        "Eine Befristung ist begründet",
        "§ 32 SGB X, BSG 28.01.2021 - B 8 SO 9/19 R",
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.antrag_nicht_abgelehnt(ablehnung_of(lage.budget.antrag)),
        "Über den Antrag ist nicht schon anders entschieden",
        "§ 39 Abs. 2 SGB X",
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.voraussetzungen_erfuellt(
            pruefstand_of(lage.budget.antrag).nicht_erfuellt
        ),
        "Der Prüfkatalog steht der Bewilligung nicht entgegen",
        "§ 20 SGB X",
        lambda lage: reverse("pruefkatalog", args=[lage.budget.case_id, lage.budget.antrag_id]),
    ),
)
