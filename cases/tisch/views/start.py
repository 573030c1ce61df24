"""„Mein Tag“, list of cases, search, help."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone

from cases import access
from cases.registry.aufruf import show_cases
from cases.registry.menue import menu_for
from cases.states.rolle import Rolle
from cases.tisch.queries.arbeitstag import abschnitte_of, arbeitszeilen_of, case_rows
from cases.tisch.queries.handbuch import chapters_of
from cases.tisch.views.eingrenzung import LISTE, filter_context, keep_choice

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

# The first page of a role without a desk, where it is not the first of its navigation.
_ERSTE_SEITE = {Rolle.KASSE.value: "auszahlungen"}
# What a second person has to release stands before everything else: others wait for it.
_ZUERST = ("freigabe", "Wartet auf Ihre Freigabe")
_ARTEN = (
    ("aufgabe", "Wartet auf mich"),
    ("entwurf", "Angefangen"),
    ("warten", "Darauf warte ich"),
)


def start(request: CaseRequest) -> HttpResponse:
    """Show what waits today, or the first page of a role without cases."""
    user, heute = request.user, timezone.localdate()
    if not user.has_rolle(*access.TISCHROLLEN):
        eigene = [name for rolle, name in _ERSTE_SEITE.items() if user.has_rolle(rolle)]
        menue = [entry.name for entry in menu_for(user) if entry.name != "start"]
        for name in (*eigene, *menue):
            return redirect(name)
    eingrenzung = filter_context(request) if user.has_rolle(*access.FALLROLLEN) else {}
    wahl = eingrenzung.get("wahl") if eingrenzung.get("gefiltert") else None
    zeilen = arbeitszeilen_of(user, heute, wahl)
    if access.may_write(user):
        zeilen += case_rows(user, heute, wahl)
    arten = [(titel, [zeile for zeile in zeilen if zeile.art == art]) for art, titel in _ARTEN]
    # A row that leads to a case is found in the page; the others name their case here.
    ohne_weg = {zeile.fall for zeile in zeilen if "/faelle/" not in zeile.url and zeile.fall}
    show_cases(request, aktenzeichen=ohne_weg)
    freigaben = [zeile for zeile in zeilen if zeile.art == _ZUERST[0]]
    abschnitte = abschnitte_of(user, heute, wahl)
    teile = [
        *([(_ZUERST[0], _ZUERST[1], len(freigaben))] if freigaben else []),
        *((a.schluessel, a.titel, len(a.zeilen)) for a in abschnitte),
        *(
            (art, titel, len(rows))
            for (art, _), (titel, rows) in zip(_ARTEN, arten, strict=True)
            if rows
        ),
    ]
    was = _choice(request, {name for name, _, _ in teile})
    context = {
        **eingrenzung,
        "titel": "Mein Tag",
        "heute": heute,
        "teile": teile,
        "was": was,
        "zuerst": [(_ZUERST[1], freigaben)] if freigaben and was in {"", _ZUERST[0]} else [],
        "abschnitte": [a for a in abschnitte if was in {"", a.schluessel}],
        "arten": [
            (titel, rows)
            for (art, _), (titel, rows) in zip(_ARTEN, arten, strict=True)
            if rows and was in {"", art}
        ],
        "darf_anlegen": access.may_write(user),
        "darf_suchen": user.has_rolle(*access.FALLROLLEN),
    }
    return render(request, "cases/tisch/start/mein_tag.html", context)


def _choice(request: CaseRequest, da: set[str]) -> str:
    """Return the part of the day that is looked at, as this person left it; empty for all.

    A part that has nothing today hides nothing.
    """
    if "was" in request.GET:
        gewaehlt = request.GET["was"]
        keep_choice(request.user, {"was": gewaehlt if gewaehlt in da else ""})
    gemerkt = str(request.user.listenfilter.get(LISTE, {}).get("was", ""))
    return gemerkt if gemerkt in da else ""


def sitzung_verlaengern(request: CaseRequest) -> HttpResponse:
    """Keep the session alive: the middleware has set its mark when this answers."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    request.session["zuletzt"] = int(time.time())
    return HttpResponse(status=204)


def hilfe(request: CaseRequest) -> HttpResponse:
    """Show the handbook: what everybody should know, and the chapters of the own roles."""
    context = {"titel": "Hilfe", "kapitel": chapters_of(request.user.rollen)}
    return render(request, "cases/tisch/seite/hilfe.html", context)


def barrierefreiheit(request: CaseRequest) -> HttpResponse:
    """Show the statement on accessibility."""
    return render(request, "cases/tisch/seite/barrierefreiheit.html", {"titel": "Barrierefreiheit"})
