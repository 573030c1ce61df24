"""A request as a view gets it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest

from cases.models import Case, User
from cases.states.zugang import Abrufart


class CaseRequest(HttpRequest):
    """A request after the access check: user is set, and the case where the route has one."""

    user: User
    case: Case


@dataclass
class Gezeigt:
    """Whose cases an answer shows beside the one it has opened; the middleware writes the row.

    Addresses of cases in a page are found by themselves. A view names the others: files, and rows
    that show a person without leading to her case.
    """

    art: str = Abrufart.LISTE
    faelle: set[int] = field(default_factory=set)
    aktenzeichen: set[str] = field(default_factory=set)
    anzahl: int | None = None
    vermerkt: bool = False


def gezeigt(request: HttpRequest) -> Gezeigt:
    """Return what the answer to this request is known to show so far."""
    known: Gezeigt = request.__dict__.setdefault("_gezeigt", Gezeigt())
    return known


def show_cases(
    request: HttpRequest,
    faelle: Iterable[int] = (),
    *,
    aktenzeichen: Iterable[str] = (),
    art: str = "",
    anzahl: int | None = None,
) -> None:
    """Name cases whose persons the answer shows, by id or by Aktenzeichen.

    `anzahl` says how many rows there were when not each of them is a case; the row is written
    then even when no case was shown (a search without a hit).
    """
    bisher = gezeigt(request)
    bisher.faelle.update(faelle)
    bisher.aktenzeichen.update(aktenzeichen)
    bisher.art = art or bisher.art
    bisher.anzahl = anzahl if anzahl is not None else bisher.anzahl
