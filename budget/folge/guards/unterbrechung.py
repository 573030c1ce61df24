"""What must hold of a decision that a part of the budget rests: citation first."""

from __future__ import annotations

from budget.models import Folgebescheid, Unterbrechung
from cases.registry.schritt import Hindernis

_NORM = "§ 48 Abs. 1 SGB X"


def ruhen_bestimmt(row: Folgebescheid, unterbrechung: Unterbrechung | None) -> Hindernis | None:
    """§ 48 Abs. 1 SGB X: what rests follows from an interruption, on days that it lasts."""
    ruht_ab = unterbrechung.ruht_ab if unterbrechung is not None else None
    if unterbrechung is None or ruht_ab is None:
        return Hindernis(
            "Es fehlt die Unterbrechung, nach deren Regel etwas ruht. Vermerken Sie sie am Budget "
            "unter „Unterbrechungen“.",
            _NORM,
        )
    if row.wirkt_ab is None:
        return None
    if row.wirkt_ab < ruht_ab:
        return Hindernis(
            f"Bis zum {unterbrechung.weiter_tage}. Tag wird weitergezahlt; es ruht frühestens ab "
            f"dem {ruht_ab:%d.%m.%Y}.",
            _NORM,
        )
    if unterbrechung.bis is not None and row.wirkt_ab > unterbrechung.bis:
        return Hindernis(
            f"Die Unterbrechung endet am {unterbrechung.bis:%d.%m.%Y}; danach ruht nichts. Für "
            "die Zeit davor braucht es einen Fall des § 48 Abs. 1 S. 2 SGB X.",
            "§ 48 Abs. 1 S. 1 SGB X",
        )
    return None
