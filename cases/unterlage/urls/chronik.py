"""Chronik and notes."""

from __future__ import annotations

from cases.access import FALLROLLEN, VERMERKROLLEN
from cases.registry.routen import FALL, route
from cases.unterlage.views import chronik

_FALL = "faelle/<int:fall>/"
_VERMERK = f"{_FALL}vermerke/<int:vermerk>/"

urlpatterns = [
    route(f"{_FALL}chronik/", chronik.chronik, name="fall_chronik", rollen=FALLROLLEN, objekt=FALL),
    route(
        f"{_FALL}chronik/suche/",
        chronik.chronik_suche,
        name="chronik_suche",
        rollen=FALLROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        f"{_FALL}vermerke/neu/",
        chronik.vermerk_neu,
        name="vermerk_neu",
        rollen=VERMERKROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(_VERMERK, chronik.vermerk, name="vermerk", rollen=FALLROLLEN, objekt=FALL),
    route(
        f"{_VERMERK}berichtigen/",
        chronik.vermerk_berichtigen,
        name="vermerk_berichtigen",
        rollen=VERMERKROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        f"{_VERMERK}nachtrag/",
        chronik.nachtrag_neu,
        name="nachtrag_neu",
        rollen=VERMERKROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
]
