"""Reads of Bescheide and counts of what is still being written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from budget.models import Bescheid, PersoenlichesBudget, Zielvereinbarung
from budget.states import Bescheidzustand, Vereinbarungszustand
from budget.zielvereinbarung.queries import zielvereinbarung_of
from cases import access
from cases.models import Case, User
from cases.reihe import keys_of
from cases.states.versand import UNTERWEGS


def bescheid_of(budget: PersoenlichesBudget) -> Bescheid | None:
    """Return the Bescheid of the budget, None before it is drafted."""
    for bescheid in budget.bescheide.all():
        bescheid.persoenliches_budget = budget
        bescheid.zielvereinbarung = zielvereinbarung_of(budget)
        return bescheid
    return None


def bekanntgabe_of(bescheid: Bescheid) -> date | None:
    """Return the day with which the Bescheid took effect: the first Bekanntgabe; no query."""
    if bescheid.schreiben is None:
        return None
    tage = [v.bekanntgabe for v in bescheid.schreiben.versand_liste.all() if v.bekanntgabe]
    return min(tage, default=None)


def list_zur_freigabe(user: User, stichtag: date) -> Sequence[Bescheid]:
    """Return Bescheide that wait for the release by this Sachgebietsleitung."""
    return access.ask(_zur_freigabe, user, stichtag)


def _zur_freigabe(user: User, stichtag: date) -> QuerySet[Bescheid]:
    rows = Bescheid.objects.filter(state=Bescheidzustand.VORGELEGT)
    vorgelegt = keys_of(rows, "persoenliches_budget__case")
    visible = access.visible_to(user, stichtag).filter(pk__in_reihe=vorgelegt)
    return (
        rows.filter(persoenliches_budget__case__in_reihe=keys_of(visible))
        .exclude(Q(erstellt_von=user) | Q(bearbeitet_von=user))
        .select_related("persoenliches_budget__case__leistungsberechtigte_person")
        .order_by("vorgelegt_am", "id")
    )


def list_eigene_bescheide(user: User, stichtag: date) -> Sequence[Bescheid]:
    """Return Bescheide of the own cases that are not finished: written, submitted, not sent."""
    return access.ask(_eigene_bescheide, user, stichtag)


def _eigene_bescheide(user: User, stichtag: date) -> QuerySet[Bescheid]:
    eigene = keys_of(Case.objects.filter(caseworker=user))
    offen = (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT, Bescheidzustand.FREIGEGEBEN)
    return (
        Bescheid.objects.filter(state__in=offen, persoenliches_budget__case__in_reihe=eigene)
        .exclude(schreiben__versand_liste__state__in=UNTERWEGS)
        .select_related("persoenliches_budget__case__leistungsberechtigte_person")
        .order_by("datum", "id")
    )


def count_entwuerfe(case_ids: list[int]) -> dict[int, int]:
    """Count per case the Bescheide and Zielvereinbarungen that are still being worked on."""
    zahlen: Counter[int] = Counter()
    for rows in (
        Bescheid.objects.filter(state__in=[Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT]),
        Zielvereinbarung.objects.filter(
            state__in=[Vereinbarungszustand.ENTWURF, Vereinbarungszustand.AUSGEFERTIGT]
        ),
    ):
        zahlen.update(
            rows.filter(persoenliches_budget__case__in=case_ids)
            .order_by()
            .values_list("persoenliches_budget__case", flat=True)
        )
    return dict(zahlen)


def count_per_person(user_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Return per responsible person how many Bescheide are drafts, and how many are submitted."""
    person = "persoenliches_budget__case__caseworker"
    rows = (
        Bescheid.objects.filter(**{f"{person}__in": user_ids})
        .order_by()
        .values_list(person)
        .annotate(
            entwuerfe=Count("pk", filter=Q(state=Bescheidzustand.ENTWURF)),
            vorgelegt=Count("pk", filter=Q(state=Bescheidzustand.VORGELEGT)),
        )
    )
    return {pk: (entwuerfe, vorgelegt) for pk, entwuerfe, vorgelegt in rows}
