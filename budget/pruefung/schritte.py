"""Steps of the yearly review of Beitrag and assets: pages show the rows, services ask them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from budget.folge.queries import expected_bekanntgabe
from budget.models import Beitragspruefung, PersoenlichesBudget
from budget.pruefung import guards
from budget.pruefung.queries import open_pruefung
from budget.states.pruefung import PRUEFUNG, PRUEFUNGSBEGINN
from budget.verfahren.schritte import Budgetlage
from cases.models import User
from cases.schritte import Folge, Pruefung, Schritttafel, Tageslage, Zeile
from recht.laenge import plus_monate


@dataclass(frozen=True)
class Prueflage(Tageslage):
    """A review on a day."""

    row: Beitragspruefung


BEGINN = Schritttafel[Budgetlage](
    PRUEFUNGSBEGINN,
    lambda lage: lage.budget.state,
    lambda lage: [lage.budget.case_id],
    (
        Zeile(
            "pruefen",
            "beitrag_pruefen",
            (Pruefung(lambda lage: guards.keine_offene_pruefung(open_pruefung(lage.budget))),),
        ),
    ),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("pruefen",),
)

PRUEFSCHRITTE = Schritttafel[Prueflage](
    PRUEFUNG,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.persoenliches_budget.case_id],
    (
        Zeile(
            "entscheiden",
            "beitrag_bescheid",
            (Pruefung(lambda lage: guards.etwas_geaendert(lage.row), verbirgt=True),),
            methode="post",
            haupt=True,
        ),
        Zeile(
            "beibehalten",
            "beitrag_bleibt",
            (Pruefung(lambda lage: guards.nichts_geaendert(lage.row), verbirgt=True),),
            methode="post",
            haupt=True,
        ),
        Zeile(
            "bearbeiten",
            "beitrag_pruefen",
            (Pruefung(lambda lage: guards.bescheid_noch_entwurf(lage.row)),),
        ),
        Zeile("verwerfen", "beitrag_verwerfen", methode="post", gefahr=True),
    ),
    folgen=(Folge("zurueckfallen", "Entwurf des Bescheids verworfen"),),
    stichtag=lambda lage: lage.tag,
)


def beginn_of(budget: PersoenlichesBudget, by: User, tag: date) -> Budgetlage:
    """Return the situation in which a review of the budget would begin."""
    return Budgetlage(by, tag, budget)


def earliest_month(tag: date) -> date:
    """Return the first month that a decision of the day can still change against the person."""
    bekannt = expected_bekanntgabe(tag)
    return plus_monate(bekannt.replace(day=1), 1)
