"""The page „Rechtsstand und Werte“: what the law says on a day, and what the authority has set."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.behoerde.forms.eigener_wert import StichtagForm
from cases.behoerde.guards.eigener_wert import wert_durch_zweite_person, wert_noch_nicht_in_kraft
from cases.behoerde.queries.eigener_wert import list_eigene_werte, values_in_force
from cases.behoerde.queries.werte import values_by_theme
from cases.models import EigenerWert, User
from cases.registry.schritt import Schritt
from cases.states.rolle import Rolle
from cases.states.wert import EIGENER_WERT, Wertzustand
from recht.rechtsstand import BEZEICHNUNG, rechtsstand_am

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def werte(request: CaseRequest) -> HttpResponse:
    """Show all values of the chosen day by theme, and the own values with their steps."""
    heute = timezone.localdate()
    form = StichtagForm(request.GET if "stichtag" in request.GET else None)
    stichtag = form.cleaned_data["stichtag"] if form.is_valid() else heute
    if not form.is_bound:
        form.fields["stichtag"].initial = heute
    gruppen = values_by_theme(stichtag, heute)
    eigene = list(list_eigene_werte())
    return render(
        request,
        "cases/behoerde/werte/seite.html",
        {
            "titel": "Rechtsstand und Werte",
            "form": form,
            "stichtag": stichtag,
            "rechtsstand": BEZEICHNUNG[rechtsstand_am(stichtag)],
            "gruppen": [gruppe for gruppe in gruppen if gruppe.zeilen],
            "ohne_wert": [gruppe.titel for gruppe in gruppen if not gruppe.zeilen],
            "anzahl": sum(len(gruppe.zeilen) for gruppe in gruppen),
            "zu_pruefen": sum(gruppe.zu_pruefen for gruppe in gruppen),
            "darf_vorschlagen": request.user.has_rolle(Rolle.FACHADMINISTRATION),
            **_eigene(eigene, request.user, stichtag, heute),
        },
        status=422 if form.errors else 200,
    )


def _eigene(
    eigene: list[EigenerWert], user: User, stichtag: date, heute: date
) -> dict[str, object]:
    gilt = values_in_force(eigene, stichtag)
    return {
        "offen": [
            (wert, steps_of(wert, user, heute))
            for wert in eigene
            if wert.state == Wertzustand.ENTWURF
        ],
        "freigegeben": [
            (wert, *_stand(wert, gilt, stichtag), steps_of(wert, user, heute))
            for wert in eigene
            if wert.state == Wertzustand.FREIGEGEBEN
        ],
        "verworfen": [wert for wert in eigene if wert.state == Wertzustand.VERWORFEN],
    }


def _stand(wert: EigenerWert, gilt: set[int], stichtag: date) -> tuple[str, str]:
    """Return word and colour of a released value as seen from the day."""
    if wert.pk in gilt:
        return "gilt", "success"
    if wert.gueltig_ab > stichtag:
        return "gilt später", "info"
    return "abgelöst", "neutral"


def steps_of(wert: EigenerWert, user: User, heute: date) -> list[Schritt]:
    """Return the steps of a value that this role may take, closed ones with their reason."""
    steps = []
    for zeile in EIGENER_WERT.schritte(wert.state):
        if not user.rollen & zeile.rollen:
            continue
        hindernis = None
        if zeile.schritt == "freigeben":
            hindernis = wert_durch_zweite_person(wert, user)
        elif zeile.schritt == "zuruecknehmen" and wert_noch_nicht_in_kraft(wert, heute):
            # A later value is the way then; the page says so once, not in every row.
            continue
        steps.append(
            Schritt(
                zeile.titel,
                reverse(f"eigener_wert_{zeile.schritt}", args=[wert.pk]),
                hindernisse=(hindernis,) if hindernis else (),
            )
        )
    return steps
