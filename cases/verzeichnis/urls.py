"""The directory: URLs with their rights."""

from __future__ import annotations

from cases.registry.routen import route
from cases.verzeichnis.guards import ANLEGEROLLEN, LESEROLLEN, PFLEGEROLLEN
from cases.verzeichnis.views import angebot, eintrag, verzeichnis, zusammenfuehrung

_EINTRAG = "verzeichnis/<str:gattung>/<int:eintrag>/"
_ERBRINGER = "verzeichnis/leistungserbringer/<int:eintrag>/angebote/"

urlpatterns = [
    route(
        "verzeichnis/",
        verzeichnis.verzeichnis,
        name="verzeichnis",
        rollen=LESEROLLEN,
        menue="Verzeichnis",
        schreibt=True,
    ),
    route(
        "verzeichnis/neu/<str:bereich>/",
        eintrag.eintrag_neu,
        name="verzeichnis_neu",
        rollen=ANLEGEROLLEN,
        schreibt=True,
    ),
    route(
        "verzeichnis/doppel/",
        zusammenfuehrung.doppel,
        name="verzeichnis_doppel",
        rollen=PFLEGEROLLEN,
    ),
    route(
        "verzeichnis/zusammenfuehrungen/<int:zusammenfuehrung>/",
        zusammenfuehrung.zusammenfuehrung,
        name="zusammenfuehrung",
        rollen=PFLEGEROLLEN,
        schreibt=True,
    ),
    route(_EINTRAG, eintrag.eintrag, name="verzeichnis_eintrag", rollen=LESEROLLEN),
    route(
        f"{_EINTRAG}bearbeiten/",
        eintrag.eintrag_bearbeiten,
        name="verzeichnis_bearbeiten",
        rollen=ANLEGEROLLEN,
        schreibt=True,
    ),
    route(
        f"{_EINTRAG}beenden/",
        eintrag.eintrag_beenden,
        name="verzeichnis_beenden",
        rollen=ANLEGEROLLEN,
        schreibt=True,
    ),
    route(
        f"{_EINTRAG}bestaetigen/",
        eintrag.eintrag_bestaetigen,
        name="verzeichnis_bestaetigen",
        rollen=PFLEGEROLLEN,
        schreibt=True,
    ),
    route(
        f"{_EINTRAG}loeschen/",
        eintrag.eintrag_loeschen,
        name="verzeichnis_loeschen",
        rollen=PFLEGEROLLEN,
        schreibt=True,
    ),
    route(
        f"{_EINTRAG}zusammenfuehren/",
        zusammenfuehrung.kandidaten,
        name="verzeichnis_kandidaten",
        rollen=PFLEGEROLLEN,
    ),
    route(
        f"{_EINTRAG}zusammenfuehren/<int:anderer>/",
        zusammenfuehrung.zusammenfuehren,
        name="verzeichnis_zusammenfuehren",
        rollen=PFLEGEROLLEN,
        schreibt=True,
    ),
    route(
        f"{_EINTRAG}verschieden/<int:anderer>/",
        zusammenfuehrung.verschieden,
        name="verzeichnis_verschieden",
        rollen=PFLEGEROLLEN,
        schreibt=True,
    ),
    route(
        f"{_EINTRAG}ansprechpersonen/neu/",
        angebot.ansprechperson_neu,
        name="ansprechperson_neu",
        rollen=ANLEGEROLLEN,
        schreibt=True,
    ),
    route(
        f"{_EINTRAG}ansprechpersonen/<int:ansprechperson>/",
        angebot.ansprechperson,
        name="ansprechperson",
        rollen=ANLEGEROLLEN,
        schreibt=True,
    ),
    route(
        f"{_ERBRINGER}neu/",
        angebot.angebot_neu,
        name="angebot_neu",
        rollen=ANLEGEROLLEN,
        schreibt=True,
    ),
    route(
        f"{_ERBRINGER}<int:angebot>/",
        angebot.angebot,
        name="angebot",
        rollen=ANLEGEROLLEN,
        schreibt=True,
    ),
    route(
        f"{_ERBRINGER}<int:angebot>/preise/neu/",
        angebot.preis_neu,
        name="preis_neu",
        rollen=ANLEGEROLLEN,
        schreibt=True,
    ),
    route(
        f"{_ERBRINGER}<int:angebot>/preise/<int:preis>/",
        angebot.preis,
        name="preis",
        rollen=ANLEGEROLLEN,
        schreibt=True,
    ),
]
