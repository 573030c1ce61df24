"""On which days a place can be read, and what is found there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from recht.norm import Norm

ROOT = Path(__file__).resolve().parent.parent.parent
ENDE = date(2030, 12, 31)
ZEITEN = {
    # The SGB XII began in 2005; what a day of 2004 would cite (BSHG) the product does not carry.
    "A": (date(2005, 1, 1), date(2017, 12, 31)),
    "UE": (date(2018, 1, 1), date(2019, 12, 31)),
    "B": (date(2020, 1, 1), ENDE),
}
IMMER = ((ZEITEN["A"][0], ENDE),)
# Since when the text of the law was last compared; what speaks of today must hold from then on.
HEUTE = ((date(2026, 8, 19), ENDE),)
EIN_TAG = timedelta(days=1)
Zeiten = tuple[tuple[date, date], ...]


@dataclass(frozen=True)
class Stelle:
    """One citation: where, which, on which days; `erklaert` for docstrings and comments."""

    datei: str
    zeile: int
    norm: Norm
    zeiten: Zeiten
    erklaert: bool = False
    schluessel: str = ""

    def __str__(self) -> str:
        return f"{self.datei}:{self.zeile}: {self.norm}"


def schnitt(a: Zeiten, b: Zeiten) -> Zeiten:
    """The days in both."""
    teile = ((max(x[0], y[0]), min(x[1], y[1])) for x in a for y in b)
    return tuple(sorted((von, bis) for von, bis in teile if von <= bis))


def ohne(a: Zeiten, weg: Zeiten) -> Zeiten:
    """The days of `a` that are not in `weg`."""
    for von, bis in weg:
        rest: list[tuple[date, date]] = []
        for x, y in a:
            if bis < x or von > y:
                rest.append((x, y))
                continue
            if x < von:
                rest.append((x, von - EIN_TAG))
            if bis < y:
                rest.append((bis + EIN_TAG, y))
        a = tuple(rest)
    return a
