"""What is measured, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from budget.models import PersoenlichesBudget
from budget.states import (
    Auszahlungsform,
)
from cases.vordruck import rows_of
from gesamtplan.models import Gesamtplan, Leistung
from gesamtplan.states import Leistungsform
from recht.bemessung import Gesamtbudget, Teil, gesamtbudget


def list_leistungen(gesamtplan: Gesamtplan) -> Sequence[Leistung]:
    """Return the Leistungen of a plan that a Teilbudget may be set for, with carrier and goal."""
    return rows_of(_leistungen, plan=gesamtplan.pk)


def _leistungen(plan: int) -> QuerySet[Leistung]:
    return (
        Leistung.objects.filter(gesamtplan_id=plan)
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
