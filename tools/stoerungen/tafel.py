"""Rows of the table that `make stoerungen` prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ergebnis:
    """What one fault did to so many things; `ruhe_s` is the time until nothing was open any more.

    `verloren`: decided, but not in the ledger outside of the program and not with a person.
    `doppelt`: twice in the ledger. `unerklaert`: anything that the state of the rows, or an answer
    of a page, does not account for.
    """

    versucht: int
    verloren: int = 0
    doppelt: int = 0
    unerklaert: int = 0
    ruhe_s: float = 0.0
    bemerkung: str = ""

    @property
    def haelt(self) -> bool:
        """Whether nothing was lost, doubled or left unexplained."""
        return self.versucht > 0 and not (self.verloren or self.doppelt or self.unerklaert)


_SPALTEN = f"{'versucht':>9}{'verloren':>9}{'doppelt':>8}{'unerklärt':>10}{'Ruhe':>8}"
KOPF = f"{'':<6}{'Störung':<52}{_SPALTEN}"


def line(kennung: str, titel: str, e: Ergebnis) -> str:
    """Return one row; what does not hold is marked, the remark follows below."""
    ruhe = f"{e.ruhe_s:.1f} s".replace(".", ",")
    zahlen = f"{e.versucht:>9}{e.verloren:>9}{e.doppelt:>8}{e.unerklaert:>10}{ruhe:>8}"
    marke = "" if e.haelt else "  << hält nicht"
    unten = f"\n{'':<6}  {e.bemerkung}" if e.bemerkung else ""
    return f"{kennung:<6}{titel:<52}{zahlen}{marke}{unten}"


def total(rows: Iterable[Ergebnis]) -> Ergebnis:
    """Return all rows as one."""
    alle = list(rows)
    return Ergebnis(
        sum(e.versucht for e in alle),
        sum(e.verloren for e in alle),
        sum(e.doppelt for e in alle),
        sum(e.unerklaert for e in alle),
        max((e.ruhe_s for e in alle), default=0.0),
    )
