"""The one step of the random sample: note what the second look has found."""

from __future__ import annotations

from dataclasses import dataclass

from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from gesamtplan.models import Planstichprobe
from gesamtplan.states.stichprobe import STICHPROBE
from gesamtplan.stichprobe import guards


@dataclass(frozen=True)
class Stichprobenlage(Tageslage):
    """A drawn version."""

    row: Planstichprobe


STICHPROBENSCHRITTE = Schritttafel[Stichprobenlage](
    STICHPROBE,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.gesamtplan.case_id, lage.row.gesamtplan.version],
    (
        Zeile(
            "pruefen",
            "planstichprobe_pruefen",
            (
                Pruefung(
                    lambda lage: (
                        guards.stichprobe_durch_zweite_person(lage.row, lage.by)
                        if lage.by
                        else None
                    )
                ),
            ),
        ),
    ),
    stichtag=lambda lage: lage.tag,
)
