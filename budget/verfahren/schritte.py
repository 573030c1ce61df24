"""Steps of the budget itself: begin, change while it is measured, end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from budget.models import PersoenlichesBudget
from budget.states import BUDGET, BUDGETBEGINN
from budget.verfahren import guards
from cases.models import Case
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from gesamtplan.models import Gesamtplan
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
                Pruefung(lambda lage: guards.gesamtplan_vorhanden(lage.gesamtplan)),
                Pruefung(lambda lage: guards.kein_offenes_budget(lage.budget)),
            ),
            haupt=True,
        ),
    ),
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
    ),
)

# What a decision rests on; asked again when the Bescheid is released.
GRUNDLAGEN: tuple[Pruefung[Budgetlage], ...] = (
    Pruefung(
        lambda lage: guards.gesamtplan_freigegeben(lage.budget.gesamtplan, lage.budget.beginn),
        "Der Gesamtplan ist freigegeben",
        je_recht("§ 58 SGB XII", "§ 120 Abs. 2 SGB IX", "§§ 141-145 SGB XII"),
        auf("gesamtplan"),
    ),
    Pruefung(
        lambda lage: guards.beginn_nicht_vor_antragsmonat(lage.budget.antrag, lage.budget.beginn),
        "Der Beginn liegt nicht vor dem Monat des Antrags",
        je_recht("§ 18 SGB XII", "§ 108 Abs. 1 S. 2 SGB IX", "§ 18 SGB XII"),
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.befristung_begruendet(lage.budget.ende, lage.budget.befristungsgrund),
        "Eine Befristung ist begründet",
        "§ 32 SGB X, BSG 28.01.2021 - B 8 SO 9/19 R",
        auf("budget"),
    ),
)
