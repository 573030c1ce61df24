"""Desk: Fristen, calendar, team, daily run."""

from __future__ import annotations

from django.urls import path

from cases.access import FALLROLLEN, TAGESROLLEN
from cases.registry.routen import note_foreign_route, route
from cases.states.rolle import Rolle
from cases.tisch.views import betrieb, kalender, start, tabelle, tageslauf, team
from cases.verzeichnis.guards import LESEROLLEN

ALLE = tuple(Rolle)

LAUFROLLEN = (Rolle.LEITUNG, Rolle.FACHADMINISTRATION)

# The one page without login: a calendar program shows its secret address instead.
note_foreign_route("kalender_feed", oeffentlich=True, schreibt=False)


urlpatterns = [
    route("kalender/", kalender.kalender, name="kalender", rollen=TAGESROLLEN, menue="Kalender"),
    route("kalender/woche/", kalender.kalender_woche, name="kalender_woche", rollen=TAGESROLLEN),
    route(
        "kalender/abo/",
        kalender.kalender_abo,
        name="kalender_abo",
        rollen=TAGESROLLEN,
        schreibt=True,
        bestaetigt=True,
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
    route(
        "betrieb/",
        betrieb.betrieb,
        name="betrieb",
        rollen=(Rolle.FACHADMINISTRATION,),
        menue="Betrieb",
    ),
    route("", start.start, name="start", rollen=ALLE, menue="Mein Tag"),
    route(
        "sitzung/verlaengern/",
        start.sitzung_verlaengern,
        name="sitzung_verlaengern",
        rollen=ALLE,
        schreibt=True,
    ),
    route("hilfe/", start.hilfe, name="hilfe", rollen=ALLE),
    route("barrierefreiheit/", start.barrierefreiheit, name="barrierefreiheit", rollen=ALLE),
    route(
        "faelle/tabelle/<str:art>/",
        tabelle.faelle,
        name="faelle_tabelle",
        rollen=FALLROLLEN,
        bestaetigt=True,
    ),
    route(
        "fristen/tabelle/<str:art>/",
        tabelle.fristen,
        name="fristen_tabelle",
        rollen=TAGESROLLEN,
        bestaetigt=True,
    ),
    route(
        "verzeichnis/tabelle/<str:art>/",
        tabelle.verzeichnis,
        name="verzeichnis_tabelle",
        rollen=LESEROLLEN,
        bestaetigt=True,
    ),
]
