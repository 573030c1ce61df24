"""The authority: URLs with their rights."""

from __future__ import annotations

from cases.registry import route
from cases.states import Rolle
from cases.views import behoerde

ADMIN = (Rolle.FACHADMINISTRATION,)

urlpatterns = [
    route(
        "behoerde/",
        behoerde.behoerde,
        name="behoerde",
        rollen=(*ADMIN, Rolle.LEITUNG, Rolle.REVISION),
        menue="Behörde",
    ),
    route(
        "behoerde/aendern/",
        behoerde.behoerde_aendern,
        name="behoerde_aendern",
        rollen=ADMIN,
        schreibt=True,
    ),
    route(
        "behoerde/beispiel/",
        behoerde.aktenzeichen_beispiel,
        name="aktenzeichen_beispiel",
        rollen=ADMIN,
    ),
    route(
        "behoerde/teams/<int:team>/kuerzel/",
        behoerde.team_kuerzel,
        name="team_kuerzel",
        rollen=ADMIN,
        schreibt=True,
    ),
]
