"""States and steps as a table: which step leads from where to where, by whom, on which norm.

Buttons, checks, the diagram of the docs and the tests read the same table. No query, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import TextChoices


class SchrittUnzulaessig(Exception):
    """A step that the state or a guard does not allow; the message is what the user reads."""

    def __init__(self, text: str, norm: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.norm = norm


@dataclass(frozen=True)
class Uebergang:
    """One step: from which states it may be taken, where it leads and by whom.

    `nach` is empty where the state stays, whichever it is.
    """

    schritt: str
    titel: str
    von: tuple[str, ...]
    nach: str
    rollen: frozenset[str]
    norm: str = ""


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

    def ziel(self, zustand: str, schritt: str) -> str:
        """Return the state after the step or raise SchrittUnzulaessig with a German sentence."""
        zeile = self.uebergang(schritt)
        if zustand not in zeile.von:
            jetzt = self.zustaende(zustand).label
            raise SchrittUnzulaessig(
                f"„{zeile.titel}“ ist im Zustand „{jetzt}“ nicht möglich.", zeile.norm
            )
        return zeile.nach or zustand
