"""The list of cases: filters, sortable columns, pages by key instead of by count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, Q, QuerySet

from cases import access
from cases.models import Case, Frist, Team, User
from cases.states.frist import LAUFENDE, Fristwirkung
from cases.states.rolle import Rolle

SEITENZEILEN = 25
# Beyond this the page says „mehr als …“: nobody reads on, and counting all would take time.
ZAEHLGRENZE = 1000

# Column key -> fields; the id makes every order unique. Each walks an index.
SPALTEN: Mapping[str, tuple[str, ...]] = {
    "eroeffnet": ("eroeffnet_am",),
    "aktenzeichen": ("aktenzeichen",),
    "person": (
        "leistungsberechtigte_person__nachname",
        "leistungsberechtigte_person__vorname",
    ),
    "zustand": ("state", "eroeffnet_am"),
    "zustaendig": ("caseworker__last_name", "caseworker__first_name", "eroeffnet_am"),
}
STANDARD = "-eroeffnet"


@dataclass(frozen=True)
class Filter:
    """What the list is restricted to; what is empty does not restrict."""

    state: str = ""
    team: int | None = None
    caseworker: int | None = None
    nur_eigene: bool = False
    ordnung: str = STANDARD


@dataclass(frozen=True)
class Listenseite:
    """One page: rows, whether there are more on either side, and how many there are in all."""

    rows: list[Case]
    zurueck: int | None
    weiter: int | None
    anzahl: int

    @property
    def ungefaehr(self) -> bool:
        """Whether there are more cases than were counted."""
        return self.anzahl > ZAEHLGRENZE


def ordnung_or_standard(ordnung: str) -> str:
    """Return a known order; anything else becomes the usual one."""
    return ordnung if ordnung.removeprefix("-") in SPALTEN else STANDARD


def filtered_cases(user: User, stichtag: date, wahl: Filter) -> QuerySet[Case]:
    """Return the visible cases that fit the filter, without order."""
    rows = access.visible_to(user, stichtag).order_by()
    if wahl.state:
        rows = rows.filter(state=wahl.state)
    if wahl.team:
        rows = rows.filter(team=wahl.team)
    if wahl.caseworker:
        rows = rows.filter(caseworker=wahl.caseworker)
    if wahl.nur_eigene:
        rows = rows.filter(caseworker=user)
    return rows


def page_of_cases(
    user: User,
    stichtag: date,
    wahl: Filter,
    *,
    nach: int | None = None,
    vor: int | None = None,
) -> Listenseite:
    """Return 25 cases after or before the case with this id in the chosen order; four queries.

    The place in the list is the id of a case, so that no name stands in an address. A case that
    is no longer in the list leads to its first page.
    """
    rows = filtered_cases(user, stichtag, wahl)
    anzahl = rows[: ZAEHLGRENZE + 1].count()
    felder = (*SPALTEN[wahl.ordnung.removeprefix("-")], "pk")
    ab = wahl.ordnung.startswith("-")
    marke = _marke(rows, felder, nach or vor)
    rueckwaerts = vor is not None and marke is not None
    if marke is not None:
        rows = rows.filter(_beyond(felder, marke, groesser=ab == rueckwaerts))
    richtung = "-" if ab != rueckwaerts else ""
    found = list(
        rows.select_related("leistungsberechtigte_person", "caseworker", "team").order_by(
            *[f"{richtung}{feld}" for feld in felder]
        )[: SEITENZEILEN + 1]
    )
    mehr, found = len(found) > SEITENZEILEN, found[:SEITENZEILEN]
    if rueckwaerts:
        found.reverse()
    _add_fristen(found)
    davor = mehr if rueckwaerts else marke is not None
    danach = True if rueckwaerts else mehr
    return Listenseite(
        found,
        found[0].pk if found and davor else None,
        found[-1].pk if found and danach else None,
        anzahl,
    )


def _marke(rows: QuerySet[Case], felder: tuple[str, ...], pk: int | None) -> dict[str, Any] | None:
    if pk is None:
        return None
    return rows.filter(pk=pk).values(*felder).first()


def _beyond(felder: tuple[str, ...], marke: dict[str, Any], *, groesser: bool) -> Q:
    """Return the rows behind the mark: first field beyond it, or equal and the next beyond."""
    op = "gt" if groesser else "lt"
    found, gleich = Q(), Q()
    for feld in felder:
        found |= gleich & Q(**{f"{feld}__{op}": marke[feld]})
        gleich &= Q(**{feld: marke[feld]})
    # The same said more broadly lets the database begin at the right place of the index.
    return Q(**{f"{felder[0]}__{op}e": marke[felder[0]]}) & found


def _add_fristen(rows: list[Case]) -> None:
    """Set `naechste_frist` on the rows of a page; one query."""
    enden = dict(
        Frist.objects.filter(
            case__in=[case.pk for case in rows], state__in=LAUFENDE, wirkung=Fristwirkung.HANDLUNG
        )
        .order_by()
        .values_list("case")
        .annotate(Min("ende"))
    )
    for case in rows:
        case.naechste_frist = enden.get(case.pk)  # type: ignore[attr-defined]  # for the page


def filter_teams(user: User) -> list[Team]:
    """Return the teams that a filter of this user may name; one query."""
    teams = Team.objects.order_by("name")
    if user.has_rolle(Rolle.REVISION):
        return list(teams)
    return list(teams.filter(Q(leitungen=user) | Q(pk=user.team_id)).distinct())


def filter_caseworkers(user: User, teams: list[Team]) -> list[User]:
    """Return the responsible persons that a filter may name; one query."""
    wer = Q(team__in=[team.pk for team in teams]) | Q(pk=user.pk)
    return list(
        User.objects.filter(wer, groups__name=Rolle.FALLMANAGEMENT)
        .order_by("last_name", "first_name", "pk")
        .distinct()
    )
