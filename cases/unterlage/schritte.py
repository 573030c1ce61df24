"""Steps of a blackened copy."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Schwaerzung
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from cases.states.schwaerzung import SCHWAERZUNG
from cases.unterlage import guards


@dataclass(frozen=True)
class Schwaerzungslage(Tageslage):
    """One copy on a day."""

    schwaerzung: Schwaerzung


SCHWAERZUNGSSCHRITTE = Schritttafel[Schwaerzungslage](
    SCHWAERZUNG,
    lambda lage: lage.schwaerzung.state,
    lambda lage: [lage.schwaerzung.unterlage.case_id, lage.schwaerzung.pk],
    (
        Zeile(
            "freigeben",
            "schwaerzung_freigeben",
            (
                Pruefung(
                    lambda lage: (
                        guards.schwaerzung_durch_zweite_person(lage.schwaerzung, lage.by)
                        if lage.by
                        else None
                    )
                ),
            ),
            eingang="Ansehen und freigeben",
            haupt=True,
        ),
        Zeile("verwerfen", "schwaerzung_verwerfen"),
    ),
)
