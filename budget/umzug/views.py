"""Pages of the moves of a person whose budget is paid: what follows, what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.models import PersoenlichesBudget
from budget.states.umzug import UMZUG, Umzugsstand
from budget.umzug import guards, services
from budget.umzug.forms import UmzugForm
from budget.umzug.queries import consequence_of, laufendes_budget, umzuege_of, umzug_or_none
from budget.umzug.schritte import UMZUGSSCHRITTE, Umzugslage
from budget.verfahren.queries import get_budget
from cases.forms.begruendung import BegruendungForm
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_TAB = "budget"


def _budget_or_404(request: CaseRequest) -> PersoenlichesBudget:
    budget = laufendes_budget(request.case)
    if budget is None:
        raise Http404
    budget.case = request.case
    return budget


def umzuege(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the moves with what the law says about each and what was decided."""
    budget, heute = laufendes_budget(request.case) or get_budget(request.case), timezone.localdate()
    if budget is None:
        raise Http404
    budget.case = request.case
    laeuft = guards.leistung_laeuft(budget) is None
    zeilen = [
        (
            umzug,
            UMZUG.farben[Umzugsstand(umzug.row.state)],
            UMZUGSSCHRITTE.schritte(Umzugslage(request.user, heute, umzug.row)) if laeuft else [],
            consequence_of(umzug, heute),
        )
        for umzug in umzuege_of(budget)
    ]
    return render(
        request,
        "budget/umzug/seite.html",
        case_context(request, "Umzug", _TAB, zeilen=zeilen, zurueck=reverse("budget", args=[fall])),
    )


def umzug_entscheiden(request: CaseRequest, fall: int, anschrift: int) -> HttpResponse:
    """Decide what follows from one move."""
    budget, heute = _budget_or_404(request), timezone.localdate()
    umzug = umzug_or_none(budget, anschrift)
    if umzug is None:
        raise Http404
    folge, row = consequence_of(umzug, heute), umzug.row
    zurueck = reverse("umzuege", args=[fall])
    if back := misplaced(request, UMZUG, "entscheiden", row.state, zurueck):
        return back

    def act(form: UmzugForm) -> str:
        services.decide_umzug(
            budget=budget,
            anschrift=anschrift,
            gebiet=form.cleaned_data["gebiet"],
            entscheidung=form.cleaned_data["entscheidung"],
            grund=form.cleaned_data["grund"],
            by=request.user,
            tag=heute,
        )
        if form.cleaned_data["entscheidung"] == Umzugsstand.FORTSCHREIBUNG:
            return reverse("gesamtplan", args=[fall])
        if form.cleaned_data["entscheidung"] == Umzugsstand.TRAEGERWECHSEL:
            return reverse("traegerwechsel", args=[fall])
        return zurueck

    return run_form(
        request,
        UmzugForm,
        template="budget/umzug/formular.html",
        context=case_context(
            request,
            "Folgen des Umzugs entscheiden",
            _TAB,
            zurueck=zurueck,
            umzug=umzug,
            folge=folge,
        ),
        act=act,
        zu=lambda: UMZUGSSCHRITTE.weigerung(Umzugslage(request.user, heute, row), "entscheiden"),
        done="Die Entscheidung ist gespeichert.",
        initial={"gebiet": umzug.gebiet},
        form_kwargs={"folge": folge, "am": row.am},
    )


def umzug_zuruecknehmen(request: CaseRequest, fall: int, anschrift: int) -> HttpResponse:
    """Take the decision about one move back."""
    budget = _budget_or_404(request)
    umzug = umzug_or_none(budget, anschrift)
    if umzug is None:
        raise Http404
    row = umzug.row
    zurueck = reverse("umzuege", args=[fall])

    def act(form: BegruendungForm) -> str:
        services.withdraw_umzug(
            budget=budget,
            anschrift=anschrift,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return zurueck

    return run_form(
        request,
        BegruendungForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Entscheidung zurücknehmen",
            _TAB,
            zurueck=zurueck,
            einleitung="Danach ist über den Umzug neu zu entscheiden. Die bisherige Entscheidung "
            "bleibt in der Chronik.",
        ),
        act=act,
        zu=lambda: UMZUGSSCHRITTE.weigerung(
            Umzugslage(request.user, timezone.localdate(), row), "zuruecknehmen"
        ),
        done="Die Entscheidung ist zurückgenommen.",
        form_kwargs={
            "label": "Warum wird sie zurückgenommen?",
            "absenden": "Entscheidung zurücknehmen",
        },
    )
