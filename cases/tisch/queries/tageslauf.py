"""What the daily runs did, whether a day is missing, and what recomputations have changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from cases import access
from cases.models import (
    Auftrag,
    Fristaenderung,
    Fristneuberechnung,
    Tageslauf,
    User,
)
from cases.states.auftrag import Auftragzustand

_LAEUFE = 40
_BLICK_TAGE = 14
_ZEILEN = 200


@dataclass(frozen=True)
class Postlage:
    """How the digests of the last days went out."""

    versandt: int
    wartend: int
    gescheitert: int


def last_runs() -> list[Tageslauf]:
    """Return the latest runs, the newest first."""
    return list(Tageslauf.objects.all()[:_LAEUFE])


def last_successful() -> Tageslauf | None:
    """Return the latest run that ended well."""
    return Tageslauf.objects.filter(beendet__isnull=False, fehler="").first()


def has_run(tag: date) -> bool:
    """Whether a run of this day has ended well."""
    return Tageslauf.objects.filter(datum=tag, beendet__isnull=False, fehler="").exists()


def missing_days(stichtag: date) -> list[date]:
    """Return the days since the first run, two weeks back at most, on which none ended well.

    Today is missing only when a run of today has failed: the day is not over yet.
    """
    erster = Tageslauf.objects.order_by("datum").values_list("datum", flat=True).first()
    if erster is None:
        return []
    von = max(erster, stichtag - timedelta(days=_BLICK_TAGE))
    gut = set(
        Tageslauf.objects.filter(
            datum__range=(von, stichtag), beendet__isnull=False, fehler=""
        ).values_list("datum", flat=True)
    )
    tage = (von + timedelta(days=n) for n in range((stichtag - von).days))
    return [tag for tag in tage if tag not in gut]


def postlage() -> Postlage:
    """Return how many digests of the outbox are sent, waiting, failed."""
    z = Auftragzustand
    rows = Auftrag.objects.filter(art="erinnerung").aggregate(
        versandt=Count("pk", filter=Q(state=z.FERTIG)),
        wartend=Count("pk", filter=Q(state__in=[z.OFFEN, z.IN_ARBEIT])),
        gescheitert=Count("pk", filter=Q(state__in=[z.FEHLGESCHLAGEN, z.UNGEWISS])),
    )
    return Postlage(**rows)


def recomputations() -> QuerySet[Fristneuberechnung]:
    """Return all recomputations, the newest first."""
    return Fristneuberechnung.objects.all()


def changes_of(neuberechnung: Fristneuberechnung) -> QuerySet[Fristaenderung]:
    """Return every difference of one recomputation, with its Frist, without the case."""
    rows = Fristaenderung.objects.filter(fristneuberechnung=neuberechnung)
    return rows.select_related("frist").order_by("id")[:_ZEILEN]


def visible_case_ids(user: User, changes: list[Fristaenderung], stichtag: date) -> set[int]:
    """Return which of the cases behind the differences this user may open."""
    ids = [change.frist.case_id for change in changes]
    return set(access.visible_to(user, stichtag).filter(pk__in=ids).values_list("pk", flat=True))
