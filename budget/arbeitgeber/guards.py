"""Legal preconditions of the proofs under the Arbeitgebermodell: citation first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from budget.models import Arbeitgebernachweis, PersoenlichesBudget, Zielvereinbarung
from budget.states import Vereinbarungszustand
from budget.states.vereinbarung import arbeitgebernorm_of
from cases.registry.schritt import Hindernis


def arbeitgebermodell_vereinbart(
    budget: PersoenlichesBudget, zielvereinbarung: Zielvereinbarung | None
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 2 SGB IX: only what is agreed has to be shown."""
    if (
        zielvereinbarung is not None
        and zielvereinbarung.state == Vereinbarungszustand.UNTERZEICHNET
        and zielvereinbarung.arbeitgebermodell
    ):
        return None
    return Hindernis(
        "Die unterzeichnete Zielvereinbarung sieht kein Arbeitgebermodell vor.",
        arbeitgebernorm_of(budget.beginn),
    )


def vorlage_nach_verlangen(
    budget: PersoenlichesBudget, tage: Iterable[date], stichtag: date
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 2 SGB IX: whoever has to show something needs time for it."""
    if all(tag > stichtag for tag in tage):
        return None
    return Hindernis(
        "Der Tag, bis zu dem der Nachweis vorzulegen ist, muss in der Zukunft liegen.",
        arbeitgebernorm_of(budget.beginn),
    )


def tag_seit_verlangen(row: Arbeitgebernachweis, tag: date, stichtag: date) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 2 SGB IX: a proof comes in, or is asked for again, once it is owed."""
    if row.verlangt_am <= tag <= stichtag:
        return None
    return Hindernis(
        f"Der Tag muss zwischen dem {row.verlangt_am:%d.%m.%Y} und heute liegen.",
        arbeitgebernorm_of(row.persoenliches_budget.beginn),
    )
