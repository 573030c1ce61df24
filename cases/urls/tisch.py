"""Desk: Fristen, calendar, team, daily run."""

from __future__ import annotations

from django.urls import path

from cases.access import SCHREIBROLLEN, TAGESROLLEN
from cases.registry import FALL, note_foreign_route, route
from cases.states import Rolle
from cases.views import frist, kalender, tageslauf, team

LAUFROLLEN = (Rolle.LEITUNG, Rolle.FACHADMINISTRATION)

# The one page without login: a calendar program shows its secret address instead.
note_foreign_route("kalender_feed", oeffentlich=True, schreibt=False)


def _step(muster: str, name: str) -> object:
    return route(
        f"faelle/<int:fall>/fristen/{muster}",
        getattr(frist, name),
        name=name,
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    )


urlpatterns = [
    _step("neu/", "frist_neu"),
    _step("<int:frist>/anhalten/", "frist_anhalten"),
    _step("<int:frist>/fortsetzen/", "frist_fortsetzen"),
    _step("<int:frist>/erledigt/", "frist_erledigt"),
    route("kalender/", kalender.kalender, name="kalender", rollen=TAGESROLLEN, menue="Kalender"),
    route("kalender/woche/", kalender.kalender_woche, name="kalender_woche", rollen=TAGESROLLEN),
    route(
        "kalender/abo/",
        kalender.kalender_abo,
        name="kalender_abo",
        rollen=TAGESROLLEN,
        schreibt=True,
    ),
    route(
        "kalender/abo/beenden/",
        kalender.kalender_abo_beenden,
        name="kalender_abo_beenden",
        rollen=TAGESROLLEN,
        schreibt=True,
    ),
    path("kalender/<str:schluessel>/fristen.ics", kalender.kalender_feed, name="kalender_feed"),
    route("team/", team.teamlast, name="teamlast", rollen=(Rolle.LEITUNG,), menue="Mein Team"),
    route("team/<int:person>/", team.team_mitglied, name="team_mitglied", rollen=(Rolle.LEITUNG,)),
    route(
        "tageslauf/", tageslauf.tageslauf, name="tageslauf", rollen=LAUFROLLEN, menue="Tageslauf"
    ),
    route(
        "tageslauf/neuberechnung/<int:neuberechnung>/",
        tageslauf.fristneuberechnung,
        name="fristneuberechnung",
        rollen=LAUFROLLEN,
    ),
]
