"""Import of existing cases and lists to take away: URLs with their rights."""

from __future__ import annotations

from cases.austausch.views import austausch, importprofil, nacharbeit
from cases.registry.routen import route
from cases.states.rolle import Rolle

LEITUNG = (Rolle.LEITUNG,)
PROFILROLLEN = (Rolle.FACHADMINISTRATION,)
_EINER = "bestandsuebernahme/<int:stapel>/"
_PROFILE = "importprofile/"

urlpatterns = [
    route(
        "bestandsuebernahme/",
        austausch.stapel_liste,
        name="importstapel_liste",
        rollen=LEITUNG,
        menue="Bestandsübernahme",
    ),
    route(
        "bestandsuebernahme/neu/",
        austausch.stapel_neu,
        name="importstapel_neu",
        rollen=LEITUNG,
        schreibt=True,
    ),
    route(_EINER, austausch.stapel, name="importstapel", rollen=LEITUNG),
    route(
        f"{_EINER}entscheiden/",
        austausch.entscheiden,
        name="importstapel_entscheiden",
        rollen=LEITUNG,
        schreibt=True,
    ),
    route(
        f"{_EINER}uebernehmen/",
        austausch.uebernehmen,
        name="importstapel_uebernehmen",
        rollen=LEITUNG,
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        f"{_EINER}zuruecknehmen/",
        austausch.zuruecknehmen,
        name="importstapel_zuruecknehmen",
        rollen=LEITUNG,
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        f"{_EINER}verwerfen/",
        austausch.verwerfen,
        name="importstapel_verwerfen",
        rollen=LEITUNG,
        schreibt=True,
    ),
    route(
        f"{_EINER}woerter/",
        nacharbeit.woerter,
        name="importstapel_woerter",
        rollen=LEITUNG,
        schreibt=True,
    ),
    route(
        f"{_EINER}wiedervorlage/",
        nacharbeit.vorlage,
        name="importstapel_vorlage",
        rollen=LEITUNG,
        schreibt=True,
    ),
    route(
        f"{_EINER}nacharbeit/",
        nacharbeit.nacharbeit,
        name="importstapel_nacharbeit",
        rollen=LEITUNG,
    ),
    route(
        f"{_EINER}fehler.xlsx",
        austausch.fehlermappe,
        name="importstapel_fehler",
        rollen=LEITUNG,
        bestaetigt=True,
    ),
    route(
        _PROFILE,
        importprofil.profil_liste,
        name="importprofile",
        rollen=PROFILROLLEN,
        menue="Importprofile",
    ),
    route(
        f"{_PROFILE}neu/",
        importprofil.profil_neu,
        name="importprofil_neu",
        rollen=PROFILROLLEN,
        schreibt=True,
    ),
    route(
        f"{_PROFILE}lernen/",
        importprofil.lernen,
        name="importprofil_lernen",
        rollen=PROFILROLLEN,
        schreibt=True,
    ),
    route(
        f"{_PROFILE}<int:profil>/",
        importprofil.profil,
        name="importprofil",
        rollen=PROFILROLLEN,
        schreibt=True,
    ),
    route(
        f"{_PROFILE}<int:profil>/vorlage.xlsx",
        importprofil.vorlage,
        name="importprofil_vorlage",
        rollen=(*PROFILROLLEN, *LEITUNG),
    ),
]
