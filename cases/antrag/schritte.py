"""Steps of a case that are about its application: take one in, or end the advice without one."""

from __future__ import annotations

from datetime import date

from cases.antrag.guards.antrag import beratung_dokumentiert
from cases.fall.schritte import Falllage
from cases.models import Case, User
from cases.registry.schritt import Schritt
from cases.schritte import Pruefung, Schritttafel, Zeile
from cases.states.fall import FALL

ANTRAGSSCHRITTE = Schritttafel[Falllage](
    FALL,
    lambda lage: lage.case.state,
    lambda lage: [lage.case.pk],
    (
        Zeile("antrag_stellen", "antrag_weiterer"),
        Zeile(
            "beratung_abschliessen",
            "beratung_abschliessen",
            (Pruefung(lambda lage: beratung_dokumentiert(lage.case)),),
        ),
    ),
    stichtag=lambda lage: lage.tag,
)


def fallschritte(case: Case, user: User, stichtag: date) -> list[Schritt]:
    """Return what the case page offers while the case is an Anfrage."""
    return ANTRAGSSCHRITTE.schritte(Falllage(user, stichtag, case))
