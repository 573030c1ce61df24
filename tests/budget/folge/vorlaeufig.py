"""Money that is paid before the Antrag is decided, told through the services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from budget.folge.services import bescheid as folge
from budget.models import Folgebescheid
from tests.budget import fabriken
from tests.budget.folge import geschichte

# The Antrag of 02.03.2026 is decided on 20.04.2026, for the time from 01.04.2026 on.
TAGE = fabriken.Tage(
    date(2026, 3, 2),
    date(2026, 4, 1),
    date(2026, 4, 8),
    date(2026, 4, 15),
    date(2026, 4, 20),
    date(2026, 4, 1),
    None,
)
TAG = date(2026, 3, 9)
# Posted on 10.03. it is made known on 14.03. (a Saturday counts).
AUFGABE = date(2026, 3, 10)
ANGABEN: dict[str, Any] = {
    "sachverhalt": "Die Assistenz ist seit dem 28.02.2026 weggefallen.",
    "gruende": "Der Anspruch steht fest; die Stunden sind noch zu ermitteln.",
    "ermessen": "Ohne Assistenz kann die Person die Wohnung nicht halten.",
    "fall_des_gesetzes": "1",
    "betrag": Decimal("1500.00"),
    "zeitraum_von": date(2026, 3, 1),
    "zeitraum_bis": date(2026, 6, 30),
}


def draft(akte: fabriken.Akte, tag: date = TAG, **angaben: Any) -> Folgebescheid:
    """Draft a provisional decision about the Antrag; `angaben` win."""
    return folge.draft_folgebescheid(
        case=akte.case,
        art="vorlaeufig",
        gegenstand=akte.case.antraege.get(),
        by=akte.fallmanager,
        tag=tag,
        angaben=ANGABEN | angaben,
    )


def granted(**angaben: Any) -> tuple[fabriken.Akte, Folgebescheid]:
    """Return a case in which money is paid provisionally."""
    akte = fabriken.make_akte(TAGE)
    return akte, geschichte.decide(akte, draft(akte, **angaben), AUFGABE)


def settle(akte: fabriken.Akte, betrag: str, von: date, bis: date, am: date) -> Folgebescheid:
    """Ask back what was too much, after the person was asked."""
    row = folge.draft_folgebescheid(
        case=akte.case,
        art="vorlaeufig_zurueck",
        gegenstand=akte.case.antraege.get(),
        by=akte.fallmanager,
        tag=am,
        angaben={
            "sachverhalt": "Vorläufig ist mehr gezahlt, als zusteht.",
            "gruende": "Für März 2026 ist nichts bewilligt.",
            "betrag": Decimal(betrag),
            "zeitraum_von": von,
            "zeitraum_bis": bis,
            "anhoerung_verzicht": "5",
            "verzicht_grund": "Es geht um Leistungen nach dem Einkommen.",
        },
    )
    return geschichte.decide(akte, row, am)


def lower(akte: fabriken.Akte, ab: date, betrag: str | None, am: date, **angaben: Any) -> Any:
    """Draft that less is paid provisionally, or nothing; without the Anhörung."""
    return folge.draft_folgebescheid(
        case=akte.case,
        art="vorlaeufig_aenderung",
        gegenstand=akte.case.antraege.get(),
        by=akte.fallmanager,
        tag=am,
        angaben={
            "sachverhalt": "Seit dem 01.04.2026 hilft die Schwester an zwei Tagen.",
            "gruende": "Bis zur Entscheidung sind weniger Stunden nötig.",
            "ermessen": "Mit dem Rest bleibt die Assistenz an den anderen Tagen gesichert.",
            "fall_des_gesetzes": "W" if betrag else "E",
            "wirkt_ab": ab,
            "betrag": Decimal(betrag) if betrag else None,
            "anhoerung_verzicht": "1",
            "verzicht_grund": "Es eilt.",
            # Of a waiver: written and received after the Bekanntgabe of 14.03.2026.
            "verzicht_vom": date(2026, 4, 8),
            "verzicht_eingang": date(2026, 4, 10),
            **angaben,
        },
    )
