"""The norms of a plan and of its parts under the law of its date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am

if TYPE_CHECKING:
    from gesamtplan.models.gesamtplan import Gesamtplan

_GRUNDNORM = {
    Rechtsstand.A: "§ 58 SGB XII",
    Rechtsstand.UE: "§ 144 SGB XII",
    Rechtsstand.B: "§ 121 SGB IX",
}


def norm_of(plan: Gesamtplan) -> str:
    """Return the norm of the whole plan under the law of its date."""
    return _GRUNDNORM[rechtsstand_am(plan.datum)]


def bedarfsnorm_of(plan: Gesamtplan) -> str:
    """Return the norm of its ground under the law of its date."""
    return norm_am(plan.datum, "§ 58 SGB XII", "§ 120 Abs. 1 SGB IX", ue="§ 143a Abs. 1 SGB XII")


def leistungsnorm_of(plan: Gesamtplan) -> str:
    """Return the norm of its Leistungen under the law of its date."""
    return norm_am(
        plan.datum, "§ 58 SGB XII", "§ 121 Abs. 4 Nr. 3 SGB IX", ue="§ 144 Abs. 4 Nr. 3 SGB XII"
    )


def fortschreibungsnorm_of(plan: Gesamtplan) -> str:
    """Return the norm of its review and continuation under the law of its date."""
    return norm_am(plan.datum, "§ 58 SGB XII", "§ 121 Abs. 2 SGB IX", ue="§ 144 Abs. 2 SGB XII")


def entscheidungsnorm_of(plan: Gesamtplan) -> str:
    """Return the norm of the decision that rests on it, under the law of its date."""
    return norm_am(plan.datum, "§ 58 SGB XII", "§ 120 Abs. 2 SGB IX", ue="§ 143a Abs. 2 SGB XII")


def traegernorm_of(plan: Gesamtplan) -> str:
    """Return the norm of planning together with other carriers, under the law of its date."""
    return norm_am(plan.datum, "§ 10 Abs. 1 SGB IX a.F.", "§ 19 Abs. 1 SGB IX")


def zielnorm_of(plan: Gesamtplan) -> str:
    """Return the norm of its goals under the law of its date."""
    in_a = rechtsstand_am(plan.datum) == Rechtsstand.A
    return norm_of(plan) if in_a else "§ 19 Abs. 2 S. 2 Nr. 6 SGB IX"
