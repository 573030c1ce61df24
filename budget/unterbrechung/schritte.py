"""Steps of an interruption: pages show the rows, services ask them."""

from __future__ import annotations

from dataclasses import dataclass

from budget.models import Unterbrechung
from budget.states.unterbrechung import UNTERBRECHUNG, UNTERBRECHUNGSBEGINN
from budget.unterbrechung import guards
from budget.verfahren.schritte import Budgetlage
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile


@dataclass(frozen=True)
class Unterbrechungslage(Tageslage):
    """An interruption on a day."""

    row: Unterbrechung


BEGINN = Schritttafel[Budgetlage](
    UNTERBRECHUNGSBEGINN,
    lambda lage: lage.budget.state,
    lambda lage: [lage.budget.case_id],
    (Zeile("unterbrechen", "unterbrechung_neu"),),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("unterbrechen",),
)

UNTERBRECHUNGSSCHRITTE = Schritttafel[Unterbrechungslage](
    UNTERBRECHUNG,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.persoenliches_budget.case_id, lage.row.pk],
    (
        Zeile(
            "entscheiden",
            "unterbrechung_bescheid",
            (
                Pruefung(lambda lage: guards.etwas_ruht(lage.row), verbirgt=True),
                Pruefung(lambda lage: guards.ohne_bescheid(lage.row), verbirgt=True),
            ),
            methode="post",
            haupt=True,
        ),
        Zeile("zurueckkehren", "unterbrechung_ende"),
        Zeile(
            "bearbeiten",
            "unterbrechung_bearbeiten",
            (Pruefung(lambda lage: guards.unterbrechung_noch_frei(lage.row)),),
        ),
        Zeile(
            "verwerfen",
            "unterbrechung_verwerfen",
            (Pruefung(lambda lage: guards.ohne_bescheid(lage.row), verbirgt=True),),
            methode="post",
            gefahr=True,
        ),
    ),
    stichtag=lambda lage: lage.row.persoenliches_budget.beginn,
)
