"""How the letters are signed: the rule with an example of what it prints."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.behoerde.forms.zeichnung import ZeichnungForm
from cases.behoerde.queries.behoerde import behoerde_or_none
from cases.behoerde.queries.zeichnung import examples_of
from cases.behoerde.services.behoerde import ZEICHNUNG, update_zeichnung
from cases.models.stand import werte_of
from cases.queries.stand import last_editor
from cases.views.formular import run_form

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def behoerde_unterschrift(request: CaseRequest) -> HttpResponse:
    """Set the rule; beside it stands what was typed, as a letter would print it."""
    row = behoerde_or_none()
    gespeichert = werte_of(row, ZEICHNUNG)

    def act(form: ZeichnungForm) -> str:
        update_zeichnung(angaben=form.angaben, by=request.user, gesehen=form.stand_jetzt)
        return reverse("behoerde")

    return run_form(
        request,
        ZeichnungForm,
        template="cases/behoerde/zeichnung/formular.html",
        context={
            "titel": "Unterschrift in Schreiben",
            "zurueck": reverse("behoerde"),
            "brotkrumen": [("Behörde", reverse("behoerde")), ("Unterschrift", None)],
            "beispiele": examples_of(request.POST if request.method == "POST" else gespeichert),
        },
        act=act,
        done="Die Regel für die Unterschrift ist gespeichert.",
        gespeichert=gespeichert,
        zuletzt=partial(last_editor, row),
    )


def unterschrift_beispiel(request: CaseRequest) -> HttpResponse:
    """Answer with the example of a rule while it is being chosen."""
    return render(
        request, "cases/behoerde/zeichnung/beispiele.html", {"beispiele": examples_of(request.GET)}
    )
