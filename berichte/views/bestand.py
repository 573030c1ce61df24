"""The report on cases in hand and on keeping of Fristen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from berichte import queries

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def bericht(request: CaseRequest) -> HttpResponse:
    """Show how many cases stand where, and how Fristen were kept."""
    heute = timezone.localdate()
    zeilen = queries.bestand(request.user, heute)
    return render(
        request,
        "berichte/bestand.html",
        {
            "titel": "Bestand und Fristentreue",
            "heute": heute,
            "bestand": zeilen,
            "summe": sum(z.anzahl for z in zeilen),
            "treue": queries.fristentreue(request.user, heute),
        },
    )
