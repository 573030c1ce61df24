"""The yearly review of the Beitrag for the demonstration: a new tax assessment has come in."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from budget.bescheid.schreiben.abzug import compute_rechnung, rests_on_income
from budget.models import Bescheid
from budget.models.pruefung import bescheid_with, written
from budget.pruefung.queries import known_facts
from budget.pruefung.schritte import earliest_month
from budget.pruefung.services import decide_pruefung, record_pruefung
from budget.states import Budgetzustand
from cases.models import Case, User

# Above the limit of every year since 2020: something is to be deducted.
_EINKOMMEN = Decimal("53800.00")


def tell_beitrag(faelle: QuerySet[Case], users: dict[str, User], heute: date) -> None:
    """Let one running budget be reviewed after a new tax assessment, and its Bescheid be drafted.

    While the law has no value yet for the next month that can be changed, the present one is
    computed; then nothing is drafted.
    """
    rows = Bescheid.objects.filter(
        persoenliches_budget__case__in=faelle, persoenliches_budget__state=Budgetzustand.LAEUFT
    ).select_related("persoenliches_budget__case")
    for bescheid in rows.order_by("pk"):
        budget = bescheid.persoenliches_budget
        if bescheid.einkommen is None or not rests_on_income(bescheid):
            continue
        fakten = known_facts(budget) | {"einkommen": _EINKOMMEN}
        ab = earliest_month(heute)
        bekannt = compute_rechnung(bescheid_with(budget, written(fakten)), ab) is not None
        if not bekannt:
            ab = max(heute.replace(day=1), budget.beginn.replace(day=1))
        angaben = {
            **fakten,
            "ab": ab,
            "nachweis": f"Einkommensteuerbescheid {ab.year - 2}",
            "nachweis_vom": heute - timedelta(days=5),
        }
        by = users["fallmanager"]
        row = record_pruefung(budget=budget, by=by, tag=heute, angaben=angaben)
        if bekannt and row.geaendert:
            decide_pruefung(row=row, by=by, tag=heute)
        return
