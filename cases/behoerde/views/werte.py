"""The page „Rechtsstand und Werte“: what the law says on a day, and what the authority has set."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.behoerde.forms.eigener_wert import StichtagForm
from cases.behoerde.queries.behoerde import behoerde_or_none
from cases.behoerde.queries.eigener_wert import list_eigene_werte, values_in_force
from cases.behoerde.queries.gesetzeswert import werte_des_rechts
from cases.behoerde.queries.probelauf import rehearse
from cases.behoerde.queries.werte import deviation_text, values_by_theme
from cases.behoerde.schritte import WERTSCHRITTE, Wertlage
from cases.models import EigenerWert, User
from cases.states.rolle import Rolle
from cases.states.wert import Wertzustand
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
    bestand = werte_des_rechts()
    gruppen = values_by_theme(stichtag, heute, bestand)
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
            "befunde": rehearse(stichtag, bestand) if behoerde_or_none() else [],
            "abweichend": [text for wert in eigene if (text := deviation_text(wert))],
            "darf_vorschlagen": request.user.has_rolle(Rolle.FACHADMINISTRATION),
            **_eigene(eigene, request.user, stichtag, heute),
        },
        status=422 if form.errors else 200,
    )


def _eigene(
    eigene: list[EigenerWert], user: User, stichtag: date, heute: date
) -> dict[str, object]:
    gilt = values_in_force(eigene, stichtag)
    frei = frozenset(
        (w.schluessel, w.gueltig_ab) for w in eigene if w.state == Wertzustand.FREIGEGEBEN
    )
    return {
        "offen": [
            (wert, WERTSCHRITTE.schritte(Wertlage(user, heute, wert, frei)))
            for wert in eigene
            if wert.state == Wertzustand.ENTWURF
        ],
        "freigegeben": [
            (
                wert,
                *_stand(wert, gilt, stichtag),
                WERTSCHRITTE.schritte(Wertlage(user, heute, wert, frei)),
            )
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
