"""Counts over the cases that a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from cases import access
from cases.models import Frist, User
from cases.states.fall import FALL, Fallzustand
from cases.states.frist import Fristzustand
from recht.fristkatalog import regeln_mit


@dataclass(frozen=True)
class Bestandszeile:
    """How many cases stand in one state."""

    zustand: str
    wort: str
    farbe: str
    anzahl: int


@dataclass(frozen=True)
class Treuezeile:
    """How often one Frist was kept and missed."""

    regel: str
    bezeichnung: str
    gewahrt: int
    versaeumt: int
    offen: int
    ueberfaellig: int


def bestand(user: User, stichtag: date) -> list[Bestandszeile]:
    """Return the number of visible cases per state, states without cases included."""
    counted = dict(
        access.visible_to(user, stichtag)
        .order_by()
        .values_list("state")
        .annotate(anzahl=Count("pk", distinct=True))
    )
    return [
        Bestandszeile(
            state.value, state.label, FALL.farben[state.value], counted.get(state.value, 0)
        )
        for state in Fallzustand
    ]


def fristentreue(user: User, stichtag: date) -> list[Treuezeile]:
    """Return kept, missed, open and overdue Fristen of the visible cases.

    Counted are those whose keeping the authority answers for (`im_bericht` in the catalogue).
    """
    rows = (
        Frist.objects.filter(
            case__in=access.visible_to(user, stichtag).values("pk"),
            regel__in=regeln_mit("im_bericht"),
        )
        .order_by("regel")
        .values("regel", "bezeichnung")
        .annotate(
            gewahrt=Count("pk", filter=Q(state=Fristzustand.GEWAHRT)),
            versaeumt=Count("pk", filter=Q(state=Fristzustand.VERSAEUMT)),
            offen=Count("pk", filter=Q(state=Fristzustand.OFFEN, ende__gte=stichtag)),
            ueberfaellig=Count("pk", filter=Q(state=Fristzustand.OFFEN, ende__lt=stichtag)),
        )
    )
    return [Treuezeile(**row) for row in rows]
