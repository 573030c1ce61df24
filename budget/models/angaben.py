"""What a person enters in one go, as forms hand it to services."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Zusatz:
    """What belongs to an amount beside its computation, euro a month.

    `sachleistung_kosten` is what the same Leistung would cost without the budget, with its source;
    `beratung` is what of the amount is meant for Budgetberatung; `freizeit_grund` says what only
    the disability adds to leisure; `werkstatt_kosten` is the cost of the nearest Werkstatt.
    """

    sachleistung_kosten: Decimal | None = None
    sachleistung_quelle: str = ""
    beratung: Decimal | None = None
    freizeit_grund: str = ""
    werkstatt_kosten: Decimal | None = None
