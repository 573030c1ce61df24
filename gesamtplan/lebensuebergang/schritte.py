"""Steps of a transition in the life of a person."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Case
from cases.schritte import Schritttafel, Tageslage, Zeile
from gesamtplan.models import Lebensuebergang
from gesamtplan.states.lebensuebergang import LEBENSUEBERGANG, UEBERGANGSBEGINN


@dataclass(frozen=True)
class Beginnlage(Tageslage):
    """A case in which a transition would be noted."""

    case: Case


@dataclass(frozen=True)
class Uebergangslage(Tageslage):
    """A transition that was noted."""

    row: Lebensuebergang

    @property
    def case(self) -> Case:
        """Return the case of the transition."""
        return self.row.case


BEGINN = Schritttafel[Beginnlage](
    UEBERGANGSBEGINN,
    lambda lage: lage.case.state,
    lambda lage: [lage.case.pk],
    (Zeile("vormerken", "lebensuebergang_neu"),),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("vormerken",),
)
UEBERGANGSSCHRITTE = Schritttafel[Uebergangslage](
    LEBENSUEBERGANG,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.case_id, lage.row.pk],
    (
        Zeile("festlegen", "lebensuebergang_bearbeiten"),
        Zeile("beruecksichtigen", "lebensuebergang_beruecksichtigen", methode="post"),
        Zeile("entfallen", "lebensuebergang_entfallen"),
    ),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("festlegen",),
)
