"""Prepare the budget that takes the place of the running one, or drop it again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from budget.folge.services import nachfolge as services
from budget.models import PersoenlichesBudget
from budget.verfahren.forms import NachfolgeForm
from budget.verfahren.queries import running_budget
from budget.verfahren.schritte import BUDGETSCHRITTE, Budgetlage
from budget.verfahren.views import budget_or_404
from cases.views.formular import run_form, run_step
from cases.views.rahmen import case_context
from recht.laenge import plus_monate

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def budget_nachfolge(request: CaseRequest, fall: int) -> HttpResponse:
    """Begin the next budget beside the running one."""
    row, ziel, heute = running_budget(request.case), reverse("budget", args=[fall]), _heute()
    if row is None:
        raise Http404
    lage = Budgetlage(request.user, heute, row)
    if offen := BUDGETSCHRITTE.hindernisse(lage, "nachfolgen"):
        messages.error(request, offen[0].text)
        return redirect(ziel)

    def act(form: NachfolgeForm) -> str:
        services.start_nachfolge(
            vorgaenger=row,
            by=request.user,
            tag=heute,
            **{name: form.cleaned_data[name] for name in form.layout},
        )
        return ziel

    return run_form(
        request,
        NachfolgeForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Änderung oder Weiterbewilligung vorbereiten",
            "budget",
            zurueck=ziel,
            einleitung=f"Das Persönliche Budget ab {row.beginn:%d.%m.%Y} gilt unverändert weiter, "
            "bis der neue Bescheid wirkt. Rahmen und Teilbudgets werden übernommen; gesetzliche "
            "Beträge rechnet das Programm für den neuen Beginn neu.",
        ),
        act=act,
        done="Das neue Persönliche Budget ist vorbereitet. Prüfen Sie die Teilbudgets.",
        initial={"beginn": _first_day(row, heute)},
        form_kwargs={"fruehestens": row.beginn},
    )


def _heute() -> date:
    return timezone.localdate()


def _first_day(row: PersoenlichesBudget, heute: date) -> date:
    """Return the day after the end where one is set, else the first of the month after next."""
    if row.ende is not None and row.letzter_tag == row.ende:
        return date.fromordinal(row.ende.toordinal() + 1)
    return plus_monate(heute.replace(day=1), 2)


def budget_verwerfen(request: CaseRequest, fall: int) -> HttpResponse:
    """Drop the budget that is only prepared."""
    row, ziel = budget_or_404(request), reverse("budget", args=[fall])

    def act() -> str:
        services.discard_nachfolge(budget=row, by=request.user, tag=_heute())
        return ziel

    return run_step(request, act=act, back=ziel, done="Die Vorbereitung ist verworfen.")
