"""What must hold of a proposal of the authority and of the answer to it: citation first."""

from __future__ import annotations

from datetime import date

from budget.models import Budgetvorschlag, PersoenlichesBudget
from budget.states import ABGESCHLOSSEN
from budget.states.vorschlag import vorschlagsnorm_am
from cases.models import Antrag
from cases.registry.schritt import Hindernis


def noch_kein_budget(
    budget: PersoenlichesBudget | None, beantragt: Antrag | None, tag: date
) -> Hindernis | None:
    """§ 29 Abs. 1 S. 1 SGB IX: what is applied for or runs already need not be proposed.

    `beantragt` is an undecided Antrag that asks for a Persönliches Budget.
    """
    if budget is not None and budget.state not in ABGESCHLOSSEN:
        return Hindernis(
            "Es gibt schon ein Persönliches Budget, oder es wird vorbereitet.",
            vorschlagsnorm_am(tag),
        )
    if beantragt is not None:
        return Hindernis(
            f"Mit dem Antrag, eingegangen am {beantragt.eingang:%d.%m.%Y}, ist ein "
            "Persönliches Budget schon beantragt.",
            vorschlagsnorm_am(tag),
        )
    return None


def kein_offener_vorschlag(offen: Budgetvorschlag | None, tag: date) -> Hindernis | None:
    """§ 29 Abs. 1 S. 1 SGB IX: while the person thinks it over nobody proposes it again."""
    if offen is None:
        return None
    return Hindernis(
        f"Auf den Vorschlag vom {offen.vorgeschlagen_am:%d.%m.%Y} fehlt noch die Antwort.",
        vorschlagsnorm_am(tag),
    )


def vorschlag_nicht_in_der_zukunft(am: date, tag: date) -> Hindernis | None:
    """§ 106 SGB IX, § 11 SGB XII: noted is the advice that was given."""
    if am <= tag:
        return None
    return Hindernis(
        "Der Tag des Vorschlags liegt in der Zukunft. Bitte geben Sie den Tag des Gesprächs an.",
        vorschlagsnorm_am(tag),
    )


def antwort_nach_dem_vorschlag(row: Budgetvorschlag, am: date, tag: date) -> Hindernis | None:
    """§ 29 Abs. 1 S. 1 SGB IX: the day of the answer is the day of the Antrag, so it must fit."""
    if row.vorgeschlagen_am <= am <= tag:
        return None
    return Hindernis(
        f"Die Antwort kommt nach dem Vorschlag vom {row.vorgeschlagen_am:%d.%m.%Y} und spätestens "
        "heute. Bitte prüfen Sie den Tag.",
        vorschlagsnorm_am(tag),
    )
