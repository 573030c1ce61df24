"""A kind of outbox job and the ways in which it can end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

_beginn: ContextVar[Callable[[], None] | None] = ContextVar("beginn", default=None)


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
    them; `seite` is the URL name (case, object) of the page where a person decides, when the
    object has one of its own; `an` names the recipients for the common one, and `ueberholt` says
    why doing it again on a day is of no use any more ("" = it is). A job that `sagt_beginn`
    calls `begin` before its effect: one that broke off before that is started again, all others
    wait for a person. `rang` orders what is urgent, 0 first. Of a kind `in_menge` hundreds may be
    due at once; they stand behind what a single person waits for.
    """

    schluessel: str
    titel: str
    ausfuehren: Callable[[int, datetime], None]
    nach_ausgang: Callable[[int, str, str, datetime], None] | None = None
    faelle: Callable[[Iterable[int]], dict[int, int]] | None = None
    seite: str = ""
    an: Callable[[Iterable[int]], dict[int, str]] | None = None
    ueberholt: Callable[[int, date], str] | None = None
    sagt_beginn: bool = False
    rang: int = 0
    in_menge: bool = False


@contextmanager
def noting_beginn(note: Callable[[], None]) -> Iterator[None]:
    """Have `begin` call `note` while the body carries out a job."""
    token = _beginn.set(note)
    try:
        yield
    finally:
        _beginn.reset(token)


def begin() -> None:
    """Say that the effect of the running job begins now: from here on it may have happened.

    Raises what kept that from being written down; then the effect must not begin.
    """
    note = _beginn.get()
    if note is not None:
        note()
