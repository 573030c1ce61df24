"""Steps of the proofs under the Arbeitgebermodell: pages show the rows, services ask them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from budget.arbeitgeber import guards
from budget.arbeitgeber.queries import open_arten
from budget.models import Arbeitgebernachweis, PersoenlichesBudget
from budget.states.vereinbarung import (
    ARBEITGEBERBEGINN,
    ARBEITGEBERNACHWEIS,
    arbeitgebernorm_of,
)
from budget.zielvereinbarung.queries import zielvereinbarung_of
from budget.zielvereinbarung.schritte import Vereinbarungslage
from cases.models import User
from cases.registry.schritt import Hindernis
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile


@dataclass(frozen=True)
class Arbeitgeberlage(Tageslage):
    """One proof on a day."""

    row: Arbeitgebernachweis


def beginn_of(budget: PersoenlichesBudget, by: User, tag: date) -> Vereinbarungslage:
    """Return the situation of a budget whose agreement may ask for these proofs."""
    return Vereinbarungslage(by, tag, budget, zielvereinbarung_of(budget))


def _vereinbart(lage: Vereinbarungslage) -> Hindernis | None:
    return guards.arbeitgebermodell_vereinbart(lage.budget, lage.zielvereinbarung)


def _noch_etwas(lage: Vereinbarungslage) -> Hindernis | None:
    if open_arten(lage.budget):
        return None
    return Hindernis("Alle Nachweise sind verlangt.", arbeitgebernorm_of(lage.budget.beginn))


BEGINN = Schritttafel[Vereinbarungslage](
    ARBEITGEBERBEGINN,
    lambda lage: lage.budget.state,
    lambda lage: [lage.budget.case_id],
    (
        Zeile(
            "arbeitgeber_verlangen",
            "arbeitgeber_verlangen",
            (Pruefung(_vereinbart), Pruefung(_noch_etwas, verbirgt=True)),
            haupt=True,
        ),
    ),
    stichtag=lambda lage: lage.budget.beginn,
    zu_lebzeiten=("arbeitgeber_verlangen",),
)

ARBEITGEBERSCHRITTE = Schritttafel[Arbeitgeberlage](
    ARBEITGEBERNACHWEIS,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.persoenliches_budget.case_id, lage.row.pk],
    (
        Zeile("annehmen", "arbeitgeber_eingang", haupt=True),
        Zeile("erinnern", "arbeitgeber_erinnern"),
    ),
    stichtag=lambda lage: lage.row.persoenliches_budget.beginn,
)
