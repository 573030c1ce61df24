"""Who is away, who stands in, and for whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse

from cases.models import WIRKSAM, Abwesenheit, User
from cases.queries.augenpaar import own_accounts
from cases.queries.kurzzeile import Kurzquelle, columns, rows_of
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.rolle import Rolle

_VERTRETEND = (Rolle.FALLMANAGEMENT, Rolle.LEITUNG, Rolle.FACHDIENST)
_BLICK_TAGE = 28


def _running(stichtag: date) -> QuerySet[Abwesenheit]:
    return Abwesenheit.objects.filter(
        WIRKSAM, aufgehoben_am__isnull=True, von__lte=stichtag, bis__gte=stichtag
    )


def vertretene_users(user: User, stichtag: date) -> QuerySet[User]:
    """Return the people for whom this user stands in on this day; their desk is shown, too."""
    return User.objects.filter(
        pk__in=_running(stichtag).filter(vertretung=user).values("user")
    ).order_by("last_name", "first_name", "pk")


def deputies_on(stichtag: date) -> list[tuple[int, int]]:
    """Return who is away on this day and who stands in, as pairs of ids; one query."""
    rows = _running(stichtag).filter(vertretung__isnull=False).order_by("pk")
    return list(rows.values_list("user_id", "vertretung_id"))


def absent_on(user_ids: list[int], stichtag: date) -> dict[int, Abwesenheit]:
    """Return the running or next absence within four weeks per person; one query."""
    rows = Abwesenheit.objects.filter(
        WIRKSAM,
        user__in=user_ids,
        aufgehoben_am__isnull=True,
        bis__gte=stichtag,
        von__lte=stichtag + timedelta(days=_BLICK_TAGE),
    ).select_related("vertretung")
    found: dict[int, Abwesenheit] = {}
    for row in rows.order_by("von"):
        found.setdefault(row.user_id, row)
    return found


def list_abwesenheiten(user: User, stichtag: date) -> QuerySet[Abwesenheit]:
    """Return running and coming absences that concern this user.

    One's own, those one stands in for, those of the own team, and for the Leitung those of the
    led teams; a past absence is nobody's reading. `ohne_vertretung` marks a deputy who is away
    during them.
    """
    sieht = Q(user=user) | Q(vertretung=user)
    if user.team_id is not None:
        sieht |= Q(user__team=user.team_id)
    if user.has_rolle(Rolle.LEITUNG):
        led = user.geleitete_teams.order_by().values("pk")
        sieht |= Q(user__team__in=led) | Q(vertretung__team__in=led)
    if user.has_rolle(Rolle.LEITUNG):
        # Any Leitung may be the second person for what another one has entered.
        sieht |= ~WIRKSAM
    auch_fort = Abwesenheit.objects.filter(
        user=OuterRef("vertretung"),
        aufgehoben_am__isnull=True,
        von__lte=OuterRef("bis"),
        bis__gte=OuterRef("von"),
    )
    return (
        Abwesenheit.objects.filter(sieht, aufgehoben_am__isnull=True, bis__gte=stichtag)
        .select_related("user__team", "vertretung", "eingetragen_von")
        .annotate(ohne_vertretung=Exists(auch_fort))
        .order_by("von", "user__last_name", "pk")
    )


def possible_absent(user: User) -> QuerySet[User]:
    """Return the people for whom this user may enter an absence."""
    wer = Q(pk=user.pk)
    if user.has_rolle(Rolle.LEITUNG):
        wer |= Q(team__leitungen=user) | Q(geleitete_teams__leitungen=user)
    return (
        User.objects.filter(wer, is_active=True, groups__name__in=_VERTRETEND)
        .select_related("team")
        .order_by("last_name", "first_name", "pk")
        .distinct()
    )


def possible_deputies(user: User) -> QuerySet[User]:
    """Return the people who may stand in at all; guards look at the single case."""
    return (
        User.objects.filter(is_active=True, groups__name__in=_VERTRETEND)
        .select_related("team")
        .order_by("last_name", "first_name", "pk")
        .distinct()
    )


def _deputising(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.has_rolle(*_VERTRETEND):
        return None
    vertritt = Q(WIRKSAM, vertretung=user, von__lte=stichtag)
    if user.has_rolle(Rolle.LEITUNG):
        vertritt |= Q(ohne_vertretung=True)
    rows = list_abwesenheiten(user, stichtag).filter(
        vertritt, von__lte=stichtag + timedelta(days=7)
    )
    ich = Case(When(vertretung=user, von__lte=stichtag, then=Value("ich")), default=Value(""))
    return columns(rows, person="user", seit="von", text="bis", marke=ich)


def _deputising_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    bis = f"bis {date.fromisoformat(row.text):%d.%m.%Y}"
    return Arbeitszeile(
        gruppe="Vertretung",
        titel=f"Vertretung {bis}" if row.marke else "Vertretung ist selbst abwesend",
        fall="ohne Fall",
        name=f"für {row.name}",
        url=reverse("abwesenheiten"),
        seit=row.seit,
        zustand="läuft" if row.seit <= stichtag else "beginnt",
        farbe="info" if row.marke else "warning",
    )


KURZQUELLE = Kurzquelle(_deputising, _deputising_row)


def _unconfirmed(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    """An absence that somebody else has entered: for the absent person or another Leitung."""
    if not user.has_rolle(*_VERTRETEND):
        return None
    eigene = own_accounts(user)
    offen = Abwesenheit.objects.filter(~WIRKSAM, aufgehoben_am__isnull=True, bis__gte=stichtag)
    rows = offen.exclude(eingetragen_von__in_reihe=eigene).exclude(vertretung__in_reihe=eigene)
    if not user.has_rolle(Rolle.LEITUNG):
        rows = rows.filter(user=user)
    return columns(rows.order_by("von", "id"), person="user", seit="von", text="bis")


def _unconfirmed_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    bis = date.fromisoformat(row.text)
    return Arbeitszeile(
        gruppe="Vertretung",
        titel=f"Vertretung vom {row.seit:%d.%m.%Y} bis {bis:%d.%m.%Y} bestätigen",
        fall="ohne Fall",
        name=f"für {row.name}",
        url=reverse("abwesenheiten"),
        seit=row.seit,
        zustand="wartet auf eine zweite Person",
        farbe="warning",
        art="freigabe",
    )


UNBESTAETIGT = Kurzquelle(_unconfirmed, _unconfirmed_row)


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return what the desk says of absences: whom I stand in for, who stands in for nobody."""
    return rows_of([KURZQUELLE], user, stichtag)
