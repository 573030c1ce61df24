"""What the Bescheid says of money that was paid before it: it ends, and it is credited."""

from __future__ import annotations

from budget.bescheid.queries.vorlaeufig import bewilligung_of, vorab_angewiesen, vorlaeufige_of
from budget.models import PersoenlichesBudget
from recht.geld import format_schlicht


def vorab_daten(budget: PersoenlichesBudget) -> dict[str, str]:
    """Return since when, by which Bescheid and how much was paid provisionally; empty without.

    It is credited to the first grant of the Antrag (§ 42 Abs. 2 S. 1 SGB I), so only that says it.
    """
    erste = bewilligung_of(budget.antrag)
    rows = vorlaeufige_of(budget.antrag) if erste is None or erste.pk == budget.pk else []
    if not rows or rows[0].zeitraum_von is None:
        return {}
    return {
        "seit": rows[0].zeitraum_von.isoformat(),
        "vom": rows[-1].datum.isoformat(),
        "angewiesen": format_schlicht(vorab_angewiesen(budget.antrag)),
    }
