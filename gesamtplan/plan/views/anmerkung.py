"""Remarks on a submitted version: put, answered, settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases.states.rolle import Rolle
from cases.views.formular import misplaced, run_form, run_step
from cases.views.rahmen import case_context
from gesamtplan.plan.forms.anmerkung import AnmerkungForm, AntwortForm
from gesamtplan.plan.queries.anmerkung import abschnitte_of, anmerkung_of
from gesamtplan.plan.schritte import ANMERKUNGSSCHRITTE, Anmerkungslage
from gesamtplan.plan.services import anmerkung as services
from gesamtplan.plan.views.gesamtplan import plan_or_404, plan_url
from gesamtplan.states import ANMERKEN, ANMERKUNG, Planzustand

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Anmerkung, Gesamtplan


def _back(request: CaseRequest, plan: Gesamtplan) -> str:
    """Return where the remarks are read: the page of the release, or that of the version."""
    if plan.state == Planzustand.VORGELEGT and request.user.has_rolle(Rolle.LEITUNG):
        url = reverse("gesamtplan_freigeben", args=[plan.case_id, plan.version])
        return f"{url}#anmerkungen"
    return plan_url(plan, "anmerkungen")


def anmerkung_neu(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Put a remark; `?abschnitt=ziel-2` chooses the section."""
    plan = plan_or_404(request, version)
    if back := misplaced(request, ANMERKEN, "anmerken", plan.state, plan_url(plan)):
        return back

    def act(form: AnmerkungForm) -> str:
        services.add_anmerkung(
            gesamtplan=plan,
            abschnitt=form.cleaned_data["abschnitt"],
            text=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _back(request, plan)

    return run_form(
        request,
        AnmerkungForm,
        template="base_formular.html",
        context=case_context(
            request, "Anmerkung schreiben", "gesamtplan", zurueck=_back(request, plan)
        ),
        act=act,
        done="Die Anmerkung ist gespeichert.",
        form_kwargs={"abschnitte": abschnitte_of(plan)},
        initial={"abschnitt": request.GET.get("abschnitt", "plan")},
    )


def anmerkung_antworten(request: CaseRequest, fall: int, anmerkung: int) -> HttpResponse:
    """Answer a remark."""
    row = _own(request, anmerkung)
    ziel = _back(request, row.gesamtplan)
    if back := misplaced(request, ANMERKUNG, "antworten", row.state, ziel):
        return back
    if row.gesamtplan.state == Planzustand.FREIGEGEBEN and request.method != "POST":
        return redirect(ziel)

    def act(form: AntwortForm) -> str:
        services.record_antwort(
            anmerkung=row,
            antwort=form.cleaned_data["antwort"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return ziel

    return run_form(
        request,
        AntwortForm,
        template="base_formular.html",
        context=case_context(
            request, "Anmerkung beantworten", "gesamtplan", zurueck=ziel, einleitung=row.text
        ),
        act=act,
        zu=lambda: ANMERKUNGSSCHRITTE.weigerung(
            Anmerkungslage(request.user, timezone.localdate(), row), "antworten"
        ),
        done="Die Antwort ist gespeichert.",
    )


def anmerkung_erledigen(request: CaseRequest, fall: int, anmerkung: int) -> HttpResponse:
    """Settle a remark."""
    row = _own(request, anmerkung)
    ziel = _back(request, row.gesamtplan)

    def act() -> str:
        services.settle_anmerkung(anmerkung=row, by=request.user, tag=timezone.localdate())
        return ziel

    return run_step(request, act=act, back=ziel, done="Die Anmerkung ist erledigt.")


def _own(request: CaseRequest, anmerkung: int) -> Anmerkung:
    row = anmerkung_of(request.case, anmerkung)
    if row is None:
        raise Http404
    return row
