"""Steps of the protection of a person."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Case, Personenschutz
from cases.person.guards.schutz import schutz_durch_zweite_person
from cases.schritte import Lage, Pruefung, Schritttafel, Zeile
from cases.states.schutz import PERSONENSCHUTZ


@dataclass(frozen=True)
class Schutzlage(Lage):
    """A protection, in the case through which it is looked at."""

    schutz: Personenschutz
    case: Case


ZWEITE_PERSON: Pruefung[Schutzlage] = Pruefung(
    lambda lage: schutz_durch_zweite_person(lage.schutz, lage.by) if lage.by else None
)

SCHUTZSCHRITTE = Schritttafel[Schutzlage](
    PERSONENSCHUTZ,
    lambda lage: lage.schutz.state,
    lambda lage: [lage.case.pk, lage.schutz.pk],
    (
        Zeile("bestaetigen", "schutz_bestaetigen", (ZWEITE_PERSON,), methode="post", haupt=True),
        Zeile("aufhebung_beantragen", "schutz_aufhebung", gefahr=True),
        Zeile("beibehalten", "schutz_beibehalten", methode="post"),
        Zeile("aufheben", "schutz_aufheben", (ZWEITE_PERSON,), methode="post", gefahr=True),
    ),
)
