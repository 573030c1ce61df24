"""A kind of outbox job and the ways in which it can end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


class Auftragsausgang(Exception):
    """A job that did not end well; the message is a German sentence without Sozialdaten."""


class Voruebergehend(Auftragsausgang):
    """Nothing happened outside; trying again later may help."""


class Endgueltig(Auftragsausgang):
    """Nothing happened outside, and trying again would not help."""


class Ungewiss(Auftragsausgang):
    """It may have happened outside; only a person may decide what is next."""


class Hinfaellig(Auftragsausgang):
    """Nothing happened outside, and nobody needs it any more."""


@dataclass(frozen=True)
class Auftragsart:
    """A kind of outbox job.

    `ausfuehren` does the effect for the id of the object or raises an `Auftragsausgang`; whatever
    else it raises must come before the effect. `nach_ausgang` is told when the job ended otherwise
    than well (id, new state of the job, German reason, moment) and keeps the object in step.
    `faelle` maps ids of objects to ids of cases in one query, so that a page can ask who may see
    them; `seite` is the URL name (case, object) of the page where a person decides. Only a
    `wiederholbar` job is started again after a crash; all others wait for a person.
    """

    schluessel: str
    titel: str
    ausfuehren: Callable[[int, datetime], None]
    nach_ausgang: Callable[[int, str, str, datetime], None] | None = None
    faelle: Callable[[Iterable[int]], dict[int, int]] | None = None
    seite: str = ""
    wiederholbar: bool = False
