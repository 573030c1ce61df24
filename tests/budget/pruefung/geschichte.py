"""A grant of 2025 with a Beitrag, and its review at the turn of the year, through the services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from budget.bescheid.services.bescheid import submit_bescheid
from budget.bescheid.services.wirksamkeit import begin_wirkungen as begin_bewilligung
from budget.folge.services.bescheid import update_folgebescheid
from budget.models import Beitragspruefung
from budget.pruefung import services
from tests.budget import fabriken
from tests.budget.bescheid.test_abzug import B_2025, EINZEL, make_bescheid, save
from tests.budget.folge import geschichte as folge

HEUTE = date(2026, 1, 20)
# Income 60.000 € in 2024: 2 % of what exceeds 40.341 € (85 % of 47.460 €) is 393,18 €, down to 390.
MEHR = {"einkommen": Decimal(60000)}
# Income 45.000 €: 93,18 €, down to 90.
WENIGER = {"einkommen": Decimal(45000)}


def running(monkeypatch: Any) -> fabriken.Akte:
    """Return a grant paid since May 2025, from which 270 € are kept back a month (52.000 €)."""
    akte = make_bescheid(monkeypatch, B_2025)
    save(akte, **EINZEL, einkommen="52000")
    akte.bescheid = submit_bescheid(
        bescheid=akte.bescheid, by=akte.fallmanager, tag=akte.tage.unterschrift
    )
    fabriken.insert_bescheid(akte, "freigegeben")
    folge.post(akte, akte.bescheid.schreiben, akte.tage.bescheid)
    begin_bewilligung(tag=date(2025, 5, 1))
    return folge.refresh(akte)


def review(akte: fabriken.Akte, ab: date = date(2026, 2, 1), **angaben: Any) -> Beitragspruefung:
    """Compute anew from a tax assessment; `angaben` win."""
    werte = {
        "ab": ab,
        "nachweis": "Einkommensteuerbescheid 2024",
        "nachweis_vom": date(2026, 1, 12),
        **EINZEL,
        **angaben,
    }
    return services.record_pruefung(
        budget=akte.budget, by=akte.fallmanager, tag=HEUTE, angaben=werte
    )


def decide(akte: fabriken.Akte, row: Beitragspruefung, am: date = HEUTE) -> Beitragspruefung:
    """Draft, submit, release and post the Bescheid, and let it be made known."""
    bescheid = services.decide_pruefung(row=row, by=akte.fallmanager, tag=am)
    if row.belastet and not bescheid.anhoerung_verzicht:
        bescheid = update_folgebescheid(
            row=bescheid,
            by=akte.fallmanager,
            tag=am,
            angaben={"anhoerung_verzicht": "3", "verzicht_grund": "Es sind Ihre Angaben."},
        )
    folge.decide(akte, bescheid, am)
    services.begin_wirkungen(tag=date(2026, 1, 31))
    row.refresh_from_db()
    return row
