"""States and steps as a table: which step leads from where to where, by whom, on which norm.

Buttons, checks, the diagram of the docs and the tests read the same table. No query, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices

from recht.rechtsstand import Normfolge


class SchrittUnzulaessig(Exception):
    """A step that the state or a guard does not allow; the message is what the user reads.

    `feld` names what was typed wrong where a form can point at it.
    """

    def __init__(self, text: str, norm: str = "", feld: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.norm = norm
        self.feld = feld


@dataclass(frozen=True)
class Uebergang:
    """One step: from which states it may be taken, where it leads and by whom.

    `nach` is empty where the state stays, whichever it is. `norm` is a Normfolge where the law
    of the step has changed with the Rechtsstand. `zweite_person` marks what a second person
    confirms or releases: who has just got the account from others takes none of it.
    """

    schritt: str
    titel: str
    von: tuple[str, ...]
    nach: str
    rollen: frozenset[str]
    norm: str | Normfolge = ""
    zweite_person: bool = False

    def norm_am(self, stichtag: date | None = None) -> str:
        """Return the citation of the step on a day, without a day that of the present law."""
        return self.norm.am(stichtag) if isinstance(self.norm, Normfolge) else self.norm


@dataclass(frozen=True)
class Zustandstafel:
    """All steps of one kind of object."""

    name: str
    zustaende: type[TextChoices]
    uebergaenge: tuple[Uebergang, ...]
    farben: dict[str, str] = field(default_factory=dict)

    def uebergang(self, schritt: str) -> Uebergang:
        """Return the row of a step; a name that the table does not know is a programming error."""
        for zeile in self.uebergaenge:
            if zeile.schritt == schritt:
                return zeile
        raise KeyError(f"{self.name} kennt den Schritt {schritt} nicht")

    def schritte(self, zustand: str) -> list[Uebergang]:
        """Return the steps that start in this state, in the order of the table."""
        return [zeile for zeile in self.uebergaenge if zustand in zeile.von]

    def ziel(self, zustand: str, schritt: str, stichtag: date | None = None) -> str:
        """Return the state after the step or raise SchrittUnzulaessig with a German sentence.

        `stichtag` is the day by whose law the refusal is cited.
        """
        zeile = self.uebergang(schritt)
        if zustand not in zeile.von:
            jetzt = self.zustaende(zustand).label
            raise SchrittUnzulaessig(
                f"„{zeile.titel}“ ist im Zustand „{jetzt}“ nicht möglich.", zeile.norm_am(stichtag)
            )
        return zeile.nach or zustand
