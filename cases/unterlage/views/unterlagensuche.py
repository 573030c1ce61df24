"""Search in documents, within a case and over all cases; words travel by POST only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.fall.queries.fall import this_case
from cases.unterlage.forms import SuchwortForm
from cases.unterlage.queries.unterlage import get_unterlage, search_in
from cases.unterlage.services import unterlage as services
from cases.unterlage.services.unterlagensuche import search_unterlagen
from cases.views.formular import run_step
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
            ergebnis=search_in(this_case(request.case), text),
        ),
    )


def suche(request: CaseRequest) -> HttpResponse:
    """Search the documents of all cases that this user may see."""
    text = _words(request)
    ergebnis = search_unterlagen(by=request.user, text=text, tag=timezone.localdate())
    return render(
        request,
        "cases/unterlage/suche.html",
        {"titel": "Unterlagen durchsuchen", "suchtext": text, "ergebnis": ergebnis},
    )


def irrtum_zuruecknehmen(request: CaseRequest, fall: int, unterlage: int) -> HttpResponse:
    """Open a document again that had been marked as filed by mistake."""
    row = get_unterlage(request.case, unterlage)
    ziel = reverse("unterlage", args=[fall, unterlage])

    def act() -> str:
        if row is not None:
            services.take_back_irrtum(unterlage=row, by=request.user, zeitpunkt=timezone.now())
        return ziel

    return run_step(request, act=act, back=ziel, done="Die Unterlage ist wieder geöffnet.")
