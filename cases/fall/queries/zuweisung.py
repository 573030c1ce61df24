"""Who works on a case, and who did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.models import Case, Team, User, Vermerk, Vermerkart, Zuweisung
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.routen import adresse
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.rolle import Rolle


@dataclass(frozen=True)
class Zustaendigkeitszeile:
    """From when to when somebody was responsible for the case."""

    seit: date
    bis: date | None
    user: str
    team: str
    durch: str


def zuweisungen_of(case: Case) -> QuerySet[Zuweisung]:
    """Return all assignments of the case, the latest first."""
    return Zuweisung.objects.filter(case=case).select_related("user__team", "zugewiesen_von")


def running_of(case: Case, stichtag: date) -> QuerySet[Zuweisung]:
    """Return the assignments that hold on the day or later."""
    return zuweisungen_of(case).filter(Q(bis__isnull=True) | Q(bis__gte=stichtag))


def possible_assignees() -> QuerySet[User]:
    """Return everybody who may be assigned to a case."""
    return (
        User.objects.filter(
            is_active=True, groups__name__in=[Rolle.FACHDIENST, Rolle.FALLMANAGEMENT]
        )
        .select_related("team")
        .order_by("last_name", "first_name", "pk")
        .distinct()
    )


def history_of(case: Case) -> list[Zustaendigkeitszeile]:
    """Return who was responsible in which team, the latest first; three queries.

    Read off the change history of the case itself, so there is no second truth.
    """
    event = apps.get_model("cases", "CaseEvent")
    wechsel: list[tuple[date, int, int, int | None]] = []
    for row in (
        event.objects.filter(pgh_obj_id=case.pk).select_related("pgh_context").order_by("pgh_id")
    ):
        if wechsel and wechsel[-1][1:3] == (row.caseworker_id, row.team_id):
            continue
        seit = timezone.localtime(row.pgh_created_at).date() if wechsel else case.eroeffnet_am
        durch = (row.pgh_context.metadata or {}).get("user") if row.pgh_context else None
        wechsel.append((seit, row.caseworker_id, row.team_id, durch))
    ids = {pk for _, user, _, durch in wechsel for pk in (user, durch) if pk}
    namen = {u.pk: u.get_full_name() for u in User.objects.filter(pk__in=ids)}
    teams = dict(Team.objects.filter(pk__in={w[2] for w in wechsel}).values_list("pk", "name"))
    enden: list[date | None] = [w[0] for w in wechsel[1:]] + [None]
    return [
        Zustaendigkeitszeile(
            seit, bis, namen.get(user, ""), teams.get(team, ""), namen.get(durch or 0, "")
        )
        for (seit, user, team, durch), bis in reversed(list(zip(wechsel, enden, strict=True)))
    ]


def _orders(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    """Assignments as Fachdienst that this person has not answered by a Stellungnahme."""
    if not user.has_rolle(Rolle.FACHDIENST):
        return None
    antwort = Vermerk.objects.filter(
        case=OuterRef("case"),
        verfasst_von=user.pk,
        art=Vermerkart.STELLUNGNAHME,
        am__gte=OuterRef("von"),
    )
    rows = Zuweisung.objects.filter(
        ~Exists(antwort),
        Q(bis__isnull=True) | Q(bis__gte=stichtag),
        user=user,
        rolle=Rolle.FACHDIENST,
        von__lte=stichtag,
    )
    return columns(
        rows.order_by("von", "pk"),
        fall="case_id",
        aktenzeichen="case__aktenzeichen",
        person="case__leistungsberechtigte_person",
        seit="von",
        text="grund",
    )


def _order_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Aufträge an den Fachdienst",
        titel=f"Stellungnahme: {row.text}",
        fall=row.aktenzeichen,
        name=row.name,
        url=adresse("vermerk_neu", row.fall or 0),
        seit=row.seit,
        zustand="erbeten",
        farbe="warning",
    )


AUFTRAEGE = Kurzquelle(_orders, _order_row)
