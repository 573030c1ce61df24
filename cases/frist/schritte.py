"""Steps of a Frist that a person takes; most Fristen end with a step of the case."""

from __future__ import annotations

from dataclasses import dataclass

from cases.frist import guards
from cases.models import Frist
from cases.schritte import Lage, Pruefung, Schritttafel, Zeile
from cases.states.frist import FRIST


@dataclass(frozen=True)
class Fristlage(Lage):
    """A Frist with its pauses."""

    frist: Frist


FRISTSCHRITTE = Schritttafel[Fristlage](
    FRIST,
    lambda lage: lage.frist.state,
    lambda lage: [lage.frist.case_id, lage.frist.pk],
    (
        Zeile(
            "anhalten",
            "frist_anhalten",
            (Pruefung(lambda lage: guards.frist_kann_pausieren(lage.frist)),),
        ),
        Zeile(
            "fortsetzen",
            "frist_fortsetzen",
            (
                Pruefung(
                    lambda lage: guards.pause_ohne_ende(lage.frist.fristpausen.all()),
                    verbirgt=True,
                ),
            ),
        ),
        Zeile(
            "verlaengern",
            "frist_verlaengern",
            (
                Pruefung(
                    lambda lage: guards.frist_kann_verlaengert_werden(
                        lage.frist, len(guards.verlaengerungsgruende(lage.frist))
                    )
                ),
            ),
        ),
        Zeile(
            "erledigen",
            "frist_erledigt",
            (Pruefung(lambda lage: guards.frist_von_hand(lage.frist), verbirgt=True),),
        ),
    ),
)
