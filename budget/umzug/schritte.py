"""Steps of a move: pages show the rows, services ask them."""

from __future__ import annotations

from dataclasses import dataclass

from budget.models import Umzug
from budget.states.umzug import UMZUG
from cases.models import Case
from cases.schritte import Schritttafel, Tageslage, Zeile


@dataclass(frozen=True)
class Umzugslage(Tageslage):
    """A move on a day; while nothing is decided its row is not stored."""

    row: Umzug

    @property
    def case(self) -> Case:
        """Return the case of the person who has moved."""
        return self.row.case


def _seite(lage: Umzugslage) -> list[object]:
    return [lage.row.case_id, lage.row.anschrift_id]


UMZUGSSCHRITTE = Schritttafel[Umzugslage](
    UMZUG,
    lambda lage: lage.row.state,
    _seite,
    (
        Zeile("entscheiden", "umzug_entscheiden", haupt=True),
        Zeile("zuruecknehmen", "umzug_zuruecknehmen"),
    ),
    stichtag=lambda lage: lage.row.am,
    zu_lebzeiten=("entscheiden",),
)
