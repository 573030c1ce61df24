"""Steps of the budget itself: begin, change, end."""

from __future__ import annotations

from functools import partial
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
from budget.verfahren.queries import (
    antraege_for_budget,
    first_day_of,
    fitting_antrag,
    get_budget,
    last_day_of,
    list_leistungen,
    open_budget,
    released_gesamtplan,
)
from budget.verfahren.schritte import BEGINN, BUDGETSCHRITTE, Beginnlage, Budgetlage
from cases.models.stand import werte_of
from cases.queries.stand import last_editor
from cases.views.formular import run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from cases.registry.schritt import Hindernis

_FORM = "budget/formular.html"


def budget_or_404(request: CaseRequest) -> PersoenlichesBudget:
    """Return the budget of the case of this request."""
    budget = get_budget(request.case)
    if budget is None:
        raise Http404
    return budget


def budget_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Begin a budget on the newest released plan."""
    plan = released_gesamtplan(request.case)
    antraege = antraege_for_budget(request.case)
    ziel = reverse("budget", args=[fall])

    def act(form: BudgetForm) -> str:
        if plan is None:
            raise Http404
        budget_services.start_budget(
            case=request.case,
            gesamtplan=plan,
            antrag=form.antrag,
            by=request.user,
            tag=timezone.localdate(),
            **{feld: form.cleaned_data[feld] for feld in budget_services.ANGABEN},
        )
        erste = next(iter(list_leistungen(plan)), None)
        if request.POST.get("weiter") == "teilbudget" and erste is not None:
            return reverse("teilbudget", args=[fall, erste.pk])
        return ziel

    if plan is None:
        fehlt = gesamtplan_vorhanden(plan, timezone.localdate())
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
            weitere_knoepfe=[("teilbudget", "Speichern und Beträge festsetzen")],
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(
            Beginnlage(
                request.user, timezone.localdate(), request.case, plan, open_budget(request.case)
            ),
            "anlegen",
        ),
        done="Das Persönliche Budget ist angelegt. Setzen Sie jetzt die Teilbudgets fest.",
        initial={"beginn": first_day_of(plan), "ende": last_day_of(plan)},
        form_kwargs={"antraege": antraege, "antrag": fitting_antrag(antraege)},
    )


def _weigerung(
    request: CaseRequest, row: PersoenlichesBudget, schritt: str
) -> tuple[Hindernis, ...]:
    return BUDGETSCHRITTE.weigerung(Budgetlage(request.user, timezone.localdate(), row), schritt)


def budget_bearbeiten(request: CaseRequest, fall: int) -> HttpResponse:
    """Change period, ceiling or procedure."""
    row, ziel = budget_or_404(request), reverse("budget", args=[fall])
    antraege = antraege_for_budget(request.case, row)

    def act(form: BudgetForm) -> str:
        budget_services.update_budget(
            budget=row,
            antrag=form.antrag,
            by=request.user,
            tag=timezone.localdate(),
            gesehen=form.stand_jetzt,
            **{feld: form.cleaned_data[feld] for feld in budget_services.ANGABEN},
        )
        return ziel

    return run_form(
        request,
        BudgetForm,
        template=_FORM,
        context=case_context(request, "Angaben zum Budget ändern", "budget", zurueck=ziel),
        act=act,
        zu=lambda: _weigerung(request, row, "bearbeiten"),
        done="Die Angaben sind gespeichert.",
        gespeichert=werte_of(row, budget_services.GEZEIGT),
        zuletzt=partial(last_editor, row),
        form_kwargs={"antraege": antraege, "antrag": row.antrag},
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
        zu=lambda: _weigerung(request, row, "beenden"),
        done="Das Persönliche Budget ist beendet.",
        form_kwargs={
            "label": "Warum endet das Persönliche Budget?",
            "hilfe": "Zum Beispiel: Der Bewilligungszeitraum ist abgelaufen.",
            "knopf": "Persönliches Budget beenden",
        },
    )
