"""Pages of the interruptions of a budget: what is recorded, what it does, what follows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.folge.queries import laufende_budgets
from budget.models import PersoenlichesBudget, Unterbrechung
from budget.states.unterbrechung import UNTERBRECHUNG, Ruheregel, ruhenorm_of
from budget.unterbrechung import services
from budget.unterbrechung.forms import EndeForm, UnterbrechungForm
from budget.unterbrechung.queries import (
    agreed_rule,
    effect_of,
    gets_pflegegeld,
    pflegegeld_of,
    resting_teile,
    unterbrechung_or_none,
    unterbrechungen_of,
    usual_days,
    werte_of_unterbrechung,
)
from budget.unterbrechung.schritte import BEGINN, UNTERBRECHUNGSSCHRITTE, Unterbrechungslage
from budget.verfahren.queries import get_budget
from budget.verfahren.schritte import Budgetlage
from cases.views.formular import misplaced, run_form, run_step
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_TAB = "budget"


def _budget_or_404(request: CaseRequest) -> PersoenlichesBudget:
    """Return the budget that runs, else the last one: what is prepared beside it is not paid."""
    budget = next(iter(laufende_budgets(request.case)), None) or get_budget(request.case)
    if budget is None:
        raise Http404
    budget.case = request.case
    return budget


def _row_or_404(request: CaseRequest, kennung: int) -> Unterbrechung:
    row = unterbrechung_or_none(request.case, kennung)
    if row is None:
        raise Http404
    row.persoenliches_budget.case = request.case
    return row


def _seite(fall: int) -> str:
    return reverse("unterbrechungen", args=[fall])


def unterbrechungen(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the interruptions with their effect and the next steps."""
    budget, heute = _budget_or_404(request), timezone.localdate()
    return render(
        request,
        "budget/unterbrechung/seite.html",
        case_context(
            request,
            "Unterbrechungen",
            _TAB,
            zeilen=[
                (
                    row,
                    UNTERBRECHUNG.farben[row.state],
                    UNTERBRECHUNGSSCHRITTE.schritte(Unterbrechungslage(request.user, heute, row)),
                    effect_of(row),
                    [t for t in resting_teile(budget) if t.pk in row.teile],
                    pflegegeld_of(row),
                )
                for row in unterbrechungen_of(budget)
            ],
            schritte=BEGINN.schritte(Budgetlage(request.user, heute, budget)),
            zurueck=reverse("budget", args=[fall]),
            **_regel(budget),
        ),
    )


def _regel(budget: PersoenlichesBudget) -> dict[str, Any]:
    return {
        "vereinbart": agreed_rule(budget),
        "norm": ruhenorm_of(budget.beginn),
        "pflegegeld": gets_pflegegeld(budget),
    }


def unterbrechung_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Record an interruption."""
    budget, heute = _budget_or_404(request), timezone.localdate()
    tage = usual_days(budget)

    def act(form: UnterbrechungForm) -> str:
        services.record_unterbrechung(
            budget=budget, angaben=form.eingaben, by=request.user, tag=heute
        )
        return _seite(fall)

    return run_form(
        request,
        UnterbrechungForm,
        template="budget/unterbrechung/formular.html",
        context=case_context(
            request,
            "Unterbrechung vermerken",
            _TAB,
            zurueck=_seite(fall),
            einleitung="Das Budget endet dadurch nicht. Geld ruht erst durch einen Bescheid; den "
            "entwerfen Sie danach.",
            **_regel(budget),
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(Budgetlage(request.user, heute, budget), "unterbrechen"),
        done="Die Unterbrechung ist vermerkt.",
        initial={
            "mitgeteilt_am": heute,
            "regel": Ruheregel.RUHT,
            "weiter_tage": tage,
            "teile": [str(teil.pk) for teil in resting_teile(budget)],
            "nachfragen_am": heute + timedelta(days=tage),
        },
        form_kwargs={"budget": budget, "heute": heute},
    )


def unterbrechung_bearbeiten(request: CaseRequest, fall: int, unterbrechung: int) -> HttpResponse:
    """Change days or rule."""
    row, heute = _row_or_404(request, unterbrechung), timezone.localdate()
    budget = row.persoenliches_budget
    if back := misplaced(request, UNTERBRECHUNG, "bearbeiten", row.state, _seite(fall)):
        return back

    def act(form: UnterbrechungForm) -> str:
        services.update_unterbrechung(
            row=row,
            angaben=form.eingaben,
            by=request.user,
            tag=heute,
            gesehen=form.stand_jetzt,
        )
        return _seite(fall)

    return run_form(
        request,
        UnterbrechungForm,
        template="budget/unterbrechung/formular.html",
        context=case_context(
            request, "Unterbrechung ändern", _TAB, zurueck=_seite(fall), **_regel(budget)
        ),
        act=act,
        zu=lambda: UNTERBRECHUNGSSCHRITTE.weigerung(
            Unterbrechungslage(request.user, heute, row), "bearbeiten"
        ),
        done="Die Unterbrechung ist geändert.",
        gespeichert=werte_of_unterbrechung(row),
        zuletzt=row.bearbeitet_von.get_full_name(),
        form_kwargs={"budget": budget, "heute": heute},
    )


def unterbrechung_ende(request: CaseRequest, fall: int, unterbrechung: int) -> HttpResponse:
    """Record the last day."""
    row = _row_or_404(request, unterbrechung)

    def act(form: EndeForm) -> str:
        services.end_unterbrechung(
            row=row, bis=form.cleaned_data["bis"], by=request.user, tag=timezone.localdate()
        )
        return _seite(fall)

    return run_form(
        request,
        EndeForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Ende der Unterbrechung",
            _TAB,
            zurueck=_seite(fall),
            einleitung=f"{row}. Was danach zu wenig gezahlt ist, steht der Kasse als offen.",
        ),
        act=act,
        zu=lambda: UNTERBRECHUNGSSCHRITTE.weigerung(
            Unterbrechungslage(request.user, timezone.localdate(), row), "zurueckkehren"
        ),
        done="Das Ende ist vermerkt.",
        initial={"bis": row.bis},
    )


def unterbrechung_bescheid(request: CaseRequest, fall: int, unterbrechung: int) -> HttpResponse:
    """Draft the Bescheid by which a part rests and lead to it."""
    row = _row_or_404(request, unterbrechung)

    def act() -> str:
        bescheid = services.decide_unterbrechung(row=row, by=request.user, tag=timezone.localdate())
        return reverse("folgebescheid", args=[fall, bescheid.pk])

    return run_step(
        request,
        act=act,
        back=_seite(fall),
        done="Der Bescheid ist entworfen. Bitte lesen Sie ihn und hören Sie die Person an.",
    )


def unterbrechung_verwerfen(request: CaseRequest, fall: int, unterbrechung: int) -> HttpResponse:
    """Throw an interruption away."""
    row = _row_or_404(request, unterbrechung)

    def act() -> str:
        services.discard_unterbrechung(row=row, by=request.user, tag=timezone.localdate())
        return _seite(fall)

    return run_step(request, act=act, back=_seite(fall), done="Die Unterbrechung ist verworfen.")
