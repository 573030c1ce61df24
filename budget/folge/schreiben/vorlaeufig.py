"""What the letters say of money paid before the Antrag is decided, and of what was too much."""

from __future__ import annotations

from typing import Any

from budget.bescheid.queries.vorlaeufig import (
    bewilligung_of,
    vorab_angewiesen,
    vorlaeufige_of,
)
from budget.folge.queries import zeile_of
from budget.models import Folgebescheid
from recht.geld import format_schlicht
from recht.rechtsstand import norm_am


def vorlaeufig_daten(row: Folgebescheid) -> dict[str, Any]:
    """Return the data of a provisional decision or of its settlement; nothing where there is none.

    A refusal names what was paid until then: it is not due any more.
    """
    antrag, zeile = row.antrag, zeile_of(row)
    if antrag is None:
        return {}
    if zeile.vorlaeufig:
        return {"bindet_nicht": norm_am(antrag.eingang, "", "§ 24 S. 2 SGB IX")}
    fruehere = vorlaeufige_of(antrag)
    if not fruehere and not zeile.abrechnung:
        return {}
    von, bis = (row.zeitraum_von, row.zeitraum_bis) if zeile.abrechnung else (None, None)
    budget = bewilligung_of(antrag)
    return {
        "vom": fruehere[-1].datum.isoformat() if fruehere else "",
        "angewiesen": format_schlicht(vorab_angewiesen(antrag, von, bis)),
        "bewilligt": budget is not None,
    }
