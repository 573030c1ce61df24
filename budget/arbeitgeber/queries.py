"""Reads of the proofs under the Arbeitgebermodell."""

from __future__ import annotations

from datetime import date

from budget.models import Arbeitgebernachweis, PersoenlichesBudget
from budget.states.vereinbarung import Arbeitgebernachweisart, Arbeitgeberstand
from cases.models import Case, Frist
from recht.fristkennung import Regel


def arbeitgebernachweise_of(budget: PersoenlichesBudget) -> list[Arbeitgebernachweis]:
    """Return the proofs of a budget, the earliest due first; one query."""
    rows = list(budget.arbeitgebernachweise.select_related("unterlage", "bearbeitet_von"))
    for row in rows:
        row.persoenliches_budget = budget
    return rows


def arbeitgebernachweis_of(case: Case, kennung: int) -> Arbeitgebernachweis | None:
    """Return one proof of a budget of this case, None when there is none."""
    rows = Arbeitgebernachweis.objects.filter(persoenliches_budget__case=case, pk=kennung)
    row = rows.select_related("persoenliches_budget", "bearbeitet_von").first()
    if row is not None:
        row.persoenliches_budget.case = case
    return row


def open_arten(budget: PersoenlichesBudget) -> list[Arbeitgebernachweisart]:
    """Return the proofs that have not been asked for yet."""
    verlangt = set(budget.arbeitgebernachweise.values_list("art", flat=True))
    return [art for art in Arbeitgebernachweisart if art.value not in verlangt]


def late_arten(rows: list[Arbeitgebernachweis], stichtag: date) -> list[str]:
    """Return the names of the proofs whose day has passed."""
    return [
        str(row)
        for row in rows
        if row.state == Arbeitgeberstand.VERLANGT and row.faellig_am < stichtag
    ]


def fristen_of_arbeitgeber(budget: PersoenlichesBudget) -> list[Frist]:
    """Return the Fristen of these proofs in the case, those that run first; one query."""
    rows = Frist.objects.filter(case=budget.case_id, regel=Regel.ARBEITGEBERNACHWEIS)
    return list(rows.order_by("erledigt_am", "ende", "id"))
