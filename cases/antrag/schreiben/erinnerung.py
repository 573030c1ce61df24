"""The reminder of an answer that a carrier owes: since when, until when, and whether it is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from cases.models import Frist, Traegerbeteiligung
from cases.registry.schreibenart import Schreibanlass
from cases.registry.schritt import Hindernis
from cases.services.ereignis import gegenstand_of
from recht.fristkennung import Regel
from recht.rechtsstand import norm_am


def due_of(beteiligung: Traegerbeteiligung) -> dict[str, Any]:
    """Return since when the answer is asked for and until when it was due."""
    bis = _end_of(beteiligung)
    seit = beteiligung.angefordert_am
    return {
        "angefordert_am": seit.isoformat() if seit else "",
        "faellig_am": bis.isoformat() if bis else "",
    }


def _end_of(beteiligung: Traegerbeteiligung) -> date | None:
    rows = Frist.objects.filter(
        case=beteiligung.antrag.case_id,
        regel=Regel.FESTSTELLUNGEN_TRAEGER,
        gegenstand=gegenstand_of(beteiligung),
    )
    return rows.order_by("-id").values_list("ende", flat=True).first()


def pruefungen_of_erinnerung(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    """Return why a carrier cannot be reminded: it has answered, or still has time."""
    row: Traegerbeteiligung = anlass.gegenstand
    norm = norm_am(row.antrag.eingang, "§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 S. 2 SGB IX")
    bis = _end_of(row)
    if row.eingegangen_am is not None:
        yield Hindernis("Die Stellungnahme ist schon eingegangen.", norm)
    elif bis is None:
        yield Hindernis("Die Aufforderung ist noch nicht abgesandt.", norm)
    elif anlass.tag <= bis:
        yield Hindernis(f"{row.traeger.name} hat noch bis zum {bis:%d.%m.%Y} Zeit.", norm)
