"""The report on cases in hand and on keeping of Fristen, for a period and a team, and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from berichte import queries
from berichte.export import bericht_blatt
from berichte.forms import BerichtForm
from cases.export.tabelle import MIME, write_table
from cases.fall.queries.fallliste import filter_teams
from cases.models import Team
from cases.registry.aufruf import show_cases
from cases.states.zugang import Abrufart
from cases.tisch.views.tabelle import file_response

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def bericht(request: CaseRequest) -> HttpResponse:
    """Show how many cases stand where, how they became more or fewer, and how Fristen were kept."""
    form, teams = _form(request)
    context: dict[str, Any] = {
        "titel": "Bestand und Fristentreue",
        "heute": timezone.localdate(),
        "form": form,
        "mehrere_teams": len(teams) > 1,
    }
    if form.is_valid():
        auswahl = queries.Auswahl(**form.cleaned_data)
        zahlen = _counted(request, auswahl)
        context |= {
            **zahlen,
            "auswahl": auswahl,
            "summe": sum(zeile.anzahl for zeile in zahlen["bestand"]),
            "treue_summe": queries.total(zahlen["treue"], "zusammen"),
            "zusatz": _zusatz(auswahl),
            "team_zusatz": urlencode({"team": auswahl.team}) if auswahl.team else "",
        }
    return render(request, "berichte/bestand.html", context, status=422 if form.errors else 200)


def bericht_tabelle(request: CaseRequest, art: str) -> HttpResponse:
    """Hand out the numbers of the page; that somebody took them is noted."""
    if art not in MIME:
        raise Http404
    form, teams = _form(request)
    if not form.is_valid():
        return redirect(f"{reverse('bericht')}?{request.GET.urlencode()}")
    auswahl, heute = queries.Auswahl(**form.cleaned_data), timezone.localdate()
    team = next((str(team) for team in teams if team.pk == auswahl.team), "")
    blatt = bericht_blatt(auswahl, team, heute, **_counted(request, auswahl))
    show_cases(request, art=Abrufart.AUSFUHR, anzahl=len(list(blatt.zeilen)))
    name = f"bestand-und-fristentreue-{heute:%Y-%m-%d}.{art}"
    return file_response(write_table(art, blatt), name, MIME[art])


def _form(request: CaseRequest) -> tuple[BerichtForm, list[Team]]:
    teams = filter_teams(request.user)
    return BerichtForm(request.GET, teams=teams), teams


def _counted(request: CaseRequest, auswahl: queries.Auswahl) -> dict[str, Any]:
    wer, heute = request.user, timezone.localdate()
    return {
        "bestand": queries.bestand(wer, heute, auswahl),
        "bewegung": queries.bewegung(wer, heute, auswahl) if auswahl.zeitraum else None,
        "treue": queries.fristentreue(wer, heute, auswahl),
    }


def _zusatz(auswahl: queries.Auswahl) -> str:
    """Return the choice as the address of the file carries it."""
    tage = {"von": auswahl.von, "bis": auswahl.bis}
    angaben = {name: f"{tag:%d.%m.%Y}" for name, tag in tage.items() if tag}
    return urlencode(angaben | ({"team": str(auswahl.team)} if auswahl.team else {}))
