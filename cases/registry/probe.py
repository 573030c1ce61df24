"""What a floor needs from the law on a day, one question each: a rehearsal asks them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from cases.states.tafel import SchrittUnzulaessig
from recht.fehler import RechtFehler
from recht.ortsfeiertag import Sitz
from recht.vorgriff import Wertebestand


@dataclass(frozen=True)
class Mangel:
    """What is missing or open on the day, as a sentence; `norm` where it follows from one."""

    text: str
    norm: str = ""


@dataclass(frozen=True)
class Probenlage:
    """The day of a rehearsal with what the authority has set, read once."""

    tag: date
    sitz: Sitz
    werte: Wertebestand


@dataclass(frozen=True)
class Probe:
    """One question of a station of the work; its answer is what is missing, mostly nothing."""

    station: str
    titel: str
    frage: Callable[[Probenlage], Iterable[Mangel]]

    def antwort(self, lage: Probenlage) -> list[Mangel]:
        """Return what is missing; a refusal of the law or of a step is one of the answers."""
        try:
            return list(self.frage(lage))
        except RechtFehler as error:
            return [Mangel(str(error))]
        except SchrittUnzulaessig as error:
            return [Mangel(error.text, error.norm)]


def present(was: str, vorhanden: object) -> list[Mangel]:
    """Say that something is missing where there is nothing of it."""
    return [] if vorhanden else [Mangel(f"{was}: für diesen Tag ist nichts hinterlegt.")]
