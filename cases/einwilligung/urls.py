"""Addresses of the register of consents of a case."""

from __future__ import annotations

from cases.access import FALLROLLEN, SCHREIBROLLEN
from cases.einwilligung import views as einwilligung
from cases.registry.routen import FALL, route

_ORT = "faelle/<int:fall>/einwilligungen/"

_SCHRITTE = (
    (f"{_ORT}neu/", einwilligung.einwilligung_neu, "einwilligung_neu"),
    (f"{_ORT}vordruck/", einwilligung.einwilligung_vordruck, "einwilligung_vordruck"),
    (
        f"{_ORT}<int:einwilligung>/widerruf/",
        einwilligung.einwilligung_widerruf,
        "einwilligung_widerruf",
    ),
    (
        f"{_ORT}<int:einwilligung>/abdruck/",
        einwilligung.einwilligung_abdruck,
        "einwilligung_abdruck",
    ),
)

urlpatterns = [
    route(_ORT, einwilligung.einwilligungen, name="einwilligungen", rollen=FALLROLLEN, objekt=FALL),
    *(
        route(muster, view, name=name, rollen=SCHREIBROLLEN, objekt=FALL, schreibt=True)
        for muster, view, name in _SCHRITTE
    ),
]
