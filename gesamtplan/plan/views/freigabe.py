"""Submit, release and return a version of the Gesamtplan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.forms.begruendung import BestaetigungForm
from cases.frist.services.frist import land
from cases.schreiben.views.vorschau import seen_about
from cases.views.formular import run_form
from cases.views.rahmen import case_context
from gesamtplan.models.pflichtinhalt import inhaltszeilen
from gesamtplan.plan.forms.gesamtplan import RueckgabeForm
from gesamtplan.plan.queries.gesamtplan import by_leistungstraeger
from gesamtplan.plan.schreiben import ART
from gesamtplan.plan.schritte import PLANSCHRITTE, Planlage
from gesamtplan.plan.services import freigabe as services
from gesamtplan.plan.views.gesamtplan import draft_or_none, plan_or_404, plan_url
from gesamtplan.states import Planzustand

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Gesamtplan


def gesamtplan_vorlegen(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Show everything once more and submit the draft."""
    plan = draft_or_none(request, version)
    if plan is None:
        return redirect("gesamtplan_version", fall, version)

    lage = Planlage(request.user, timezone.localdate(), plan, land())
    pruefungen = PLANSCHRITTE.tore(lage, "vorlegen")

    def act(form: BestaetigungForm) -> str:
        services.submit_gesamtplan(gesamtplan=plan, by=request.user, tag=timezone.localdate())
        return plan_url(plan)

    return run_form(
        request,
        BestaetigungForm,
        template="gesamtplan/plan/freigabe/vorlegen.html",
        context=case_context(
            request,
            "Zur Freigabe vorlegen",
            "gesamtplan",
            plan=plan,
            pruefungen=pruefungen,
            offen=sum(p.hindernis is not None for p in pruefungen),
            zeilen=inhaltszeilen(plan),
            gruppen=by_leistungstraeger(plan.leistungen.all()),
            zurueck=plan_url(plan),
        ),
        act=act,
        done="Der Gesamtplan ist vorgelegt. Die Leitung sieht ihn auf „Mein Tag“.",
        form_kwargs={"absenden": "Zur Freigabe vorlegen"},
    )


def gesamtplan_freigeben(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Show all preconditions and release the submitted version."""
    plan = _submitted_or_none(request, version)
    if plan is None:
        return redirect("gesamtplan_version", fall, version)
    heute = timezone.localdate()

    def act(form: BestaetigungForm) -> str:
        services.release_gesamtplan(
            gesamtplan=plan, by=request.user, tag=heute, gesehen=seen_about(request, ART, plan)
        )
        return plan_url(plan)

    pruefungen = PLANSCHRITTE.tore(Planlage(request.user, heute, plan, land()), "freigeben")
    return run_form(
        request,
        BestaetigungForm,
        template="gesamtplan/plan/freigabe/freigeben.html",
        context=case_context(
            request,
            "Gesamtplan freigeben",
            "gesamtplan",
            plan=plan,
            pruefungen=pruefungen,
            offen=sum(p.hindernis is not None for p in pruefungen),
            zurueck=plan_url(plan),
        ),
        act=act,
        done="Der Gesamtplan ist freigegeben und festgeschrieben.",
        form_kwargs={"absenden": "Freigeben und festschreiben"},
    )


def gesamtplan_zurueckgeben(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Return the submitted version with a reason."""
    plan = _submitted_or_none(request, version)
    if plan is None:
        return redirect("gesamtplan_version", fall, version)

    def act(form: RueckgabeForm) -> str:
        services.return_gesamtplan(
            gesamtplan=plan,
            grund=form.cleaned_data["grund"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return plan_url(plan)

    return run_form(
        request,
        RueckgabeForm,
        template="base_formular.html",
        context=case_context(
            request, "Gesamtplan zurückgeben", "gesamtplan", zurueck=plan_url(plan)
        ),
        act=act,
        done="Der Gesamtplan ist zur Überarbeitung zurückgegeben.",
    )


def _submitted_or_none(request: CaseRequest, version: int) -> Gesamtplan | None:
    plan = plan_or_404(request, version)
    if plan.state == Planzustand.VORGELEGT:
        return plan
    messages.info(request, f"{plan} wartet nicht auf Freigabe: „{plan.get_state_display()}“.")
    return None
