"""The list of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from cases import access
from cases.fall.queries.fallliste import (
    SPALTEN,
    ZAEHLGRENZE,
    Filter,
    filter_caseworkers,
    filter_teams,
    ordnung_or_standard,
    page_of_cases,
)
from cases.registry.routen import adresse
from cases.services.auffaelligkeit import note_listenabruf
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


def faelle(request: CaseRequest) -> HttpResponse:
    """List the visible cases, filtered and sorted."""
    heute = timezone.localdate()
    teams = filter_teams(request.user)
    personen = filter_caseworkers(request.user, teams)
    wahl = filter_of(request, {t.pk for t in teams}, {p.pk for p in personen})
    seite = page_of_cases(
        request.user, heute, wahl, nach=_zahl(request, "nach"), vor=_zahl(request, "vor")
    )
    note_listenabruf(by=request.user, route="faelle", anzahl=len(seite.rows))
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
            "wahl": wahl,
            "gefiltert": wahl != Filter(ordnung=wahl.ordnung),
            "zusatz": urlencode(_angaben(wahl)),
            "heute": heute,
            "darf_anlegen": access.may_write(request.user),
        },
    )


def filter_of(request: CaseRequest, teams: set[int], personen: set[int]) -> Filter:
    """Return what the address restricts the list to; anything unknown does not restrict."""
    state = request.GET.get("zustand", "")
    team, person = _zahl(request, "team"), _zahl(request, "zustaendig")
    return Filter(
        state=state if state in Fallzustand.values else "",
        team=team if team in teams else None,
        caseworker=person if person in personen else None,
        nur_eigene=request.GET.get("eigene") == "1",
        ordnung=ordnung_or_standard(request.GET.get("ordnung", "")),
    )


def _zahl(request: CaseRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _angaben(wahl: Filter) -> dict[str, str]:
    """Return the filter as the address carries it: numbers and words, never a name."""
    angaben = {
        "zustand": wahl.state,
        "team": wahl.team,
        "zustaendig": wahl.caseworker,
        "eigene": 1 if wahl.nur_eigene else None,
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
        "url": f"?{urlencode({**_angaben(wahl), 'ordnung': ziel})}",
        "richtung": ("descending" if ab else "ascending") if jetzt else "",
    }
