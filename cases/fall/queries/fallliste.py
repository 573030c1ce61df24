"""The list of cases: filters, sortable columns, pages by key instead of by count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet

from cases import access
from cases.frist.queries import to_be_dated
from cases.models import Case, Frist, Leistungstraeger, Team, User, Wiedervorlage
from cases.registry.beitrag import registry
from cases.reihe import keys_of
from cases.states.fall import Fallzustand
from cases.states.frist import LAUFENDE, Fristwirkung, Fristzustand
from cases.states.rolle import Rolle
from cases.vordruck import rows_of
from recht.rechtsstand import BEGINN_B, BEGINN_UEBERGANG

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
    frist: str = ""
    rechtsstand: str = ""
    handlung: bool = False
    traeger: int | None = None


# What ends when: key of the choice, its words, days ahead (negative: over already).
FRISTWAHL = (
    ("ueberfaellig", "überfällig", -1),
    ("woche", "in 7 Tagen", 7),
    ("monat", "in 30 Tagen", 30),
)
RECHTSSTANDWAHL = (("B", "seit 2020"), ("UE", "2018 und 2019"), ("A", "bis 2017"))


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
    if wahl.frist:
        rows = rows.filter(pk__in_reihe=keys_of(_due(wahl.frist, stichtag), "case"))
    if wahl.rechtsstand:
        rows = rows.filter(_rechtsstand(wahl.rechtsstand))
    if wahl.handlung:
        rows = rows.filter(_waiting(stichtag))
    if wahl.traeger:
        for quelle in registry.traegerfaelle:
            rows = rows.filter(pk__in_reihe=quelle(wahl.traeger))
    return rows


def _due(wann: str, stichtag: date) -> QuerySet[Frist]:
    """Return the open Fristen of the authority that are over or end within some days."""
    offen = Frist.objects.filter(state=Fristzustand.OFFEN, wirkung=Fristwirkung.HANDLUNG)
    tage = next(tage for name, _wort, tage in FRISTWAHL if name == wann)
    if tage < 0:
        return offen.filter(ende__lt=stichtag)
    return offen.filter(ende__gte=stichtag, ende__lte=stichtag + timedelta(days=tage))


def _rechtsstand(stand: str) -> Q:
    """Return the cases of one law, by the day on which they were opened."""
    if stand == "B":
        return Q(eroeffnet_am__gte=BEGINN_B)
    if stand == "UE":
        return Q(eroeffnet_am__gte=BEGINN_UEBERGANG, eroeffnet_am__lt=BEGINN_B)
    return Q(eroeffnet_am__lt=BEGINN_UEBERGANG)


def _waiting(stichtag: date) -> Q:
    """Return the cases in which somebody has to act: new, a Frist over, a Wiedervorlage due."""
    vorlagen = Wiedervorlage.objects.filter(erledigt_am__isnull=True, am__lte=stichtag)
    return (
        Q(state=Fallzustand.ANTRAG_EINGEGANGEN)
        | Q(pk__in_reihe=keys_of(_due("ueberfaellig", stichtag), "case"))
        | Q(pk__in_reihe=keys_of(vorlagen, "case"))
    )


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
    wer = {"team": wahl.team, "person": wahl.caseworker, "traeger": wahl.traeger}
    werte = {name: wert for name, wert in wer.items() if wert}
    form = replace(wahl, team=None, caseworker=None, traeger=None)
    anzahl = len(access.ask(_Zaehlung(form), user, stichtag, **werte))
    felder = (*SPALTEN[wahl.ordnung.removeprefix("-")], "pk")
    ab = wahl.ordnung.startswith("-")
    marke = _marke(filtered_cases(user, stichtag, wahl), felder, nach or vor)
    rueckwaerts = vor is not None and marke is not None
    if marke is None:
        found = access.ask(_ErsteSeite(form), user, stichtag, **werte)
    else:
        rows = filtered_cases(user, stichtag, wahl)
        rows = rows.filter(_beyond(felder, marke, groesser=ab == rueckwaerts))
        found = list(_in_order(rows, felder, ab=ab != rueckwaerts))
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


@dataclass(frozen=True)
class _Passende:
    """The cases that fit; `wahl` without team and person, which are values of the call."""

    wahl: Filter

    def rows(self, user: User, stichtag: date, **werte: int) -> QuerySet[Case]:
        wer = {"caseworker" if name == "person" else name: wert for name, wert in werte.items()}
        return filtered_cases(user, stichtag, replace(self.wahl, **wer))  # type: ignore[arg-type]  # each by its name


class _Zaehlung(_Passende):
    """Their ids, one more than are counted."""

    def __call__(self, user: User, stichtag: date, **werte: int) -> QuerySet[Any, Any]:
        return self.rows(user, stichtag, **werte).values_list("pk")[: ZAEHLGRENZE + 1]


class _ErsteSeite(_Passende):
    """Their first page: what most people look at."""

    def __call__(self, user: User, stichtag: date, **werte: int) -> QuerySet[Case]:
        felder = (*SPALTEN[self.wahl.ordnung.removeprefix("-")], "pk")
        rows = self.rows(user, stichtag, **werte)
        return _in_order(rows, felder, ab=self.wahl.ordnung.startswith("-"))


def _in_order(rows: QuerySet[Case], felder: tuple[str, ...], *, ab: bool) -> QuerySet[Case]:
    richtung = "-" if ab else ""
    return (
        rows.select_related("leistungsberechtigte_person", "caseworker", "team")
        .only(
            "aktenzeichen",
            "state",
            "eroeffnet_am",
            "leistungsberechtigte_person__vorname",
            "leistungsberechtigte_person__nachname",
            "leistungsberechtigte_person__geburtsdatum",
            "caseworker__first_name",
            "caseworker__last_name",
            "team__name",
        )
        .order_by(*[f"{richtung}{feld}" for feld in felder])[: SEITENZEILEN + 1]
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
    enden = dict(rows_of(_next_ends, faelle=[case.pk for case in rows]))
    for case in rows:
        case.naechste_frist = enden.get(case.pk)  # type: ignore[attr-defined]  # for the page


def _next_ends(faelle: list[int]) -> QuerySet[Any, Any]:
    return (
        Frist.objects.filter(to_be_dated(), case__in_reihe=faelle, state__in=LAUFENDE)
        .order_by()
        .values_list("case")
        .annotate(Min("ende"))
    )


def filter_teams(user: User) -> list[Team]:
    """Return the teams that a filter of this user may name; one query."""
    if user.has_rolle(Rolle.REVISION):
        return rows_of(_all_teams)
    return rows_of(_teams_of, user=user.pk, team=user.team_id or 0)


def _all_teams() -> QuerySet[Team]:
    return Team.objects.order_by("name")


def _teams_of(user: int, team: int) -> QuerySet[Team]:
    geleitet = User.geleitete_teams.through.objects.filter(user_id=user)
    wer = Q(pk__in_reihe=keys_of(geleitet, "team")) | Q(pk=team)
    return Team.objects.filter(wer).order_by("name")


def filter_caseworkers(user: User, teams: list[Team]) -> list[User]:
    """Return the responsible persons that a filter may name; one query."""
    return rows_of(_caseworkers, user=user.pk, teams=[team.pk for team in teams])


def _caseworkers(user: int, teams: list[int]) -> QuerySet[User]:
    gruppe = User.groups.through.objects.filter(group__name=Rolle.FALLMANAGEMENT)
    return (
        User.objects.filter(
            Q(team__in_reihe=teams) | Q(pk=user), pk__in_reihe=keys_of(gruppe, "user")
        )
        .only("first_name", "last_name")
        .order_by("last_name", "first_name", "pk")
    )


def filter_traeger() -> list[Leistungstraeger]:
    """Return the Leistungsträger that a filter may name; one query."""
    return rows_of(_traeger)


def _traeger() -> QuerySet[Leistungstraeger]:
    rows = Leistungstraeger.objects.filter(zusammengefuehrt_in__isnull=True)
    return rows.only("name").order_by("name", "pk")
