"""URLs of the floor `cases`: those of all rooms, and of the drafts that every form has."""

from __future__ import annotations

from cases.antrag.urls import antrag, zustaendigkeit
from cases.austausch import urls as austausch
from cases.behoerde import urls as behoerde
from cases.einwilligung import urls as einwilligung
from cases.fall import urls as fall
from cases.frist import urls as frist
from cases.person import urls as person
from cases.registry.routen import route
from cases.schreiben import urls as schreiben
from cases.states.rolle import Rolle
from cases.textbaustein import urls as textbaustein
from cases.tisch import urls as tisch
from cases.unterlage.urls import chronik, unterlage
from cases.verzeichnis import urls as verzeichnis
from cases.views import entwurf
from cases.zugang import urls as zugang

ALLE = tuple(Rolle)

urlpatterns = [
    route(
        "entwurf/sichern/",
        entwurf.entwurf_sichern,
        name="entwurf_sichern",
        rollen=ALLE,
        schreibt=True,
    ),
    route(
        "entwurf/verwerfen/",
        entwurf.entwurf_verwerfen,
        name="entwurf_verwerfen",
        rollen=ALLE,
        schreibt=True,
    ),
    route("sitzung/stand/", entwurf.sitzung_stand, name="sitzung_stand", rollen=ALLE),
    *behoerde.urlpatterns,
    *textbaustein.urlpatterns,
    *zugang.urlpatterns,
    *frist.urlpatterns,
    *person.urlpatterns,
    *verzeichnis.urlpatterns,
    *fall.urlpatterns,
    *schreiben.urlpatterns,
    *tisch.urlpatterns,
    *chronik.urlpatterns,
    *unterlage.urlpatterns,
    *antrag.urlpatterns,
    *zustaendigkeit.urlpatterns,
    *einwilligung.urlpatterns,
    *austausch.urlpatterns,
]
