"""Steps of the budget itself: begin, change, end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from budget.models import PersoenlichesBudget
from budget.verfahren import services as budget_services
from budget.verfahren.forms import BudgetForm, GrundForm
from budget.verfahren.guards import gesamtplan_vorhanden
from budget.verfahren.queries import get_budget, released_gesamtplan
from cases.views.formular import run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_FORM = "budget/formular.html"
_FELDER = (
    "beginn",
    "ende",
    "befristungsgrund",
    "bindung_ab",
    "vergleichssumme",
    "deckel_ausnahme",
    "verfahrensart",
)


def budget_or_404(request: CaseRequest) -> PersoenlichesBudget:
    """Return the budget of the case of this request."""
    budget = get_budget(request.case)
    if budget is None:
        raise Http404
    return budget


def budget_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Begin a budget on the newest released plan."""
    plan = released_gesamtplan(request.case)
    ziel = reverse("budget", args=[fall])

    def act(form: BudgetForm) -> str:
        if plan is None:
            raise Http404
        budget_services.start_budget(
            case=request.case,
            gesamtplan=plan,
            by=request.user,
            tag=timezone.localdate(),
            **{feld: form.cleaned_data[feld] for feld in _FELDER},
        )
        return ziel

    if plan is None:
        fehlt = gesamtplan_vorhanden(plan)
        messages.error(request, fehlt.text if fehlt else "")
        return redirect(ziel)
    return run_form(
        request,
        BudgetForm,
        template=_FORM,
        context=case_context(
            request,
            "Persönliches Budget anlegen",
            "budget",
            zurueck=ziel,
            einleitung=f"Grundlage ist der Gesamtplan, Version {plan.version}, vom "
            f"{plan.datum:%d.%m.%Y}.",
        ),
        act=act,
        done="Das Persönliche Budget ist angelegt. Setzen Sie jetzt die Teilbudgets fest.",
    )


def budget_bearbeiten(request: CaseRequest, fall: int) -> HttpResponse:
    """Change period, ceiling or procedure."""
    row, ziel = budget_or_404(request), reverse("budget", args=[fall])

    def act(form: BudgetForm) -> str:
        budget_services.update_budget(
            budget=row,
            by=request.user,
            tag=timezone.localdate(),
            **{feld: form.cleaned_data[feld] for feld in _FELDER},
        )
        return ziel

    return run_form(
        request,
        BudgetForm,
        template=_FORM,
        context=case_context(request, "Angaben zum Budget ändern", "budget", zurueck=ziel),
        act=act,
        done="Die Angaben sind gespeichert.",
        initial={feld: getattr(row, feld) for feld in _FELDER},
    )


def budget_beenden(request: CaseRequest, fall: int) -> HttpResponse:
    """End a budget whose time is over."""
    row, ziel = budget_or_404(request), reverse("budget", args=[fall])

    def act(form: GrundForm) -> str:
        budget_services.end_budget(
            budget=row, grund=form.cleaned_data["text"], by=request.user, tag=timezone.localdate()
        )
        return ziel

    return run_form(
        request,
        GrundForm,
        template=_FORM,
        context=case_context(request, "Persönliches Budget beenden", "budget", zurueck=ziel),
        act=act,
        done="Das Persönliche Budget ist beendet.",
        form_kwargs={
            "label": "Warum endet das Persönliche Budget?",
            "hilfe": "Zum Beispiel: Der Bewilligungszeitraum ist abgelaufen.",
            "knopf": "Persönliches Budget beenden",
        },
    )
