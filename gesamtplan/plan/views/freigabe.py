"""Submit, release and return a version of the Gesamtplan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.forms.begruendung import BestaetigungForm
from cases.frist.services.frist import land
from cases.states.tafel import SchrittUnzulaessig
from cases.views.formular import run_form, run_step, sentence_of
from cases.views.rahmen import case_context
from gesamtplan.bedarf.queries import filled_bedarfe
from gesamtplan.models.pflichtinhalt import inhaltszeilen
from gesamtplan.plan.forms.gesamtplan import RueckgabeForm
from gesamtplan.plan.queries.gesamtplan import (
    by_leistungstraeger,
    version_of,
    waiting_for_release,
)
from gesamtplan.plan.queries.kosten import summe_of
from gesamtplan.plan.queries.vergleich import compare_versions
from gesamtplan.plan.queries.wartend import wartende_of
from gesamtplan.plan.schritte import PLANSCHRITTE, Planlage
from gesamtplan.plan.services import freigabe as services
from gesamtplan.plan.views.gesamtplan import draft_or_none, plan_or_404, plan_url
from gesamtplan.states import Planzustand

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Gesamtplan

# The hidden field by which the release page says what it has shown.
GELESEN = "gelesen"


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
    """Show the whole content, what changed and all preconditions; release what was shown."""
    plan = _submitted_or_none(request, version)
    if plan is None:
        return redirect("gesamtplan_version", fall, version)
    heute = timezone.localdate()

    def act(form: BestaetigungForm) -> str:
        # A page that was not shown carries no mark and releases nothing.
        gelesen = request.POST.get(GELESEN, "")
        services.release_gesamtplan(gesamtplan=plan, by=request.user, tag=heute, gesehen=gelesen)
        return plan_url(plan)

    return run_form(
        request,
        BestaetigungForm,
        template="gesamtplan/plan/freigabe/freigeben.html",
        context=case_context(
            request, "Gesamtplan freigeben", "gesamtplan", **_release_context(request, plan, heute)
        ),
        act=act,
        done="Der Gesamtplan ist freigegeben und festgeschrieben.",
        form_kwargs={"absenden": "Freigeben und festschreiben"},
    )


def _release_context(request: CaseRequest, plan: Gesamtplan, heute: date) -> dict[str, Any]:
    tore = PLANSCHRITTE.tore(Planlage(request.user, heute, plan, land()), "freigeben")
    alt = version_of(request.case, plan.version - 1) if plan.version > 1 else None
    kosten = [p and summe_of(p.leistungen.all(), p.datum) for p in (plan, alt)]
    weitere = [p for p in waiting_for_release(request.user, heute) if p.pk != plan.pk]
    return {
        "plan": plan,
        "pruefungen": tore,
        "offen": sum(not tor.offen for tor in tore),
        "erfuellt": sum(tor.offen for tor in tore),
        "marke": _mark_or_empty(request, plan, heute),
        "vergleich": compare_versions(alt=alt, neu=plan, betraege=True) if alt else None,
        "bedarfe": filled_bedarfe(plan.bedarfsermittlung),
        "gruppen": by_leistungstraeger(plan.leistungen.all()),
        "zeilen": inhaltszeilen(plan),
        "kosten": kosten,
        "anmerkungen": plan.anmerkungen.all(),
        "wartend": weitere,
        "zurueck": plan_url(plan),
    }


def _mark_or_empty(request: CaseRequest, plan: Gesamtplan, heute: date) -> str:
    """Return the mark of the content; without an address there is no letter and no release."""
    try:
        return services.mark_of(plan, request.user, heute)
    except SchrittUnzulaessig as error:
        messages.error(request, sentence_of(error))
        return ""


def gesamtplaene_wartend(request: CaseRequest) -> HttpResponse:
    """Show all plans that wait for this supervisor: age, cost, what changed, open remarks."""
    heute = timezone.localdate()
    context = {
        "titel": "Gesamtpläne zur Freigabe",
        "zeilen": wartende_of(request.user, heute),
        "brotkrumen": [("Gesamtpläne zur Freigabe", None)],
    }
    return render(request, "gesamtplan/plan/freigabe/wartend.html", context)


def gesamtplan_zurueckziehen(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Take one's own submission back."""
    plan = plan_or_404(request, version)

    def act() -> str:
        services.withdraw_vorlage(gesamtplan=plan, by=request.user, tag=timezone.localdate())
        return plan_url(plan)

    return run_step(
        request,
        act=act,
        back=plan_url(plan),
        done="Die Vorlage ist zurückgezogen. Der Gesamtplan ist wieder Entwurf.",
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
