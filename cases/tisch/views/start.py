"""„Mein Tag“, list of cases, search, help."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone

from cases import access
from cases.registry.menue import menu_for
from cases.states.rolle import Rolle
from cases.tisch.queries.arbeitstag import abschnitte_of, arbeitszeilen_of, case_rows

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

# The first page of a role without a desk, where it is not the first of its navigation.
_ERSTE_SEITE = {Rolle.KASSE.value: "auszahlungen"}
_ARTEN = (
    ("aufgabe", "Wartet auf mich"),
    ("entwurf", "Angefangen"),
    ("warten", "Darauf warte ich"),
)


def start(request: CaseRequest) -> HttpResponse:
    """Show what waits today, or the first page of a role without cases."""
    user, heute = request.user, timezone.localdate()
    if not user.has_rolle(*access.TAGESROLLEN):
        eigene = [name for rolle, name in _ERSTE_SEITE.items() if user.has_rolle(rolle)]
        menue = [entry.name for entry in menu_for(user) if entry.name != "start"]
        for name in (*eigene, *menue):
            return redirect(name)
    zeilen = arbeitszeilen_of(user, heute)
    if access.may_write(user):
        zeilen += case_rows(user, heute)
    arten = [(titel, [zeile for zeile in zeilen if zeile.art == art]) for art, titel in _ARTEN]
    context = {
        "titel": "Mein Tag",
        "heute": heute,
        "abschnitte": abschnitte_of(user, heute),
        "arten": [(titel, rows) for titel, rows in arten if rows],
        "darf_anlegen": access.may_write(user),
        "darf_suchen": user.has_rolle(*access.FALLROLLEN),
    }
    return render(request, "cases/tisch/start/mein_tag.html", context)


def sitzung_verlaengern(request: CaseRequest) -> HttpResponse:
    """Keep the session alive: the middleware has set its mark when this answers."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    request.session["zuletzt"] = int(time.time())
    return HttpResponse(status=204)


def hilfe(request: CaseRequest) -> HttpResponse:
    """Show the short handbook."""
    return render(request, "cases/tisch/seite/hilfe.html", {"titel": "Hilfe"})


def barrierefreiheit(request: CaseRequest) -> HttpResponse:
    """Show the statement on accessibility."""
    return render(request, "cases/tisch/seite/barrierefreiheit.html", {"titel": "Barrierefreiheit"})
