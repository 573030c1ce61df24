"""Leistungen of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.forms.begruendung import BestaetigungForm
from cases.views.formular import run_form
from cases.views.geloescht import Geloescht
from cases.views.rahmen import case_context
from gesamtplan.models.stand import werte_of_leistung
from gesamtplan.plan.forms.leistung import LeistungForm
from gesamtplan.plan.queries.gesamtplan import all_leistungstraeger, known_of_leistung, wants_budget
from gesamtplan.plan.queries.kosten import angebote_am
from gesamtplan.plan.services import leistung as services
from gesamtplan.plan.views.gesamtplan import (
    WEITER_NACH_LEISTUNG,
    draft_or_none,
    next_part,
    plan_url,
)

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Gesamtplan, Leistung

_TEMPLATE = "gesamtplan/formular.html"


def leistung_neu(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Add a Leistung; `?ziel=2` chooses the goal."""
    plan = draft_or_none(request, version)
    if plan is None:
        return redirect("gesamtplan_version", fall, version)
    ziele = list(plan.teilhabeziele.all())
    if not ziele:
        messages.info(request, "Bitte legen Sie zuerst ein Ziel an, dem die Leistung dient.")
        return redirect("teilhabeziel_neu", fall, version)
    wanted = request.GET.get("ziel", "")
    chosen = next((z for z in ziele if str(z.nummer) == wanted), ziele[0])

    def act(form: LeistungForm) -> str:
        row = services.add_leistung(
            gesamtplan=plan, angaben=form.angaben(), by=request.user, tag=timezone.localdate()
        )
        return next_part(request, plan, row.teilhabeziel.nummer) or plan_url(plan, "leistungen")

    return run_form(
        request,
        LeistungForm,
        template=_TEMPLATE,
        context=case_context(
            request,
            "Leistung hinzufügen",
            "gesamtplan",
            zurueck=plan_url(plan, "leistungen"),
            weitere_knoepfe=WEITER_NACH_LEISTUNG,
        ),
        act=act,
        done="Die Leistung ist gespeichert.",
        form_kwargs=_choices(plan),
        initial={"teilhabeziel": chosen, **known_of_leistung(plan)},
    )


def leistung_bearbeiten(
    request: CaseRequest, fall: int, version: int, leistung: int
) -> HttpResponse:
    """Change a Leistung of a draft."""
    plan = draft_or_none(request, version)
    if plan is None:
        return redirect("gesamtplan_version", fall, version)
    row = _leistung_or_404(plan, leistung)

    def act(form: LeistungForm) -> str:
        services.update_leistung(
            leistung=row,
            angaben=form.angaben(),
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return plan_url(plan, "leistungen")

    return run_form(
        request,
        LeistungForm,
        template=_TEMPLATE,
        context=case_context(
            request, "Leistung bearbeiten", "gesamtplan", zurueck=plan_url(plan, "leistungen")
        ),
        act=act,
        done="Die Leistung ist gespeichert.",
        form_kwargs=_choices(plan, row),
        gespeichert=werte_of_leistung(row),
        zuletzt=plan.bearbeitet_von.get_full_name(),
    )


def leistung_entfernen(
    request: CaseRequest, fall: int, version: int, leistung: int
) -> HttpResponse:
    """Remove a Leistung from a draft."""
    plan = draft_or_none(request, version)
    if plan is None:
        return redirect("gesamtplan_version", fall, version)
    row = _leistung_or_404(plan, leistung)

    def act(form: BestaetigungForm) -> str:
        services.remove_leistung(leistung=row, by=request.user, tag=timezone.localdate())
        return plan_url(plan, "leistungen")

    return run_form(
        request,
        BestaetigungForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Leistung entfernen",
            "gesamtplan",
            einleitung=f"„{row.bezeichnung}“ ({row.leistungstraeger.name}) wird aus diesem Entwurf "
            "entfernt.",
            zurueck=plan_url(plan, "leistungen"),
        ),
        act=act,
        done="Die Leistung ist entfernt.",
        form_kwargs={"absenden": "Leistung entfernen"},
    )


def _choices(plan: Gesamtplan, row: Leistung | None = None) -> dict[str, Any]:
    return {
        "ziele": plan.teilhabeziele.all(),
        "traeger": all_leistungstraeger(),
        "angebote": angebote_am(plan.datum, row.angebot_id if row else None),
        "stichtag": plan.datum,
        "als_budget": wants_budget(plan),
    }


def _leistung_or_404(plan: Gesamtplan, leistung: int) -> Leistung:
    row = next((r for r in plan.leistungen.all() if r.pk == leistung), None)
    if row is None:
        raise Geloescht("Diese Leistung", LeistungForm)
    return row
