"""The tab „Persönliches Budget“ and the steps of the budget itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from budget import guards
from budget.models import PersoenlichesBudget
from budget.queries import (
    antraege_for_budget,
    bekanntgabe_of,
    bescheid_of,
    fitting_antrag,
    gesamtbudget_of,
    get_budget,
    list_leistungen,
    released_gesamtplan,
    zielvereinbarung_of,
)
from budget.states import BESCHEID, BUDGET, ZIELVEREINBARUNG, Budgetzustand
from budget.verfahren import services as budget_services
from budget.verfahren.forms import BudgetForm, GrundForm
from budget.views.schritte import (
    KEIN_PLAN,
    phasen_of_budget,
    schritt_budget_neu,
    schritte_of_budget,
)
from cases import access
from cases.views.formular import run_form, run_step
from cases.views.rahmen import case_context
from recht.geld import format_euro

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


def budget(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the budget: phases, Teilbudgets, sums, ceiling, next steps."""
    row = get_budget(request.case)
    if row is None or row.state == Budgetzustand.BEENDET:
        neu = schritt_budget_neu(request.case, released_gesamtplan(request.case) is not None)
        schritte = [neu] if access.may_write(request.user) else []
    else:
        schritte = []
    context = case_context(request, "Persönliches Budget", "budget", schritte=schritte)
    if row is None:
        return render(request, "budget/verfahren/leer.html", context)
    return render(
        request,
        "budget/verfahren/seite.html",
        context | _context(request, row, schritte),
    )


def _context(request: CaseRequest, row: PersoenlichesBudget, schritte: list[Any]) -> dict[str, Any]:
    heute = timezone.localdate()
    leistungen = list(list_leistungen(row.gesamtplan))
    gesetzt = {t.leistung_id: t for t in row.teilbudgets.all()}
    offen = row.state in {Budgetzustand.BEANTRAGT, Budgetzustand.BEMESSEN}
    zielvereinbarung, bescheid = zielvereinbarung_of(row), bescheid_of(row)
    return {
        "budget": row,
        "farbe": BUDGET.farben[Budgetzustand(row.state)],
        "budgetphasen": phasen_of_budget(row.state, bescheid),
        "zeilen": [(leistung, gesetzt.get(leistung.pk)) for leistung in leistungen],
        "bearbeitbar": offen and access.may_write(request.user),
        "summen": gesamtbudget_of(row),
        "deckel": guards.deckel_eingehalten(row),
        "deckel_satz": _deckel_satz(row),
        "warnung": guards.zeitraum_hoechstens_zwei_jahre(row.beginn, row.ende),
        "zielvereinbarung": zielvereinbarung,
        "farbe_zielvereinbarung": (
            ZIELVEREINBARUNG.farben[zielvereinbarung.state] if zielvereinbarung else ""
        ),
        "bescheid": bescheid,
        "bekanntgabe": bekanntgabe_of(bescheid) if bescheid else None,
        "farbe_bescheid": BESCHEID.farben[bescheid.state] if bescheid else "",
        "schritte": [*schritte_of_budget(row, request.user, leistungen, heute), *schritte],
    }


def _deckel_satz(row: PersoenlichesBudget) -> str:
    if row.vergleichssumme is None:
        return ""
    teil, vergleich = row.summe(ergaenzende=False), row.vergleichssumme
    return f"{format_euro(teil)} gegen {format_euro(vergleich)} ohne Persönliches Budget."


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
            **{feld: form.cleaned_data[feld] for feld in _FELDER},
        )
        return ziel

    if plan is None:
        messages.error(request, KEIN_PLAN.text)
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
        form_kwargs={"antraege": antraege, "antrag": fitting_antrag(antraege)},
    )


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
        form_kwargs={"antraege": antraege, "antrag": row.antrag},
    )


def budget_bemessen(request: CaseRequest, fall: int) -> HttpResponse:
    """Close the measuring."""
    row, ziel = budget_or_404(request), reverse("budget", args=[fall])

    def act() -> str:
        budget_services.finish_bemessung(budget=row, by=request.user, tag=timezone.localdate())
        return ziel

    return run_step(request, act=act, back=ziel, done="Die Bemessung ist abgeschlossen.")


def budget_ohne_vereinbarung(request: CaseRequest, fall: int) -> HttpResponse:
    """Go on without Zielvereinbarung."""
    row, ziel = budget_or_404(request), reverse("budget", args=[fall])

    def act() -> str:
        budget_services.waive_zielvereinbarung(
            budget=row, by=request.user, tag=timezone.localdate()
        )
        return ziel

    return run_step(request, act=act, back=ziel)


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
