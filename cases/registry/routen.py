"""The one list of all URLs with their rights; what is not in `ROUTES` the middleware refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, path, reverse

from cases.states.inhalt import Inhalt
from cases.states.zugang import Abrufart

FALL = "fall"


@dataclass(frozen=True)
class Route:
    """One URL: who may call it, on which object the right depends, whether reading is logged."""

    name: str
    muster: str
    rollen: frozenset[str]
    objekt: str = ""
    menue: str = ""
    oeffentlich: bool = False
    schreibt: bool = False
    bestaetigt: bool = False
    inhalte: frozenset[Inhalt] = frozenset()
    abruf: str = ""


ROUTES: dict[str, Route] = {}


def route(
    muster: str,
    view: Callable[..., Any],
    *,
    name: str,
    rollen: Iterable[str],
    objekt: str = "",
    menue: str = "",
    schreibt: bool = False,
    bestaetigt: bool = False,
    inhalte: Iterable[Inhalt] = (),
    abruf: str = "",
) -> URLPattern:
    """Return a URL pattern and note its rights.

    `objekt=FALL` means that the URL carries `fall` (the id of the case): the middleware reads the
    case through `access.visible_to`, logs the read and sets `request.case`. `menue` is the text of
    the entry in the navigation. `schreibt` marks pages that accept POST. `bestaetigt` asks for an
    identity confirmed within the last ten minutes: for the POST of a page that writes, for every
    request of a page that only reads (a file to take away). `inhalte` are the kinds of content
    that the whole page is about: it is closed to who does not see all of them in this case.
    `abruf` names how the page hands out many cases at once (`Abrufart`); a file to take away does
    so by itself. Such pages are braked for who asks for too much within an hour.
    """
    rechte = frozenset(str(r) for r in rollen)
    gezeigt = frozenset(inhalte)
    # A page that only reads and asks for a fresh confirmation hands out a file.
    abruf = abruf or (Abrufart.AUSFUHR if bestaetigt and not schreibt else "")
    _note(Route(name, muster, rechte, objekt, menue, False, schreibt, bestaetigt, gezeigt, abruf))
    return path(muster, view, name=name)


def note_foreign_route(name: str, *, oeffentlich: bool, schreibt: bool = True) -> None:
    """Enter a URL of a library (login, second factor) that has no `route()` call of its own."""
    _note(Route(name, "", frozenset(), oeffentlich=oeffentlich, schreibt=schreibt))


def _note(row: Route) -> None:
    known = ROUTES.get(row.name)
    if known is not None and known != row:
        raise ValueError(f"Die Adresse {row.name} ist zweimal mit verschiedenen Rechten vermerkt.")
    ROUTES[row.name] = row


def adresse(name: str, *nummern: int) -> str:
    """Return the address of a page that is named by numbers, as `reverse` would.

    The shape of an address is looked up once; a page asks for hundreds of them.
    """
    return _gestalt(name, len(nummern)).format(*nummern)


@cache
def _gestalt(name: str, anzahl: int) -> str:
    zeichen = [10**12 + n for n in range(anzahl)]
    gestalt = reverse(name, args=zeichen)
    for nummer in zeichen:
        gestalt = gestalt.replace(str(nummer), "{}")
    return gestalt
