"""On what the form of a Persönliches Budget rests, and the first text of the grounds."""

from __future__ import annotations

from datetime import date

from budget.models import PersoenlichesBudget
from recht.rechtsstand import Rechtsstand

# § 159 Abs. 5 SGB IX a.F.
_RECHTSANSPRUCH_AB = date(2008, 1, 1)


def first_begruendung(budget: PersoenlichesBudget) -> str:
    """Return a first text of the grounds that a Fallmanager completes (§ 35 Abs. 1 SGB X)."""
    plan = budget.gesamtplan
    return (
        f"{_anspruch(budget)}\n\n"
        "Ihr Bedarf wurde gemeinsam mit Ihnen am "
        f"{plan.bedarfsermittlung.datum:%d.%m.%Y} ermittelt und im Gesamtplan vom "
        f"{plan.datum:%d.%m.%Y} festgehalten. Die Teilbudgets sind so bemessen, dass dieser Bedarf "
        "einschließlich der nötigen Beratung und Unterstützung gedeckt ist."
    )


def _anspruch(budget: PersoenlichesBudget) -> str:
    """Return on what the form rests: until 2007 on discretion, since then on a claim."""
    if budget.rechtsstand is Rechtsstand.A and budget.beginn < _RECHTSANSPRUCH_AB:
        return (
            "Nach § 17 Abs. 2 SGB IX können Leistungen zur Teilhabe auch durch ein Persönliches "
            "Budget ausgeführt werden. Bei der Entscheidung wurde Ihr Wunsch nach mehr "
            "Selbstbestimmung gegen die Interessen der beteiligten Leistungsträger abgewogen."
        )
    norm = (
        "§ 17 Abs. 2 S. 1 in Verbindung mit § 159 Abs. 5 SGB IX"
        if budget.rechtsstand is Rechtsstand.A
        else "§ 29 Abs. 1 S. 1 SGB IX"
    )
    return (
        "Auf Ihren Antrag werden die Leistungen zur Teilhabe in der Form eines Persönlichen "
        f"Budgets ausgeführt ({norm})."
    )
