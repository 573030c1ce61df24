"""„Ihre Anmeldungen“, and the same of all accounts for the Datenschutz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.zugang.queries import anmeldung as queries

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

ZEILEN = 50
_MELDUNGEN = 20


def anmeldungen(request: CaseRequest) -> HttpResponse:
    """Show the person what happened at the door of the own account, and what was told."""
    rows = queries.anmeldungen_of(request.user)
    return render(
        request,
        "cases/zugang/anmeldung/eigene.html",
        {
            "titel": "Ihre Anmeldungen",
            "seite": Paginator(rows, ZEILEN).get_page(request.GET.get("seite")),
            "meldungen": list(queries.meldungen_an(request.user)[:_MELDUNGEN]),
        },
    )


def datenschutz_anmeldungen(request: CaseRequest) -> HttpResponse:
    """Show the Datenschutz what happened at all doors."""
    rows = queries.alle_anmeldungen()
    return render(
        request,
        "cases/zugang/anmeldung/alle.html",
        {
            "titel": "Anmeldungen",
            "brotkrumen": [("Datenschutz", reverse("datenschutz")), ("Anmeldungen", None)],
            "seite": Paginator(rows, ZEILEN).get_page(request.GET.get("seite")),
        },
    )
