"""URLs of the floor `berichte`."""

from __future__ import annotations

from berichte.views import bestand, statistik
from cases.access import TAGESROLLEN
from cases.registry.routen import route
from cases.states.rolle import Rolle

urlpatterns = [
    route(
        "bericht/",
        bestand.bericht,
        name="bericht",
        rollen=(Rolle.LEITUNG, Rolle.REVISION),
        menue="Bericht",
    ),
    route(
        "bericht/tabelle/<str:art>/",
        bestand.bericht_tabelle,
        name="bericht_tabelle",
        rollen=(Rolle.LEITUNG, Rolle.REVISION),
        bestaetigt=True,
    ),
    route(
        "bericht/statistik/",
        statistik.statistik,
        name="statistik",
        rollen=TAGESROLLEN,
        menue="Für die Statistik fehlt",
    ),
]
