"""URLs of the room `frist`, each with its roles and its object rule."""

from __future__ import annotations

from cases.access import FALLROLLEN, SCHREIBROLLEN
from cases.frist.views import frist, fristenrechner
from cases.registry.routen import FALL, route
from cases.states.rolle import Rolle


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
    route(
        "faelle/<int:fall>/fristen/",
        frist.fristen,
        name="fall_fristen",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        "faelle/<int:fall>/wiedervorlagen/neu/",
        frist.wiedervorlage_neu,
        name="wiedervorlage_neu",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/wiedervorlagen/<int:wiedervorlage>/erledigt/",
        frist.wiedervorlage_erledigt,
        name="wiedervorlage_erledigt",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "fristenrechner/",
        fristenrechner.fristenrechner,
        name="fristenrechner",
        rollen=(*FALLROLLEN, Rolle.FACHADMINISTRATION),
        menue="Fristenrechner",
    ),
    route(
        "fristenrechner/bekanntgabe/",
        fristenrechner.bekanntgaberechner,
        name="bekanntgaberechner",
        rollen=(*FALLROLLEN, Rolle.FACHADMINISTRATION),
    ),
    _step("neu/", "frist_neu"),
    _step("<int:frist>/anhalten/", "frist_anhalten"),
    _step("<int:frist>/fortsetzen/", "frist_fortsetzen"),
    _step("<int:frist>/verlaengern/", "frist_verlaengern"),
    _step("<int:frist>/erledigt/", "frist_erledigt"),
]
