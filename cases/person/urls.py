"""The person of a case: page, form, dated facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern

from cases.access import FALLROLLEN, SCHREIBROLLEN, VERMERKROLLEN
from cases.person.views import person, personenangabe, schutz, suche
from cases.registry.routen import FALL, route
from cases.states.rolle import Rolle
from cases.states.zugang import Abrufart


def _schutz(muster: str, view: Callable[..., Any]) -> URLPattern:
    """A change of the protection of a person: it asks for a fresh confirmation of identity."""
    return route(
        muster,
        view,
        name=view.__name__,
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
        bestaetigt=True,
    )


urlpatterns = [
    route(
        "faelle/<int:fall>/person/",
        person.person_seite,
        name="fall_person",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        "faelle/<int:fall>/person/aendern/",
        person.person,
        name="person",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/anschrift/neu/",
        personenangabe.anschrift_neu,
        name="anschrift_neu",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/hilfebedarfsgruppe/neu/",
        personenangabe.hilfebedarfsgruppe_neu,
        name="hilfebedarfsgruppe_neu",
        rollen=VERMERKROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/person/<str:art>/neu/",
        personenangabe.angabe_neu,
        name="angabe_neu",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/person/<str:art>/<int:angabe>/",
        personenangabe.angabe,
        name="angabe",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/person/<str:art>/<int:angabe>/loeschen/",
        personenangabe.angabe_loeschen,
        name="angabe_loeschen",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/person/bankverbindungen/<int:angabe>/bestaetigen/",
        personenangabe.konto_bestaetigen,
        name="konto_bestaetigen",
        rollen=(Rolle.LEITUNG,),
        objekt=FALL,
        schreibt=True,
        bestaetigt=True,
    ),
    _schutz(
        "faelle/<int:fall>/person/auskunftssperren/<int:angabe>/ende/",
        personenangabe.sperrende_bestaetigen,
    ),
    _schutz(
        "faelle/<int:fall>/person/auskunftssperren/<int:angabe>/beibehalten/",
        personenangabe.sperre_beibehalten,
    ),
    route(
        "faelle/<int:fall>/schutz/", schutz.schutz, name="schutz", rollen=FALLROLLEN, objekt=FALL
    ),
    _schutz("faelle/<int:fall>/schutz/neu/", schutz.schutz_neu),
    _schutz("faelle/<int:fall>/schutz/<int:schutz>/bestaetigen/", schutz.schutz_bestaetigen),
    _schutz("faelle/<int:fall>/schutz/<int:schutz>/aufhebung/", schutz.schutz_aufhebung),
    _schutz("faelle/<int:fall>/schutz/<int:schutz>/beibehalten/", schutz.schutz_beibehalten),
    _schutz("faelle/<int:fall>/schutz/<int:schutz>/aufheben/", schutz.schutz_aufheben),
    route(
        "suche/",
        suche.suche,
        name="suche",
        rollen=FALLROLLEN,
        schreibt=True,
        abruf=Abrufart.SUCHE,
    ),
]
