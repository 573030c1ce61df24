"""The person of a case: page, form, dated facts."""

from __future__ import annotations

from cases.access import FALLROLLEN, SCHREIBROLLEN
from cases.person.views import person, personenangabe, suche
from cases.registry.routen import FALL, route

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
    route("suche/", suche.suche, name="suche", rollen=FALLROLLEN, schreibt=True),
]
