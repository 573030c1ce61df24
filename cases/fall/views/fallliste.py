"""The list of cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode

from cases import access
from cases.fall.queries.fallliste import (
    FRISTWAHL,
    RECHTSSTANDWAHL,
    SPALTEN,
    STANDARD,
    ZAEHLGRENZE,
    Filter,
    filter_caseworkers,
    filter_teams,
    filter_traeger,
    ordnung_or_standard,
    page_of_cases,
)
from cases.fall.services.listenfilter import save_listenfilter
from cases.registry.aufruf import show_cases
from cases.registry.routen import adresse
from cases.states.fall import FALL, Fallzustand

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_TITEL = {
    "aktenzeichen": "Aktenzeichen",
    "person": "Person",
    "zustand": "Zustand",
    "eroeffnet": "eröffnet",
    "zustaendig": "Fallmanagement",
}


_LISTE = "faelle"


def faelle(request: CaseRequest) -> HttpResponse:
    """List the visible cases, filtered and sorted; without a choice as this person left it."""
    if not request.GET and request.user.listenfilter.get(_LISTE):
        return redirect(f"{request.path}?{urlencode(request.user.listenfilter[_LISTE])}")
    heute = timezone.localdate()
    teams = filter_teams(request.user)
    personen = filter_caseworkers(request.user, teams)
    traeger = filter_traeger()
    wahl = filter_of(
        request.GET, {t.pk for t in teams}, {p.pk for p in personen}, {t.pk for t in traeger}
    )
    seite = page_of_cases(
        request.user, heute, wahl, nach=_zahl(request.GET, "nach"), vor=_zahl(request.GET, "vor")
    )
    if "ordnung" in request.GET or "alle" in request.GET:
        # The form itself or its order, not an address that somebody follows.
        gewaehlt = {n: w for n, w in angaben_of(wahl).items() if n != "ordnung" or w != STANDARD}
        save_listenfilter(user=request.user, liste=_LISTE, angaben=gewaehlt)
    show_cases(request, [case.pk for case in seite.rows], anzahl=len(seite.rows))
    return render(
        request,
        "cases/fall/liste.html",
        {
            "titel": "Fälle",
            "seite": seite,
            "zeilen": [
                (case, FALL.farben[case.state], adresse("fall", case.pk)) for case in seite.rows
            ],
            # Not „spalten“: a table would take that for its data.
            "koepfe": {name: _spalte(name, wahl) for name in SPALTEN},
            "zaehlgrenze": ZAEHLGRENZE,
            "zustaende": Fallzustand.choices,
            "teams": teams,
            "personen": personen,
            "traeger": traeger,
            "fristwahl": FRISTWAHL,
            "rechtsstaende": RECHTSSTANDWAHL,
            "wahl": wahl,
            "gefiltert": wahl != Filter(ordnung=wahl.ordnung),
            "zusatz": urlencode(angaben_of(wahl)),
            "heute": heute,
            "darf_anlegen": access.may_write(request.user),
        },
    )


def filter_of(
    angaben: Mapping[str, str], teams: set[int], personen: set[int], traeger: set[int]
) -> Filter:
    """Return what an address or a kept choice restricts to; anything unknown does not restrict."""
    state, frist = angaben.get("zustand", ""), angaben.get("frist", "")
    team, person = _zahl(angaben, "team"), _zahl(angaben, "zustaendig")
    wer, stand = _zahl(angaben, "traeger"), angaben.get("recht", "")
    return Filter(
        state=state if state in Fallzustand.values else "",
        team=team if team in teams else None,
        caseworker=person if person in personen else None,
        nur_eigene=angaben.get("eigene") == "1",
        ordnung=ordnung_or_standard(angaben.get("ordnung", "")),
        frist=frist if frist in {name for name, _, _ in FRISTWAHL} else "",
        rechtsstand=stand if stand in dict(RECHTSSTANDWAHL) else "",
        handlung=angaben.get("handlung") == "1",
        traeger=wer if wer in traeger else None,
    )


def _zahl(angaben: Mapping[str, str], name: str) -> int | None:
    text = angaben.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def angaben_of(wahl: Filter) -> dict[str, str]:
    """Return the filter as the address carries it: numbers and words, never a name."""
    angaben = {
        "zustand": wahl.state,
        "team": wahl.team,
        "zustaendig": wahl.caseworker,
        "eigene": 1 if wahl.nur_eigene else None,
        "frist": wahl.frist,
        "recht": wahl.rechtsstand,
        "handlung": 1 if wahl.handlung else None,
        "traeger": wahl.traeger,
        "ordnung": wahl.ordnung,
    }
    return {name: str(wert) for name, wert in angaben.items() if wert}


def _spalte(name: str, wahl: Filter) -> dict[str, str]:
    """Return title, address and present direction of a sortable column."""
    jetzt = wahl.ordnung.removeprefix("-") == name
    ab = wahl.ordnung.startswith("-")
    ziel = f"-{name}" if jetzt and not ab else name
    return {
        "titel": _TITEL[name],
        "url": f"?{urlencode({**angaben_of(wahl), 'ordnung': ziel})}",
        "richtung": ("descending" if ab else "ascending") if jetzt else "",
    }
