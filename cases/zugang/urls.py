"""Accounts, emergency access, read log, Datenschutz: URLs with their rights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern

from cases.access import TAGESROLLEN
from cases.registry.routen import route
from cases.states.rolle import Rolle
from cases.zugang.views import abwesenheit, anmeldung, datenschutz, konto, kontoaenderung

BV = (Rolle.BERECHTIGUNG,)


def _konto(muster: str, view: Callable[..., Any], menue: str = "") -> URLPattern:
    """A page of the Berechtigungsverwaltung that changes nothing."""
    return route(muster, view, name=view.__name__, rollen=BV, menue=menue)


def _aendert(muster: str, view: Callable[..., Any]) -> URLPattern:
    """A change of accounts: it asks for a fresh confirmation of identity."""
    return route(muster, view, name=view.__name__, rollen=BV, schreibt=True, bestaetigt=True)


urlpatterns = [
    route("konten/", konto.konten, name="konten", rollen=BV, menue="Konten", schreibt=True),
    _aendert("konten/neu/", konto.konto_neu),
    _konto("konten/verlauf/", kontoaenderung.kontoaenderungen),
    _aendert("konten/aenderungen/<int:aenderung>/", kontoaenderung.kontoaenderung),
    _aendert(
        "konten/aenderungen/<int:aenderung>/ablehnen/", kontoaenderung.kontoaenderung_ablehnen
    ),
    _aendert(
        "konten/aenderungen/<int:aenderung>/zurueckziehen/",
        kontoaenderung.kontoaenderung_zurueckziehen,
    ),
    _konto("konten/<int:konto>/", konto.konto),
    _aendert("konten/<int:konto>/angaben/", konto.konto_angaben),
    _aendert("konten/<int:konto>/aendern/<slug:vorgang>/", konto.konto_aendern),
    _konto("teams/", konto.teams, "Teams"),
    _aendert("teams/neu/", konto.team_neu),
    _aendert("teams/<int:team>/", konto.team),
    route("anmeldungen/", anmeldung.anmeldungen, name="anmeldungen", rollen=tuple(Rolle)),
    route(
        "datenschutz/anmeldungen/",
        anmeldung.datenschutz_anmeldungen,
        name="datenschutz_anmeldungen",
        rollen=(Rolle.DATENSCHUTZ,),
    ),
    route(
        "datenschutz/",
        datenschutz.datenschutz,
        name="datenschutz",
        rollen=(Rolle.DATENSCHUTZ,),
        menue="Datenschutz",
        schreibt=True,
    ),
    route(
        "datenschutz/papiere/<slug:papier>/",
        datenschutz.papier,
        name="datenschutz_papier",
        rollen=(Rolle.DATENSCHUTZ,),
    ),
    route(
        "datenschutz/auffaelligkeiten/<int:auffaelligkeit>/",
        datenschutz.auffaelligkeit,
        name="auffaelligkeit",
        rollen=(Rolle.DATENSCHUTZ,),
        schreibt=True,
    ),
    route(
        "abwesenheiten/",
        abwesenheit.abwesenheiten,
        name="abwesenheiten",
        rollen=TAGESROLLEN,
        menue="Abwesenheiten",
    ),
    route(
        "abwesenheiten/neu/",
        abwesenheit.abwesenheit_neu,
        name="abwesenheit_neu",
        rollen=TAGESROLLEN,
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        "abwesenheiten/<int:abwesenheit>/bestaetigen/",
        abwesenheit.abwesenheit_bestaetigen,
        name="abwesenheit_bestaetigen",
        rollen=TAGESROLLEN,
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        "abwesenheiten/<int:abwesenheit>/beenden/",
        abwesenheit.abwesenheit_beenden,
        name="abwesenheit_beenden",
        rollen=TAGESROLLEN,
        schreibt=True,
    ),
]
