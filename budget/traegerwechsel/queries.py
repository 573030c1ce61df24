"""Reads of a change of the carrier: the row, what we have paid since, and its Frist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import QuerySet, Sum

from budget.models import Anweisung, PersoenlichesBudget, Traegerwechsel
from budget.states import Budgetzustand
from budget.states.traegerwechsel import Wechselzustand
from cases.frist.queries import fristen_of
from cases.models import Case, Frist
from recht.fristkennung import Regel
from recht.rechenweg import Schritt
from recht.traegerwechsel import check_wechsel, erstattung_der_traeger

_BEZUEGE = ("persoenliches_budget__case", "an", "aufhebung", "mitteilung", "erfasst_von")


def wechsel_of(case: Case) -> list[Traegerwechsel]:
    """Return the changes of the carrier in a case, the newest first; one query."""
    rows = Traegerwechsel.objects.filter(persoenliches_budget__case=case)
    return list(rows.select_related(*_BEZUEGE).defer("mitteilung__daten"))


def wechsel_or_none(case: Case, kennung: int) -> Traegerwechsel | None:
    """Return one change in this case, None where it belongs to another one."""
    rows = Traegerwechsel.objects.filter(persoenliches_budget__case=case, pk=kennung)
    return rows.select_related(*_BEZUEGE).defer("mitteilung__daten").first()


def finde_wechsel(case: Case, teile: Mapping[str, int]) -> Traegerwechsel | None:
    """Return the change that a letter is about."""
    return wechsel_or_none(case, teile["wechsel"])


def budget_without_wechsel(case: Case) -> PersoenlichesBudget | None:
    """Return the budget that is paid and that nobody takes over yet."""
    rows = PersoenlichesBudget.objects.filter(
        case=case, state=Budgetzustand.LAEUFT, traegerwechsel__isnull=True
    )
    return rows.select_related("case__leistungsberechtigte_person").first()


def rendered_since(row: Traegerwechsel) -> Decimal:
    """Return what is ordered for the months from the change to the taking over, in euro.

    A month that is divided between the carriers counts whole; the claim names the part.
    """
    rows = Anweisung.objects.filter(
        persoenliches_budget=row.persoenliches_budget_id,
        zurueckgenommen_am__isnull=True,
        monat__gte=row.ab.replace(day=1),
    )
    if row.uebernimmt_ab is not None:
        rows = rows.filter(monat__lt=row.uebernimmt_ab)
    summe: Decimal | None = rows.aggregate(summe=Sum("betrag"))["summe"]
    return summe or Decimal("0.00")


def ausschlussfrist_of(row: Traegerwechsel) -> Frist | None:
    """Return the Frist in which the refund is to be claimed (§ 111 SGB X), None without one."""
    case = row.persoenliches_budget.case
    return fristen_of(case, row, Regel.ERSTATTUNG_TRAEGER).order_by("-id").first()


def reasons_of(row: Traegerwechsel) -> tuple[Schritt, Schritt]:
    """Return on what the change rests, and what is refunded."""
    return check_wechsel(row.grund, row.ab).schritt, erstattung_der_traeger(row.grund, row.ab)


def abzugebende_wechsel(konten: Sequence[int]) -> QuerySet[Traegerwechsel]:
    """Return the changes whose grant has ended, so that the case goes; not noted by these."""
    return Traegerwechsel.objects.filter(
        state=Wechselzustand.ZUGESAGT,
        persoenliches_budget__state=Budgetzustand.BEENDET,
        mitteilung__isnull=False,
    ).exclude(erfasst_von__in_reihe=konten)
