"""The page „Zitierte Normen“: the dated index of every norm that the program names."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.behoerde.forms.normen import NormenfilterForm
from recht.grad import GRADE
from recht.normen import normzeilen

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

PAGE_ROWS = 50


def normen(request: CaseRequest) -> HttpResponse:
    """Show the norms with the days on which they hold and how sure that is."""
    form = NormenfilterForm(request.GET)
    gesetz, nur_gedaechtnis = "", False
    if form.is_valid():
        gesetz = form.cleaned_data["gesetz"]
        nur_gedaechtnis = form.cleaned_data["gedaechtnis"]
    alle = normzeilen()
    zeilen = [
        zeile
        for zeile in alle
        if gesetz in ("", zeile.norm.gesetz) and (zeile.gedaechtnis or not nur_gedaechtnis)
    ]
    seite = Paginator(zeilen, PAGE_ROWS).get_page(request.GET.get("seite"))
    angaben = {"gesetz": gesetz, "gedaechtnis": "on" if nur_gedaechtnis else ""}
    return render(
        request,
        "cases/behoerde/werte/normen.html",
        {
            "titel": "Zitierte Normen",
            "form": form,
            "zeilen": [(zeile, GRADE[zeile.grad]) for zeile in seite],
            "seite": seite,
            "seiten_zusatz": urlencode({name: wert for name, wert in angaben.items() if wert}),
            "anzahl": len(alle),
            "ungeprueft": sum(zeile.gedaechtnis for zeile in alle),
            "zurueck": reverse("werte"),
            "brotkrumen": [
                ("Mein Tag", reverse("start")),
                ("Rechtsstand und Werte", reverse("werte")),
                ("Zitierte Normen", None),
            ],
        },
        status=422 if form.errors else 200,
    )
