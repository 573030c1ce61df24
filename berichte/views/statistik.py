"""What the yearly report still lacks, all year round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from berichte import queries
from cases.registry.aufruf import show_cases

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_SEITENZEILEN = 50


def statistik(request: CaseRequest) -> HttpResponse:
    """List the cases whose report would be incomplete today, with what is missing."""
    heute = timezone.localdate()
    luecken = queries.statistikluecken(request.user, heute)
    seite = Paginator(luecken, _SEITENZEILEN).get_page(request.GET.get("seite"))
    show_cases(request, [luecke.case.pk for luecke in seite], anzahl=len(seite.object_list))
    context = {
        "titel": "Für die Statistik fehlt",
        "heute": heute,
        "seite": seite,
        "anzahl": len(luecken),
    }
    return render(request, "berichte/statistik.html", context)
