"""Reads about access: limits, emergency access, refused attempts, unusual reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.urls import reverse

from cases.models import (
    Auffaelligkeit,
    Listenabruf,
    Notfallzugriff,
    User,
    Zugriffsverweigerung,
)
from cases.models.eigener_wert import ZUGANG_VORGABEN
from cases.queries.eigener_wert import eigener_wert
from cases.registry import Arbeitszeile
from cases.states import Rolle


def grenze(schluessel: str, stichtag: date) -> int:
    """Return a limit of access: the authority's own released value, or the built-in one."""
    wert = eigener_wert(schluessel, stichtag)
    return int(wert.zahl) if wert and wert.zahl is not None else ZUGANG_VORGABEN[schluessel]


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


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return emergency accesses that wait for this supervisor's review, or hit an own case."""
    wer = Q(pk__in=[])
    if user.has_rolle(Rolle.LEITUNG):
        wer |= Q(case__team__in=user.geleitete_teams.values("pk"))
    if user.has_rolle(Rolle.FALLMANAGEMENT):
        wer |= Q(geschuetzt=True, case__caseworker=user)
    elif not user.has_rolle(Rolle.LEITUNG):
        return []
    rows = (
        Notfallzugriff.objects.filter(wer, ergebnis=None)
        .exclude(user=user)
        .select_related("case__leistungsberechtigte_person", "user")
        .order_by("pruefen_bis", "id")
    )
    leitet = user.has_rolle(Rolle.LEITUNG)
    return [
        Arbeitszeile(
            gruppe="Notfallzugriffe",
            titel="Notfallzugriff prüfen" if leitet else "Notfallzugriff auf Ihren Fall",
            fall=row.case.aktenzeichen,
            name=row.case.leistungsberechtigte_person.voller_name,
            url=reverse("notfall_pruefen", args=[row.pk])
            if leitet
            else reverse("fall_chronik", args=[row.case_id]),
            seit=row.pruefen_bis,
            zustand="überfällig" if row.pruefen_bis < stichtag else "ungeprüft",
            farbe="danger" if row.pruefen_bis < stichtag else "warning",
        )
        for row in rows
    ]


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
    return Auffaelligkeit.objects.select_related("user", "geprueft_von").order_by(
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
