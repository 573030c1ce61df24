"""An intended decision is given up after the Anhörung."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from budget.folge.schritte import FOLGESCHRITTE, Folgelage
from budget.folge.services.absehen import waive_folgebescheid
from budget.folge.views.bescheid import folgebescheid_or_404
from budget.states.folge import FOLGEBESCHEID
from budget.verfahren.forms import GrundForm
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def folge_absehen(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Give up what the person was heard about, with the reason."""
    row = folgebescheid_or_404(request, bescheid)
    seite = reverse("folgebescheid", args=[row.case_id, row.pk])
    if back := misplaced(request, FOLGEBESCHEID, "absehen", row.state, seite):
        return back

    def act(form: GrundForm) -> str:
        waive_folgebescheid(
            row=row, grund=form.cleaned_data["text"], by=request.user, tag=timezone.localdate()
        )
        return seite

    return run_form(
        request,
        GrundForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Von der Absicht absehen",
            "budget",
            zurueck=seite,
            einleitung="Entwurf, Anhörung und Äußerung bleiben in der Akte; entschieden wird "
            "darüber nicht. Teilen Sie der Person mit, dass es bleibt, wie es ist.",
        ),
        act=act,
        zu=lambda: FOLGESCHRITTE.weigerung(
            Folgelage(request.user, timezone.localdate(), row), "absehen"
        ),
        done="Von der Absicht ist abgesehen. Teilen Sie es der Person mit.",
        form_kwargs={
            "label": "Warum sehen Sie davon ab?",
            "hilfe": "Zum Beispiel: Nach der Äußerung besteht der Bedarf weiter.",
            "knopf": "Von der Absicht absehen",
        },
    )
