"""The step buttons of the case page in the order in which it shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cases.registry.schritt import Schritt


@dataclass(frozen=True)
class Schrittfolge:
    """The steps of a case as its page shows them: at most one is next."""

    naechster: Schritt | None
    weitere: tuple[Schritt, ...]
    verschlossen: tuple[Schritt, ...]
    endend: tuple[Schritt, ...]


def order_schritte(schritte: Iterable[Schritt]) -> Schrittfolge:
    """Sort steps: the first open main one is next; what ends something stands apart."""
    rows = list(schritte)
    endend = tuple(replace(s, haupt=False) for s in rows if s.gefahr)
    offen = [s for s in rows if not s.gefahr and not s.hindernisse]
    naechster = next((s for s in offen if s.haupt), None)
    return Schrittfolge(
        naechster=naechster,
        weitere=tuple(replace(s, haupt=False) for s in offen if s is not naechster),
        verschlossen=tuple(s for s in rows if not s.gefahr and s.hindernisse),
        endend=endend,
    )
