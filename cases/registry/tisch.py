"""Rows that the floors add to „Mein Tag“."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Arbeitszeile:
    """A row of „Mein Tag“: something that waits for this user.

    `art` says where it stands: `freigabe` waits for the release by this user, `aufgabe` for
    something else, `entwurf` was begun and is not finished, `warten` lies with somebody else.
    """

    gruppe: str
    titel: str
    fall: str
    name: str
    url: str
    seit: date | None = None
    zustand: str = ""
    farbe: str = "info"
    art: str = "aufgabe"


@dataclass(frozen=True)
class Kurzzeile:
    """What one row of a `Kurzquelle` has: number of the object, case, name, day, a text, a mark."""

    nummer: int
    fall: int | None
    aktenzeichen: str
    vorname: str
    nachname: str
    seit: date
    text: str
    marke: str

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.vorname} {self.nachname}".strip()
