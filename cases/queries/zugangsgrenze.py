"""From which number on access stands out: what the authority has set, else the default."""

from __future__ import annotations

from datetime import date

from cases.models import EigenerWert
from cases.models.wertschluessel import ZUGANG_VORGABEN
from cases.states.wert import Wertzustand


def grenzen(stichtag: date) -> dict[str, int]:
    """Return all limits of access that hold on the day; one query."""
    rows = EigenerWert.objects.filter(
        schluessel__in=ZUGANG_VORGABEN, gueltig_ab__lte=stichtag, state=Wertzustand.FREIGEGEBEN
    ).order_by("gueltig_ab")
    eigene = {wert.schluessel: int(wert.zahl) for wert in rows if wert.zahl is not None}
    return {**ZUGANG_VORGABEN, **eigene}


def grenze(schluessel: str, stichtag: date) -> int:
    """Return one limit of access: the authority's own released value, or the built-in one."""
    return grenzen(stichtag)[schluessel]
