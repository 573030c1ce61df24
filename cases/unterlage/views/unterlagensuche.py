"""Search in documents, within a case and over all cases; words travel by POST only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.fall.queries.fall import this_case
from cases.queries.einsicht import arten_seen, einsicht_of
from cases.registry.aufruf import gezeigt
from cases.unterlage.forms import SuchwortForm
from cases.unterlage.queries.unterlage import get_unterlage, search_in
from cases.unterlage.services import unterlage as services
from cases.unterlage.services.unterlagensuche import search_unterlagen
from cases.views.formular import run_step, still_there
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def _words(request: CaseRequest) -> str:
    form = SuchwortForm(request.POST if request.method == "POST" else {})
    return str(form.cleaned_data["suchtext"]) if form.is_valid() else ""


def suche_im_fall(request: CaseRequest, fall: int) -> HttpResponse:
    """Search the documents of one case."""
    text = _words(request)
    return render(
        request,
        "cases/unterlage/suche_fall.html",
        case_context(
            request,
            "Unterlagen durchsuchen",
            "fall_unterlagen",
            suchtext=text,
            ergebnis=search_in(
                this_case(request.case),
                text,
                Q(art__in=arten_seen(einsicht_of(request.user, request.case))),
            ),
        ),
    )


def suche(request: CaseRequest) -> HttpResponse:
    """Search the documents of all cases that this user may see."""
    text = _words(request)
    ergebnis = search_unterlagen(by=request.user, text=text, tag=timezone.localdate())
    # Who sees an excerpt has read in the case: that is noted as such, once.
    gezeigt(request).vermerkt = True
    return render(
        request,
        "cases/unterlage/suche.html",
        {"titel": "Unterlagen durchsuchen", "suchtext": text, "ergebnis": ergebnis},
    )


def irrtum_zuruecknehmen(request: CaseRequest, fall: int, unterlage: int) -> HttpResponse:
    """Open a document again that had been marked as filed by mistake."""
    row = get_unterlage(request.case, unterlage, einsicht_of(request.user, request.case))
    ziel = reverse("unterlage", args=[fall, unterlage])
    zurueck = ziel if row is not None else reverse("fall_unterlagen", args=[fall])

    def act() -> str:
        services.take_back_irrtum(
            unterlage=still_there(row), by=request.user, zeitpunkt=timezone.now()
        )
        return ziel

    return run_step(request, act=act, back=zurueck, done="Die Unterlage ist wieder geöffnet.")
