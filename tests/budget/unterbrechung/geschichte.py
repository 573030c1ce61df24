"""A running grant that a stay in hospital interrupts, told through the services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from budget.models import Folgebescheid, Unterbrechung
from budget.unterbrechung import services
from budget.unterbrechung.queries import resting_teile
from tests.budget import fabriken
from tests.budget.folge import geschichte as folge

HEUTE = folge.HEUTE
# In hospital since 11.05.; day 28 is 07.06.
VON = date(2026, 5, 11)


def angaben(akte: fabriken.Akte, **mehr: Any) -> dict[str, Any]:
    """Return what the form asks; `mehr` wins."""
    return {
        "anlass": "krankenhaus",
        "von": VON,
        "bis": None,
        "mitgeteilt_am": date(2026, 5, 13),
        "quelle": "Anruf der Betreuerin",
        "regel": "ruht",
        "weiter_tage": 28,
        "teile": [teil.pk for teil in resting_teile(akte.budget)],
        "kosten": Decimal("0.00"),
        "kosten_nachweis": "",
        "nachfragen_am": None,
        **mehr,
    }


def record(akte: fabriken.Akte, **mehr: Any) -> Unterbrechung:
    """Record an interruption."""
    return services.record_unterbrechung(
        budget=akte.budget, angaben=angaben(akte, **mehr), by=akte.fallmanager, tag=HEUTE
    )


def decide(akte: fabriken.Akte, row: Unterbrechung, **mehr: Any) -> Folgebescheid:
    """Draft, hear, submit, release and post the Bescheid until it is made known (16.06.2026)."""
    bescheid = services.decide_unterbrechung(row=row, by=akte.fallmanager, tag=HEUTE)
    if mehr:
        bescheid = folge.folge.update_folgebescheid(
            row=bescheid, by=akte.fallmanager, tag=HEUTE, angaben=mehr
        )
    folge.hear(akte, bescheid)
    am = date(2026, 6, 10)
    bescheid = folge.folge.record_aeusserung(
        row=bescheid, am=am, text="Einverstanden.", by=akte.fallmanager, tag=am
    )
    if not mehr:
        bescheid = folge.folge.update_folgebescheid(
            row=bescheid, by=akte.fallmanager, tag=am, angaben={"wirkt_ab": date(2026, 6, 17)}
        )
    bescheid = folge.decide(akte, bescheid, date(2026, 6, 12))
    row.refresh_from_db()
    return bescheid
