"""Documents: below a case, and the search over all of them."""

from __future__ import annotations

from cases.access import FALLROLLEN, SCHREIBROLLEN
from cases.registry.routen import FALL, route
from cases.unterlage.views import schwaerzung, unterlage, unterlagensuche

_LISTE = "faelle/<int:fall>/unterlagen/"
_EINE = f"{_LISTE}<int:unterlage>/"

urlpatterns = [
    route(
        "unterlagen/",
        unterlagensuche.suche,
        name="unterlagen_suche",
        rollen=FALLROLLEN,
        menue="Unterlagen",
        schreibt=True,
    ),
    route(_LISTE, unterlage.unterlagen, name="fall_unterlagen", rollen=FALLROLLEN, objekt=FALL),
    route(
        f"{_LISTE}suche/",
        unterlagensuche.suche_im_fall,
        name="unterlagen_suche_fall",
        rollen=FALLROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        f"{_LISTE}neu/",
        unterlage.unterlage_neu,
        name="unterlage_neu",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(_EINE, unterlage.unterlage, name="unterlage", rollen=FALLROLLEN, objekt=FALL),
    route(
        f"{_EINE}vorschau/",
        unterlage.vorschau,
        name="unterlage_vorschau",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        f"{_EINE}datei/", unterlage.datei, name="unterlage_datei", rollen=FALLROLLEN, objekt=FALL
    ),
    route(
        f"{_EINE}berichtigen/",
        unterlage.unterlage_berichtigen,
        name="unterlage_berichtigen",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        f"{_EINE}irrtuemlich/",
        unterlage.unterlage_irrtuemlich,
        name="unterlage_irrtuemlich",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        f"{_EINE}schwaerzen/",
        schwaerzung.schwaerzung_neu,
        name="schwaerzung_neu",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        f"{_LISTE}schwaerzungen/<int:schwaerzung>/freigeben/",
        schwaerzung.schwaerzung_freigeben,
        name="schwaerzung_freigeben",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        f"{_LISTE}schwaerzungen/<int:schwaerzung>/verwerfen/",
        schwaerzung.schwaerzung_verwerfen,
        name="schwaerzung_verwerfen",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        f"{_EINE}irrtum-zuruecknehmen/",
        unterlagensuche.irrtum_zuruecknehmen,
        name="irrtum_zuruecknehmen",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
]
