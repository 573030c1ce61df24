"""URLs of the room `textbaustein`, each with its roles."""

from __future__ import annotations

from cases.registry.routen import route
from cases.states.rolle import Rolle
from cases.textbaustein import views

_SCHREIBT = (Rolle.FACHADMINISTRATION,)
_ENTSCHEIDET = (Rolle.FACHADMINISTRATION, Rolle.LEITUNG)

urlpatterns = [
    route(
        "textbausteine/",
        views.textbausteine,
        name="textbausteine",
        rollen=(*_ENTSCHEIDET, Rolle.REVISION),
        menue="Textbausteine",
    ),
    route(
        "textbausteine/neu/",
        views.textbaustein_neu,
        name="textbaustein_neu",
        rollen=_SCHREIBT,
        schreibt=True,
    ),
    route(
        "arbeitshinweise/",
        views.arbeitshinweise,
        name="arbeitshinweise",
        rollen=(*_ENTSCHEIDET, Rolle.REVISION),
        menue="Arbeitshinweise",
    ),
    route(
        "arbeitshinweise/neu/",
        views.arbeitshinweis_neu,
        name="arbeitshinweis_neu",
        rollen=_SCHREIBT,
        schreibt=True,
    ),
    route(
        "textbausteine/<int:textbaustein>/bearbeiten/",
        views.textbaustein_bearbeiten,
        name="textbaustein_bearbeiten",
        rollen=_SCHREIBT,
        schreibt=True,
    ),
    route(
        "textbausteine/<int:textbaustein>/fortschreiben/",
        views.textbaustein_fortschreiben,
        name="textbaustein_fortschreiben",
        rollen=_SCHREIBT,
        schreibt=True,
    ),
    route(
        "textbausteine/<int:textbaustein>/freigeben/",
        views.textbaustein_freigeben,
        name="textbaustein_freigeben",
        rollen=_ENTSCHEIDET,
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        "textbausteine/<int:textbaustein>/verwerfen/",
        views.textbaustein_verwerfen,
        name="textbaustein_verwerfen",
        rollen=_ENTSCHEIDET,
        schreibt=True,
    ),
    route(
        "textbausteine/<int:textbaustein>/beenden/",
        views.textbaustein_beenden,
        name="textbaustein_beenden",
        rollen=_ENTSCHEIDET,
        schreibt=True,
    ),
]
