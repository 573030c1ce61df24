"""A released decision goes back to its author, because its letter must not leave as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from budget.folge.schritte import FOLGESCHRITTE, Folgelage
from budget.folge.services import bescheid as services
from budget.folge.views.bescheid import folgebescheid_or_404
from budget.states.folge import FOLGEBESCHEID
from budget.verfahren.forms import GrundForm
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def folge_neu_freigeben(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Take the release back, because its letter must not leave as it is."""
    row = folgebescheid_or_404(request, bescheid)
    seite = reverse("folgebescheid", args=[row.case_id, row.pk])
    if back := misplaced(request, FOLGEBESCHEID, "neu_freigeben", row.state, seite):
        return back

    def act(form: GrundForm) -> str:
        services.reopen_folgebescheid(
            row=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return seite

    return run_form(
        request,
        GrundForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Bescheid zur neuen Freigabe zurückgeben",
            "budget",
            zurueck=seite,
            einleitung="Das freigegebene Schreiben bleibt in der Akte und darf nicht mehr hinaus. "
            "Der Bescheid ist wieder Entwurf, bis eine zweite Person ihn neu freigibt.",
        ),
        act=act,
        zu=lambda: FOLGESCHRITTE.weigerung(
            Folgelage(request.user, timezone.localdate(), row), "neu_freigeben"
        ),
        done="Der Bescheid ist wieder Entwurf.",
        form_kwargs={
            "label": "Warum ist neu freizugeben?",
            "hilfe": "Zum Beispiel: neue Anschrift, andere Rechtsbehelfsbelehrung, späterer Tag.",
            "knopf": "Zur neuen Freigabe zurückgeben",
        },
    )
