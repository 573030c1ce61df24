"""Put together a copy of the released plan for somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.models import Einwilligungsteil
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context
from gesamtplan.plan.forms.mehrausfertigung import EmpfaengerForm, MehrausfertigungForm
from gesamtplan.plan.queries.ausschnitt import abschnitte_of_daten, suggested_abschnitte
from gesamtplan.plan.queries.gesamtplan import einwilligungen_am
from gesamtplan.plan.services import mehrausfertigung as services
from gesamtplan.plan.views.gesamtplan import plan_or_404, plan_url
from gesamtplan.states import GESAMTPLAN

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def mehrausfertigung_neu(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Choose recipient, then sections; `?einwilligung=5` names the consent."""
    plan, heute = plan_or_404(request, version), timezone.localdate()
    if back := misplaced(request, GESAMTPLAN, "weitergeben", plan.state, plan_url(plan)):
        return back
    rows = einwilligungen_am(request.case, Einwilligungsteil.GESAMTPLAN, heute)
    wahl = EmpfaengerForm(request.GET or None, einwilligungen=rows)
    schreiben = plan.schreiben
    if schreiben is None or not wahl.is_valid():
        return render(
            request,
            "gesamtplan/plan/gesamtplan/empfaenger.html",
            case_context(
                request, "Auszug für andere", "gesamtplan", wahl=wahl, rows=rows, plan=plan
            ),
        )
    einwilligung = wahl.cleaned_data["einwilligung"]

    def act(form: MehrausfertigungForm) -> str:
        services.create_mehrausfertigung(
            gesamtplan=plan,
            einwilligung=einwilligung,
            abschnitte=form.cleaned_data["abschnitte"],
            zweck=form.cleaned_data["zweck"],
            by=request.user,
            tag=heute,
        )
        return plan_url(plan, "mehrausfertigungen")

    return run_form(
        request,
        MehrausfertigungForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Auszug für andere",
            "gesamtplan",
            zurueck=plan_url(plan),
            einleitung=f"Für {einwilligung.empfaenger_name}, nach der Einwilligung vom "
            f"{einwilligung.erteilt_am:%d.%m.%Y}.",
        ),
        act=act,
        done="Der Auszug ist zusammengestellt. Sehen Sie ihn an und schreiben Sie ihn fest.",
        form_kwargs={"abschnitte": abschnitte_of_daten(schreiben.daten)},
        initial={
            "abschnitte": suggested_abschnitte(schreiben.daten, einwilligung),
            "zweck": einwilligung.zweck,
        },
    )
