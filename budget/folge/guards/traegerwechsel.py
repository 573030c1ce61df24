"""What must hold of the end of a grant that another carrier takes over: citation first."""

from __future__ import annotations

from budget.models import Folgebescheid, Traegerwechsel
from cases.registry.schritt import Hindernis

_NORM = "§ 2 Abs. 3 S. 1 SGB X"


def nicht_vor_der_uebernahme(
    row: Folgebescheid, wechsel: Traegerwechsel | None
) -> Hindernis | None:
    """§ 2 Abs. 3 S. 1 SGB X: we render until the other carrier goes on with the Leistung."""
    if wechsel is None:
        return None
    if wechsel.uebernimmt_ab is None:
        return Hindernis(
            f"{wechsel.an.name} hat die Übernahme nicht zugesagt. Bis dahin wird weiter geleistet.",
            _NORM,
        )
    if row.wirkt_ab is None or row.wirkt_ab >= wechsel.uebernimmt_ab:
        return None
    return Hindernis(
        f"{wechsel.an.name} leistet ab dem {wechsel.uebernimmt_ab:%d.%m.%Y}. Bis zum Tag davor "
        "leisten wir weiter.",
        _NORM,
    )
