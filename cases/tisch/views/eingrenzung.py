"""The filter of „Mein Tag“: the same choices as in the list of cases, kept for each person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cases.fall.queries.fallliste import (
    FRISTWAHL,
    RECHTSSTANDWAHL,
    STANDARD,
    Filter,
    filter_teams,
    filter_traeger,
)
from cases.fall.services.listenfilter import save_listenfilter
from cases.fall.views.fallliste import angaben_of, filter_of
from cases.models import User
from cases.states.fall import Fallzustand

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

# Under which name the choices of this page are kept.
LISTE = "start"
_FELDER = ("zustand", "team", "frist", "recht", "handlung", "traeger")


def filter_context(request: CaseRequest) -> dict[str, Any]:
    """Return what the page needs for its filter; nothing is asked while nobody filters.

    The form stands open once somebody asks for it or has chosen something.
    """
    if "alle" in request.GET:
        keep_choice(request.user, dict.fromkeys(_FELDER, ""))
    geschickt = "frist" in request.GET
    gemerkt = request.user.listenfilter.get(LISTE, {})
    angaben = request.GET if geschickt else {n: str(gemerkt.get(n, "")) for n in _FELDER}
    offen = "filter" in request.GET
    if not (geschickt or offen or any(angaben.values())):
        return {"gefiltert": False}
    teams, traeger = filter_teams(request.user), filter_traeger()
    nur_felder = {name: angaben.get(name, "") for name in _FELDER}
    wahl = filter_of(nur_felder, {t.pk for t in teams}, set(), {t.pk for t in traeger})
    if geschickt:
        kept = angaben_of(wahl)
        keep_choice(request.user, {name: kept.get(name, "") for name in _FELDER})
    return {
        "filter_offen": True,
        "gefiltert": wahl != Filter(ordnung=STANDARD),
        "wahl": wahl,
        "teams": teams,
        "traeger": traeger,
        "zustaende": Fallzustand.choices,
        "fristwahl": FRISTWAHL,
        "rechtsstaende": RECHTSSTANDWAHL,
    }


def keep_choice(user: User, angaben: Mapping[str, str]) -> None:
    """Keep some choices of this page beside the others; an empty one is forgotten."""
    alle = {**user.listenfilter.get(LISTE, {}), **angaben}
    gewaehlt = {name: wert for name, wert in alle.items() if wert}
    save_listenfilter(user=user, liste=LISTE, angaben=gewaehlt)
