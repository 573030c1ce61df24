"""A running grant that another carrier takes over, told through the services."""

from __future__ import annotations

from datetime import date
from typing import Any

from budget.models import Folgebescheid, Traegerwechsel
from budget.traegerwechsel import services
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import write_schreiben
from tests.budget import fabriken
from tests.budget.folge import geschichte as folge
from tests.fabriken import make_traeger

HEUTE = folge.HEUTE
AB, UEBERNIMMT = date(2026, 7, 1), date(2026, 9, 1)


def record(akte: fabriken.Akte, **mehr: Any) -> Traegerwechsel:
    """Note that another carrier is competent; `mehr` wins."""
    werte = {
        "an": mehr.get("an") or make_traeger("unfallversicherung", "BG Nord"),
        "grund": "vorrang",
        "ab": AB,
        "bekannt_seit": HEUTE,
        "begruendung": "Nach dem Unfall auf dem Weg zur Arbeit leistet die Unfallversicherung.",
        "by": akte.fallmanager,
        "tag": HEUTE,
    } | mehr
    return services.record_traegerwechsel(budget=akte.budget, **werte)


def promise(akte: fabriken.Akte, row: Traegerwechsel, **mehr: Any) -> Traegerwechsel:
    """Note the answer of the new carrier; `mehr` wins."""
    werte = {
        "vom": HEUTE,
        "uebernimmt_ab": UEBERNIMMT,
        "aktenzeichen": "N 12",
        "by": akte.fallmanager,
        "tag": HEUTE,
    } | mehr
    return services.record_zusage(row=row, **werte)


def tell(akte: fabriken.Akte, row: Traegerwechsel) -> None:
    """Freeze the letter to the new carrier."""
    anlass = Schreibanlass(
        case=akte.case, tag=HEUTE, by=akte.fallmanager, gegenstand=row, zeichnet=akte.fallmanager
    )
    assert "traegerwechsel" in registry.schreibenarten
    write_schreiben(art="traegerwechsel", anlass=anlass)
    row.refresh_from_db()


def lift(akte: fabriken.Akte, row: Traegerwechsel) -> Folgebescheid:
    """Draft, hear, submit, release and post the decision that ends our grant."""
    bescheid = services.decide_aufhebung(row=row, by=akte.fallmanager, tag=HEUTE)
    folge.hear(akte, bescheid)
    am = date(2026, 6, 10)
    bescheid = folge.folge.record_aeusserung(
        row=bescheid, am=am, text="Einverstanden.", by=akte.fallmanager, tag=am
    )
    bescheid = folge.decide(akte, bescheid, date(2026, 6, 12))
    row.refresh_from_db()
    return bescheid
