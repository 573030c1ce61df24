"""Drafts and the state of the session: URLs with their rights."""

from __future__ import annotations

from cases.registry import route
from cases.states import Rolle
from cases.views import entwurf

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
]
