"""The page that shows what went to other bodies and what came from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.views.rahmen import case_context
from gesamtplan.stellen.queries import mitteilungen_of

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def andere_stellen(request: CaseRequest, fall: int) -> HttpResponse:
    """Show every transmission of the case with its day and ground."""
    return render(
        request,
        "gesamtplan/stellen/liste.html",
        case_context(
            request,
            "Andere Stellen",
            "gesamtplan",
            zeilen=mitteilungen_of(request.case),
            zurueck=reverse("gesamtplan", args=[fall]),
        ),
    )
