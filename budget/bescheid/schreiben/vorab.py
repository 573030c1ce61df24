"""What the Bescheid says of money that was paid before it: it ends, and it is credited."""

from __future__ import annotations

from datetime import date

from budget.bescheid.queries.vorlaeufig import (
    bewilligung_of,
    letzter_tag,
    vorab_angewiesen,
    vorlaeufige_of,
    zuletzt_vorlaeufig,
)
from budget.models import PersoenlichesBudget
from recht.geld import format_schlicht


def vorab_daten(budget: PersoenlichesBudget, datum: date) -> dict[str, str]:
    """Return since when, by which Bescheid and how much was paid provisionally; empty without.

    `beendet` is its last day, where that lies before the day of the Bescheid. It is credited to the
    first grant of the Antrag (§ 42 Abs. 2 S. 1 SGB I), so only that says it.
    """
    erste = bewilligung_of(budget.antrag)
    rows = vorlaeufige_of(budget.antrag) if erste is None or erste.pk == budget.pk else []
    if not rows or rows[0].zeitraum_von is None:
        return {}
    bis, zuletzt = letzter_tag(budget.antrag), zuletzt_vorlaeufig(budget.antrag) or datum
    return {
        "seit": rows[0].zeitraum_von.isoformat(),
        "vom": zuletzt.isoformat(),
        "beendet": bis.isoformat() if bis is not None and bis < datum else "",
        "angewiesen": format_schlicht(vorab_angewiesen(budget.antrag)),
    }
