"""Reads about access: limits, emergency access, refused attempts, unusual reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case as Wenn
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate
from django.urls import reverse

from cases.models import (
    Auffaelligkeit,
    Case,
    Listenabruf,
    Notfallzugriff,
    User,
    Zugriffsverweigerung,
)
from cases.queries.kurzzeile import Kurzquelle, columns, rows_of
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.rolle import Rolle


def notfallzugriffe_of(user: User) -> QuerySet[Notfallzugriff]:
    """Return the emergency accesses of this reader, the latest first."""
    return Notfallzugriff.objects.filter(user=user).select_related("case", "geprueft_von")


def notfallzugriffe_for(user: User) -> QuerySet[Notfallzugriff]:
    """Return what this supervisor or the Datenschutz may look at, the unreviewed first."""
    rows = Notfallzugriff.objects.select_related(
        "case__team", "case__caseworker", "user", "geprueft_von"
    )
    if not user.has_rolle(Rolle.DATENSCHUTZ):
        rows = rows.filter(case__team__in=user.geleitete_teams.values("pk"))
    return rows.order_by(F("geprueft_am").desc(nulls_first=True), "pruefen_bis", "-id")


def _unreviewed(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    wer = Q(pk__in=[])
    if user.has_rolle(Rolle.LEITUNG):
        wer |= Q(case__team__in=user.geleitete_teams.order_by().values("pk"))
    if user.has_rolle(Rolle.FALLMANAGEMENT):
        wer |= Q(case__caseworker=user)
    elif not user.has_rolle(Rolle.LEITUNG):
        return None
    rows = Notfallzugriff.objects.filter(wer, ergebnis=None).exclude(user=user)
    return columns(
        rows.order_by("pruefen_bis", "id"),
        fall="case_id",
        aktenzeichen="case__aktenzeichen",
        person="case__leistungsberechtigte_person",
        seit=TruncDate("beginn"),
        marke=Wenn(When(pruefen_bis__lt=stichtag, then=Value("überfällig")), default=Value("")),
    )


def _unreviewed_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    leitet = user.has_rolle(Rolle.LEITUNG)
    spaet = row.marke
    return Arbeitszeile(
        gruppe="Notfallzugriffe",
        titel="Notfallzugriff prüfen" if leitet else "Notfallzugriff auf Ihren Fall",
        fall=row.aktenzeichen,
        name=row.name,
        url=reverse("notfall_pruefen", args=[row.nummer])
        if leitet
        else reverse("fall_chronik", args=[row.fall]),
        seit=row.seit,
        zustand="überfällig" if spaet else "ungeprüft",
        farbe="danger" if spaet else "warning",
    )


KURZQUELLE = Kurzquelle(_unreviewed, _unreviewed_row)


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return emergency accesses that wait for this supervisor's review, or hit an own case."""
    return rows_of([KURZQUELLE], user, stichtag)


@dataclass(frozen=True)
class Verweigerungszeile:
    """Refused attempts of one person in the period."""

    user: User
    fremde_faelle: int
    fremde_seiten: int
    zuletzt: datetime


def verweigerungen(seit: datetime) -> list[Verweigerungszeile]:
    """Return refused attempts since a moment per person, the most frequent first (two queries)."""
    rows = list(
        Zugriffsverweigerung.objects.filter(zeit__gte=seit)
        .order_by()
        .values("user")
        .annotate(
            faelle=Count("pk", filter=Q(case_id_angefragt__isnull=False)),
            seiten=Count("pk", filter=Q(case_id_angefragt__isnull=True)),
            zuletzt=Max("zeit"),
        )
        .order_by("-faelle", "-seiten", "user")[:50]
    )
    users = User.objects.in_bulk([row["user"] for row in rows])
    return [
        Verweigerungszeile(users[r["user"]], r["faelle"], r["seiten"], r["zuletzt"]) for r in rows
    ]


def auffaelligkeiten() -> QuerySet[Auffaelligkeit]:
    """Return unusual reading, the unchecked first."""
    akte = Case.objects.filter(pk=OuterRef("fall")).values("aktenzeichen")
    rows = Auffaelligkeit.objects.select_related("user", "geprueft_von")
    return rows.annotate(aktenzeichen=Subquery(akte)).order_by(
        F("geprueft_am").desc(nulls_first=True), "-zeit"
    )


def listenabrufe(seit: datetime) -> list[dict[str, Any]]:
    """Return how often and how much each person searched or listed since a moment."""
    rows = (
        Listenabruf.objects.filter(zeit__gte=seit)
        .order_by()
        .values("user__first_name", "user__last_name", "route")
        .annotate(abrufe=Count("pk"), groesste=Max("anzahl"))
        .order_by("-abrufe", "user__last_name", "route")[:50]
    )
    return [dict(row) for row in rows]


def reviewable_without_leitung(rows: QuerySet[Notfallzugriff]) -> QuerySet[Notfallzugriff]:
    """Narrow to those whose team has no supervisor besides the reader."""
    andere = User.objects.filter(
        is_active=True, groups__name=Rolle.LEITUNG, geleitete_teams=OuterRef("case__team")
    ).exclude(pk=OuterRef("user"))
    return rows.filter(~Exists(andere))


def window(now: datetime, tage: int) -> datetime:
    """Return the moment that many days ago."""
    return now - timedelta(days=tage)
