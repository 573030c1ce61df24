"""Steps of a proposal: pages show the rows, services ask them."""

from __future__ import annotations

from dataclasses import dataclass

from budget.models import Budgetvorschlag
from budget.states.vorschlag import BUDGETVORSCHLAG, VORSCHLAGSBEGINN
from budget.verfahren.queries import get_budget
from budget.vorschlag import guards
from budget.vorschlag.queries import antrag_auf_budget, offener_vorschlag
from cases.models import Case
from cases.registry.schritt import Hindernis
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile


@dataclass(frozen=True)
class Vorschlagsbeginn(Tageslage):
    """A case in which the authority may propose something."""

    case: Case


@dataclass(frozen=True)
class Vorschlagslage(Tageslage):
    """A proposal on a day."""

    row: Budgetvorschlag

    @property
    def case(self) -> Case:
        """Return the case of the person."""
        return self.row.case


def _ohne_budget(lage: Vorschlagsbeginn) -> Hindernis | None:
    beantragt = antrag_auf_budget(lage.case)
    return guards.noch_kein_budget(get_budget(lage.case), beantragt, lage.tag)


BEGINN = Schritttafel[Vorschlagsbeginn](
    VORSCHLAGSBEGINN,
    lambda lage: lage.case.state,
    lambda lage: [lage.case.pk],
    (
        Zeile(
            "vorschlagen",
            "budget_vorschlagen",
            (
                Pruefung(_ohne_budget),
                Pruefung(
                    lambda lage: guards.kein_offener_vorschlag(
                        offener_vorschlag(lage.case), lage.tag
                    )
                ),
            ),
        ),
    ),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("vorschlagen",),
)

VORSCHLAGSSCHRITTE = Schritttafel[Vorschlagslage](
    BUDGETVORSCHLAG,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.case_id, lage.row.pk],
    (
        Zeile("annehmen", "budgetvorschlag_annehmen", haupt=True),
        Zeile("ablehnen", "budgetvorschlag_ablehnen"),
        Zeile("verwerfen", "budgetvorschlag_verwerfen", methode="post", gefahr=True),
    ),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("annehmen",),
)
