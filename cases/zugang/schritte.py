"""Steps of a change of an account that waits for a second person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cases.models import Kontoaenderung, User
from cases.registry.schritt import Hindernis
from cases.schritte import Lage, Pruefung, Schritttafel, Zeile
from cases.states.zugang import KONTOAENDERUNG
from cases.zugang.guards.zugang import (
    konto_durch_zweite_person,
    konto_einer_anderen_person,
    zurueckziehen_wer_veranlasst_hat,
)


@dataclass(frozen=True)
class Kontolage(Lage):
    """A change of an account."""

    aenderung: Kontoaenderung


def _by(
    frage: Callable[[Kontoaenderung, User], Hindernis | None], *, verbirgt: bool = False
) -> Pruefung[Kontolage]:
    """Return a guard about the person who decides; the program decides nothing here."""
    return Pruefung(
        lambda lage: frage(lage.aenderung, lage.by) if lage.by else None, verbirgt=verbirgt
    )


KONTOSCHRITTE = Schritttafel[Kontolage](
    KONTOAENDERUNG,
    lambda lage: lage.aenderung.state,
    lambda lage: [lage.aenderung.pk],
    (
        Zeile("bestaetigen", "kontoaenderung", (_by(konto_durch_zweite_person),), haupt=True),
        Zeile(
            "ablehnen",
            "kontoaenderung_ablehnen",
            (_by(lambda aenderung, by: konto_einer_anderen_person(aenderung.konto, by)),),
        ),
        Zeile(
            "zurueckziehen",
            "kontoaenderung_zurueckziehen",
            (_by(zurueckziehen_wer_veranlasst_hat, verbirgt=True),),
            methode="post",
        ),
    ),
)
