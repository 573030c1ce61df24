"""Steps of a change of the carrier: pages show the rows, services ask them."""

from __future__ import annotations

from dataclasses import dataclass

from budget.models import Traegerwechsel
from budget.states.traegerwechsel import TRAEGERWECHSEL, WECHSELBEGINN
from budget.traegerwechsel import guards
from budget.verfahren.schritte import Budgetlage
from cases.registry.schritt import Hindernis
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile


@dataclass(frozen=True)
class Wechsellage(Tageslage):
    """A change of the carrier on a day."""

    row: Traegerwechsel


BEGINN = Schritttafel[Budgetlage](
    WECHSELBEGINN,
    lambda lage: lage.budget.state,
    lambda lage: [lage.budget.case_id],
    (Zeile("wechseln", "traegerwechsel_neu"),),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("wechseln",),
)


def _zweite_person(lage: Wechsellage) -> Hindernis | None:
    return guards.abgabe_durch_andere(lage.row, lage.by) if lage.by else None


WECHSELSCHRITTE = Schritttafel[Wechsellage](
    TRAEGERWECHSEL,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.persoenliches_budget.case_id, lage.row.pk],
    (
        Zeile(
            "zusagen",
            "traegerwechsel_zusage",
            (Pruefung(lambda lage: guards.aufhebung_noch_frei(lage.row)),),
        ),
        Zeile(
            "aufheben",
            "traegerwechsel_aufheben",
            (Pruefung(lambda lage: guards.ohne_aufhebung(lage.row), verbirgt=True),),
            methode="post",
            haupt=True,
        ),
        Zeile(
            "erstattung_verlangen",
            "traegerwechsel_erstattung",
            (Pruefung(lambda lage: guards.etwas_zu_erstatten(lage.row), verbirgt=True),),
        ),
        Zeile(
            "abgeben",
            "traegerwechsel_abgeben",
            (
                Pruefung(lambda lage: guards.bewilligung_beendet(lage.row)),
                Pruefung(lambda lage: guards.neuer_traeger_unterrichtet(lage.row)),
                Pruefung(_zweite_person),
            ),
            methode="post",
        ),
        Zeile("verwerfen", "traegerwechsel_verwerfen", methode="post", gefahr=True),
    ),
    stichtag=lambda lage: lage.row.ab,
)
