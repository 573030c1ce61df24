"""The supervisor's view of the teams: load, overdue, absence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.fall.queries.team import member_of, open_fristen_of_member, team_load
from cases.frist.queries import stufe_of

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


# What a number of the overview counts, and how the page behind it is called.
_WAS = {
    "bald": "Fristen in 7 Tagen",
    "ueberfaellig": "Überfällige Fristen",
    "gemeldet": "Gemeldete Fristen",
}


def teamlast(request: CaseRequest) -> HttpResponse:
    """Show one row per member of the led teams."""
    heute = timezone.localdate()
    context = {"titel": "Mein Team", "heute": heute, "mitglieder": team_load(request.user, heute)}
    return render(request, "cases/tisch/team/last.html", context)


def team_mitglied(request: CaseRequest, person: int) -> HttpResponse:
    """Show the running Fristen of one member."""
    member = member_of(request.user, person)
    if member is None:
        raise Http404
    heute = timezone.localdate()
    was = request.GET.get("was", "")
    titel = _WAS.get(was, "Laufende Fristen")
    rows = open_fristen_of_member(request.user, member, heute, was)
    fristen = [(f, *stufe_of(f, heute)) for f in rows]
    return render(
        request,
        "cases/tisch/team/mitglied.html",
        {
            "titel": titel,
            "mitglied": member,
            "fristen": fristen,
            "brotkrumen": [("Mein Team", reverse("teamlast")), (titel, None)],
        },
    )
