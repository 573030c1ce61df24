"""Reads over budgets, with a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest

from budget.models import Bescheid, PersoenlichesBudget, Teilbudget, Zielvereinbarung
from budget.states import (
    Auszahlungsform,
    Bescheidzustand,
    Budgetzustand,
    Vereinbarungszustand,
)
from cases import access
from cases.models import Antrag, Case, User
from cases.states.rolle import Rolle
from cases.states.versand import Versandzustand
from gesamtplan.models import Gesamtplan, Leistung
from gesamtplan.states import Leistungsform, Planzustand
from recht.bemessung import Gesamtbudget, Teil, gesamtbudget

_NULL = Decimal("0.00")
UNTERWEGS = (Versandzustand.VORGESEHEN, Versandzustand.UNGEWISS)


def get_budget(case: Case) -> PersoenlichesBudget | None:
    """Return the budget that the case works with: the open one, else the last one that ended.

    Five queries at most, whatever the number of Teilbudgets.
    """
    budget = (
        PersoenlichesBudget.objects.filter(case=case)
        .select_related("gesamtplan__bedarfsermittlung", "antrag")
        .prefetch_related(
            models.Prefetch(
                "teilbudgets",
                Teilbudget.objects.select_related("leistung__teilhabeziel", "leistungstraeger"),
            ),
            models.Prefetch(
                "zielvereinbarungen",
                Zielvereinbarung.objects.select_related(
                    "unterzeichnet_traeger_von", "schreiben"
                ).order_by("-version"),
            ),
            models.Prefetch(
                "bescheide",
                Bescheid.objects.select_related(
                    "erstellt_von", "bearbeitet_von", "freigegeben_von", "schreiben"
                ).prefetch_related("schreiben__versand_liste"),
            ),
        )
        .order_by(
            models.Case(models.When(state=Budgetzustand.BEENDET, then=1), default=0),
            "-beginn",
            "-id",
        )
        .first()
    )
    if budget is not None:
        budget.case = case
    return budget


def zielvereinbarung_of(budget: PersoenlichesBudget) -> Zielvereinbarung | None:
    """Return the version in use: the newest one that was not thrown away."""
    for zielvereinbarung in budget.zielvereinbarungen.all():
        if zielvereinbarung.state != Vereinbarungszustand.VERWORFEN:
            zielvereinbarung.persoenliches_budget = budget
            return zielvereinbarung
    return None


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


def antraege_for_budget(case: Case, budget: PersoenlichesBudget | None = None) -> list[Antrag]:
    """Return the Anträge that a budget may decide about, the oldest first.

    Those that were handed on are not among them, nor those that an earlier budget has decided
    about. When none is left, the earlier ones are: a running need goes on without a new Antrag.
    """
    hier = list(case.antraege.filter(weiterleitung__isnull=True).order_by("eingang", "id"))
    andere = PersoenlichesBudget.objects.filter(case=case)
    if budget is not None:
        andere = andere.exclude(pk=budget.pk)
    entschieden = set(andere.values_list("antrag_id", flat=True))
    return [antrag for antrag in hier if antrag.pk not in entschieden] or hier


def fitting_antrag(antraege: Sequence[Antrag]) -> Antrag | None:
    """Return the only one, or the only one that asks for a Persönliches Budget; else None."""
    if len(antraege) == 1:
        return antraege[0]
    gewuenscht = [antrag for antrag in antraege if antrag.persoenliches_budget]
    return gewuenscht[0] if len(gewuenscht) == 1 else None


def released_gesamtplan(case: Case) -> Gesamtplan | None:
    """Return the newest released version of the plan."""
    return (
        Gesamtplan.objects.filter(case=case, state=Planzustand.FREIGEGEBEN)
        .order_by("-version")
        .first()
    )


def list_leistungen(gesamtplan: Gesamtplan) -> Sequence[Leistung]:
    """Return the Leistungen of a plan that a Teilbudget may be set for, with carrier and goal."""
    return list(
        Leistung.objects.filter(gesamtplan=gesamtplan)
        .filter(Q(leistungsform=Leistungsform.PERSOENLICHES_BUDGET) | Q(ergaenzend=True))
        .select_related("leistungstraeger", "teilhabeziel")
    )


def gesamtbudget_of(budget: PersoenlichesBudget) -> Gesamtbudget | None:
    """Return the sums of the Teilbudgets with their Rechenweg; None while there is none."""
    teile = [
        Teil(
            bezeichnung=t.leistung.bezeichnung,
            traeger=t.leistungstraeger.name,
            betrag=t.betrag,
            form="gutschein" if t.auszahlungsform == Auszahlungsform.GUTSCHEIN else "geld",
            ergaenzend=t.ergaenzend,
        )
        for t in budget.teilbudgets.all()
    ]
    return gesamtbudget(teile) if teile else None


def list_auszahlungen(user: User, stichtag: date, erster: date) -> QuerySet[PersoenlichesBudget]:
    """Return running budgets with their monthly money, for Kasse or for the own teams.

    Each row carries `geld` and `naechste`: the next day of payment, `erster` or the first one.

    The Kasse pays for everybody; a Sachgebietsleitung sees the cases that she may open.
    """
    rows = PersoenlichesBudget.objects.filter(state=Budgetzustand.LAEUFT)
    if not user.has_rolle(Rolle.KASSE):
        rows = rows.filter(case__in=access.visible_to(user, stichtag))
    bar = Q(teilbudgets__auszahlungsform=Auszahlungsform.GELD)
    return (
        rows.filter(Q(ende__isnull=True) | Q(ende__gte=stichtag))
        .select_related("case__leistungsberechtigte_person")
        .prefetch_related("case__leistungsberechtigte_person__bankverbindungen")
        .annotate(
            geld=Coalesce(
                Sum("teilbudgets__betrag", filter=bar), _NULL, output_field=DecimalField()
            ),
            naechste=Greatest(
                models.Value(erster),
                models.Subquery(
                    Bescheid.objects.filter(persoenliches_budget=OuterRef("pk")).values(
                        "erste_auszahlung"
                    )[:1]
                ),
            ),
        )
        .filter(geld__gt=0)
        .order_by("case__aktenzeichen")
    )


def list_zur_freigabe(user: User, stichtag: date) -> Sequence[Bescheid]:
    """Return Bescheide that wait for the release by this Sachgebietsleitung."""
    return list(
        Bescheid.objects.filter(
            state=Bescheidzustand.VORGELEGT,
            persoenliches_budget__case__in=access.visible_to(user, stichtag),
        )
        .exclude(Q(erstellt_von=user) | Q(bearbeitet_von=user))
        .select_related("persoenliches_budget__case__leistungsberechtigte_person")
        .order_by("vorgelegt_am", "id")
    )


def list_eigene_bescheide(user: User) -> Sequence[Bescheid]:
    """Return Bescheide of the own cases that are not finished: written, submitted, not sent."""
    offen = (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT, Bescheidzustand.FREIGEGEBEN)
    return list(
        Bescheid.objects.filter(state__in=offen, persoenliches_budget__case__caseworker=user)
        .exclude(schreiben__versand_liste__state__in=UNTERWEGS)
        .select_related("persoenliches_budget__case__leistungsberechtigte_person")
        .order_by("datum", "id")
    )


def offene_vereinbarungen(user: User) -> QuerySet[Zielvereinbarung]:
    """Return Zielvereinbarungen of the own cases that are begun or wait for a signature."""
    offen = (Vereinbarungszustand.ENTWURF, Vereinbarungszustand.AUSGEFERTIGT)
    return Zielvereinbarung.objects.filter(
        state__in=offen, persoenliches_budget__case__caseworker=user
    ).order_by("ausgefertigt_am", "id")


def has_laufende_auszahlung(case: Case) -> bool:
    """Tell whether money still flows or is about to."""
    return PersoenlichesBudget.objects.filter(
        case=case, state__in=[Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT]
    ).exists()


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


def budgetphase(case: Case, stichtag: date) -> str:
    """Return the phase of KVJS 2010, 3.6 in which the open budget of the case stands."""
    state = (
        PersoenlichesBudget.objects.filter(case=case)
        .exclude(state=Budgetzustand.BEENDET)
        .values_list("state", flat=True)
        .first()
    )
    if state is None:
        return ""
    if state == Budgetzustand.BEANTRAGT:
        return "b"
    return "d" if state == Budgetzustand.LAEUFT else "c"


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
