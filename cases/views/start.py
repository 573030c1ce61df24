"""„Mein Tag“, list of cases, search, help."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.queries.arbeitstag import (
    DESK_ROWS,
    arbeitszeilen_of,
    fristen_of,
    new_cases_of,
    stufe_of,
    wiedervorlagen_of,
)
from cases.registry import Arbeitszeile, menu_for
from cases.states import FALL, Rolle

if TYPE_CHECKING:
    from cases.middleware import CaseRequest
    from cases.models import User


def start(request: CaseRequest) -> HttpResponse:
    """Show what waits today, or the first page of a role without cases."""
    user, heute = request.user, timezone.localdate()
    if not user.has_rolle(*access.TAGESROLLEN):
        for entry in menu_for(user):
            if entry.name != "start":
                return redirect(entry.name)
    fristen = list(fristen_of(user, heute)[: DESK_ROWS + 1])
    context = {
        "titel": "Mein Tag",
        "heute": heute,
        "fristen": [(frist, *stufe_of(frist, heute)) for frist in fristen[:DESK_ROWS]],
        "mehr_fristen": len(fristen) > DESK_ROWS,
        "wiedervorlagen": list(wiedervorlagen_of(user, heute)[:DESK_ROWS]),
        "aufgaben": [*_new_cases(user, heute), *arbeitszeilen_of(user, heute)],
        "darf_anlegen": access.may_write(user),
        "darf_suchen": user.has_rolle(*access.FALLROLLEN),
        "ist_leitung": user.has_rolle(Rolle.LEITUNG),
    }
    return render(request, "cases/start/mein_tag.html", context)


def _new_cases(user: User, heute: date) -> list[Arbeitszeile]:
    return [
        Arbeitszeile(
            gruppe="Neue Fälle",
            titel="Zuständigkeit feststellen",
            fall=case.aktenzeichen,
            name=case.leistungsberechtigte_person.voller_name,
            url=reverse("zustaendigkeit", args=[case.pk]),
            seit=case.eroeffnet_am,
            zustand=case.get_state_display(),
            farbe=FALL.farben[case.state],
        )
        for case in new_cases_of(user, heute)[:DESK_ROWS]
    ]


def sitzung_verlaengern(request: CaseRequest) -> HttpResponse:
    """Keep the session alive: the middleware has set its mark when this answers."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    request.session["zuletzt"] = int(time.time())
    return HttpResponse(status=204)


def hilfe(request: CaseRequest) -> HttpResponse:
    """Show the short handbook."""
    return render(request, "cases/seite/hilfe.html", {"titel": "Hilfe"})


def barrierefreiheit(request: CaseRequest) -> HttpResponse:
    """Show the statement on accessibility."""
    return render(request, "cases/seite/barrierefreiheit.html", {"titel": "Barrierefreiheit"})
