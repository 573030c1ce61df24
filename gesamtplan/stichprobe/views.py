"""Pages of the random sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context
from gesamtplan.states.stichprobe import STICHPROBE
from gesamtplan.stichprobe import services
from gesamtplan.stichprobe.forms import StichprobeForm
from gesamtplan.stichprobe.queries import find_stichprobe, stichproben_of
from gesamtplan.stichprobe.schritte import STICHPROBENSCHRITTE, Stichprobenlage

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

# As many as one page shows; the open ones come first.
_HOECHSTENS = 200


def planstichproben(request: CaseRequest) -> HttpResponse:
    """Show the drawn plans of the teams that this supervisor leads, the open ones first."""
    heute = timezone.localdate()
    zeilen = [
        {
            "row": row,
            "farbe": STICHPROBE.farben[row.state],
            "schritt": STICHPROBENSCHRITTE.schritt(
                Stichprobenlage(request.user, heute, row), "pruefen"
            ),
        }
        for row in stichproben_of(request.user, heute)[:_HOECHSTENS]
    ]
    context = {
        "titel": "Stichproben",
        "zeilen": zeilen,
        "brotkrumen": [("Stichproben", None)],
    }
    return render(request, "gesamtplan/stichprobe/liste.html", context)


def planstichprobe_pruefen(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Note what the second look has found."""
    row, heute = find_stichprobe(request.case, version), timezone.localdate()
    if row is None:
        raise Http404
    zurueck = reverse("planstichproben")
    if weg := misplaced(request, STICHPROBE, "pruefen", row.state, zurueck):
        return weg
    schritt = STICHPROBENSCHRITTE.schritt(Stichprobenlage(request.user, heute, row), "pruefen")
    if request.method != "POST" and (schritt is None or schritt.hindernisse):
        return redirect(zurueck)

    def act(form: StichprobeForm) -> str:
        services.record_stichprobe(
            stichprobe=row,
            ergebnis=form.cleaned_data["ergebnis"],
            bemerkung=form.cleaned_data["bemerkung"],
            by=request.user,
            tag=heute,
        )
        return zurueck

    return run_form(
        request,
        StichprobeForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Stichprobe",
            "gesamtplan",
            zurueck=zurueck,
            einleitung=f"{row.gesamtplan}: Lesen Sie den Plan und halten Sie fest, ob er in "
            "Ordnung ist.",
        ),
        act=act,
        done="Das Ergebnis ist festgehalten.",
    )
