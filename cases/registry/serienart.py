"""A kind of letter that may be written to many persons at once: whom, about what, which words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cases.models import Case, User


@dataclass(frozen=True)
class Posten:
    """One letter that a series may hold: its case, what it is about (0: the case), in words."""

    fall: int
    gegenstand: int
    aktenzeichen: str
    name: str
    anlass: str = ""

    @property
    def schluessel(self) -> str:
        """Return the value by which a form names it."""
        return f"{self.fall}-{self.gegenstand}"


@dataclass(frozen=True)
class Serienart:
    """A kind of letter (`art`, a Schreibenart) that is written from a list.

    `wahl` is the form that asks which list, `angaben` the form of the words that all letters
    share; a Beitrag sets both. `posten` returns up to so many rows of the list for a user on a
    day, from the answers of `wahl`. `finde` returns the row that a letter is about from its case
    and id, None when it is gone. `tage` names the answers that are days, `stellen` the place of
    texts for each answer that may hold placeholders.
    """

    art: str
    titel: str
    hilfe: str
    posten: Callable[[User, date, Mapping[str, Any], int], list[Posten]]
    finde: Callable[[Case, int], Any]
    stellen: Mapping[str, str]
    tage: tuple[str, ...] = ()
    wahl: type[Any] | None = None
    angaben: type[Any] | None = None
