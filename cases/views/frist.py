"""Fristen and Wiedervorlagen of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.forms.fall import WiedervorlageForm
from cases.queries.arbeitstag import stufe_of
from cases.queries.fall import fristen_of_case, open_wiedervorlagen
from cases.services.wiedervorlage import create_wiedervorlage, end_wiedervorlage
from cases.views.formular import run_form, run_step
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.middleware import CaseRequest


def fristen(request: CaseRequest, fall: int) -> HttpResponse:
    """Show all Fristen of the case with their explanation, and the open Wiedervorlagen."""
    heute = timezone.localdate()
    return render(
        request,
        "cases/frist/liste.html",
        case_context(
            request,
            "Fristen",
            "fall_fristen",
            fristen=[(frist, *stufe_of(frist, heute)) for frist in fristen_of_case(request.case)],
            wiedervorlagen=list(open_wiedervorlagen(request.case)),
        ),
    )


def wiedervorlage_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Set a reminder for oneself."""

    def act(form: WiedervorlageForm) -> str:
        create_wiedervorlage(
            case=request.case,
            user=request.user,
            am=form.cleaned_data["am"],
            anlass=form.cleaned_data["anlass"],
            by=request.user,
            at=timezone.localdate(),
        )
        return reverse("fall_fristen", args=[fall])

    return run_form(
        request,
        WiedervorlageForm,
        template="base_formular.html",
        context=case_context(
            request, "Neue Wiedervorlage", zurueck=reverse("fall_fristen", args=[fall])
        ),
        act=act,
        done="Die Wiedervorlage ist angelegt.",
    )


def wiedervorlage_erledigt(request: CaseRequest, fall: int, wiedervorlage: int) -> HttpResponse:
    """Mark a reminder as done."""
    row = open_wiedervorlagen(request.case).filter(pk=wiedervorlage, user=request.user).first()
    back = reverse("fall_fristen", args=[fall])
    if row is None and request.method == "GET":
        raise Http404

    def act() -> str:
        if row is not None:
            end_wiedervorlage(wiedervorlage=row, by=request.user, at=timezone.localdate())
        return back

    return run_step(request, act=act, back=back, done="Die Wiedervorlage ist erledigt.")
