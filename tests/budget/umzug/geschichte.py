"""A running grant whose person moves, told through the services."""

from __future__ import annotations

from datetime import date
from typing import Any

from budget.models import Umzug
from budget.umzug import services
from cases.models import Anschrift, Wohnsituation
from cases.person.services.personenangabe import add_angabe
from tests.budget import fabriken
from tests.budget.folge import geschichte as folge

HEUTE = folge.HEUTE
UMZUG = date(2026, 6, 15)


def move(akte: fabriken.Akte, am: date = UMZUG, **mehr: Any) -> Anschrift:
    """Record a new home; `mehr` wins over an address in another area."""
    werte = {"strasse": "Neue Straße 1", "plz": "80331", "ort": "München"} | mehr
    return add_angabe(
        case=akte.case,
        modell=Anschrift,
        werte=werte,
        gueltig_ab=am,
        by=akte.fallmanager,
        tag=HEUTE,
    )


def live(akte: fabriken.Akte, wohnform: str, ab: date) -> None:
    """Record how the person lives from a day on."""
    add_angabe(
        case=akte.case,
        modell=Wohnsituation,
        werte={"wohnform": wohnform},
        gueltig_ab=ab,
        by=akte.fallmanager,
        tag=HEUTE,
    )


def decide(akte: fabriken.Akte, anschrift: Anschrift, **mehr: Any) -> Umzug:
    """Decide about a move; `mehr` wins."""
    werte = {
        "gebiet": "ausserhalb",
        "entscheidung": "unveraendert",
        "grund": "Der Bedarf ist derselbe; der Dienst fährt auch dorthin.",
        "by": akte.fallmanager,
        "tag": HEUTE,
    } | mehr
    return services.decide_umzug(budget=akte.budget, anschrift=anschrift.pk, **werte)
