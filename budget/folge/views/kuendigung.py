"""The notice of the authority: frozen, signed by hand, sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from budget.folge.services import kuendigung as services
from budget.folge.views.bescheid import folgebescheid_or_404
from cases.schreiben.views.vorschau import dispatch_url
from cases.views.formular import run_step

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def folge_kuendigung(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Freeze the notice, then lead to its dispatch; POST only."""
    row = folgebescheid_or_404(request, bescheid)

    def act() -> str:
        schreiben = services.issue_kuendigung(row=row, by=request.user, tag=timezone.localdate())
        return dispatch_url(schreiben)

    return run_step(
        request,
        act=act,
        back=reverse("folgebescheid", args=[fall, bescheid]),
        done="Die Kündigung ist festgeschrieben. Sie muss schriftlich sein: Bitte unterschreiben "
        "Sie sie von Hand und versenden Sie sie auf Papier.",
    )
