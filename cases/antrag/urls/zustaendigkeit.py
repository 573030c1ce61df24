"""Addresses of the Zuständigkeit of a case."""

from __future__ import annotations

from cases.access import FALLROLLEN, SCHREIBROLLEN
from cases.antrag.schreiben.zustaendigkeit import SCHREIBENARTEN
from cases.antrag.views import zustaendigkeit as seiten
from cases.antrag.views import zustaendigkeitsschritte as schritte
from cases.registry.routen import FALL, route
from cases.schreiben.views.vorschau import festschreiben, vorschau

_FALL = "faelle/<int:fall>/"
_ORT = f"{_FALL}zustaendigkeit/"
_ARTEN = tuple(art.schluessel for art in SCHREIBENARTEN)

_SCHRITTE = (
    (f"{_FALL}weiterleiten/", schritte.weiterleiten, "weiterleiten"),
    (f"{_ORT}pruefung/", seiten.pruefung, "zustaendigkeit_pruefung"),
    (f"{_ORT}uebernahme/", schritte.uebernahme, "zustaendigkeit_uebernahme"),
    (f"{_ORT}turboklaerung/", schritte.turbo, "zustaendigkeit_turbo"),
    (f"{_ORT}teil/", schritte.teil, "zustaendigkeit_teil"),
    (f"{_ORT}beteiligung/", schritte.beteiligung, "zustaendigkeit_beteiligung"),
    (
        f"{_ORT}beteiligung/<int:beteiligung>/feststellung/",
        schritte.feststellung,
        "beteiligung_feststellung",
    ),
    (f"{_ORT}vorlaeufig/", schritte.vorlaeufig, "zustaendigkeit_vorlaeufig"),
    (f"{_ORT}vorlaeufig/klaerung/", schritte.vorlaeufigkeit_klaeren, "vorlaeufigkeit_klaeren"),
    (
        f"{_ORT}schreiben/<str:art>/<int:anlass>/",
        festschreiben(*_ARTEN),
        "zustaendigkeit_schreiben",
    ),
)

urlpatterns = [
    route(
        _ORT,
        seiten.zustaendigkeit,
        name="zustaendigkeit",
        rollen=FALLROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    *(
        route(muster, view, name=name, rollen=SCHREIBROLLEN, objekt=FALL, schreibt=True)
        for muster, view, name in _SCHRITTE
    ),
    route(
        f"{_ORT}schreiben/<str:art>/<int:anlass>/entwurf.pdf",
        vorschau(*_ARTEN),
        name="zustaendigkeit_schreiben_entwurf",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
    ),
]
