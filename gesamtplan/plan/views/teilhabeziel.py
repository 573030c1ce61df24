"""Goals of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.forms.begruendung import BestaetigungForm
from cases.views.formular import run_form
from cases.views.geloescht import Geloescht
from cases.views.rahmen import case_context
from gesamtplan.models.stand import werte_of_teilhabeziel
from gesamtplan.models.zielbezug import bereich_ohne_ziel, is_serving
from gesamtplan.plan.forms.teilhabeziel import TeilhabezielForm
from gesamtplan.plan.services import teilhabeziel as services
from gesamtplan.plan.views.gesamtplan import WEITER, draft_or_none, next_part, plan_url

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Gesamtplan, Teilhabeziel

_TEMPLATE = "gesamtplan/formular.html"


def teilhabeziel_neu(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Add a goal to a draft."""
    plan = draft_or_none(request, version)
    if plan is None:
        return redirect("gesamtplan_version", fall, version)

    bedarfe = plan.bedarfsermittlung.bedarfe.all()

    def act(form: TeilhabezielForm) -> str:
        ziel = services.add_teilhabeziel(
            gesamtplan=plan, angaben=form.angaben(), by=request.user, tag=timezone.localdate()
        )
        return next_part(request, plan, ziel.nummer) or plan_url(plan, "ziele")

    return run_form(
        request,
        TeilhabezielForm,
        template=_TEMPLATE,
        context=case_context(
            request,
            "Teilhabeziel hinzufügen",
            "gesamtplan",
            zurueck=plan_url(plan, "ziele"),
            vorschau_knopf="Hinweise zum Ziel",
            weitere_knoepfe=WEITER,
        ),
        act=act,
        done="Das Ziel ist gespeichert.",
        initial={
            "bis": plan.ueberpruefung_am,
            "lebensbereich": bereich_ohne_ziel(bedarfe, plan.teilhabeziele.all()),
        },
    )


def teilhabeziel_bearbeiten(
    request: CaseRequest, fall: int, version: int, nummer: int
) -> HttpResponse:
    """Change a goal of a draft."""
    plan = draft_or_none(request, version)
    if plan is None:
        return redirect("gesamtplan_version", fall, version)
    ziel = _ziel_or_404(plan, nummer)

    def act(form: TeilhabezielForm) -> str:
        services.update_teilhabeziel(
            ziel=ziel,
            angaben=form.angaben(),
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return plan_url(plan, f"ziel-{nummer}")

    return run_form(
        request,
        TeilhabezielForm,
        template=_TEMPLATE,
        context=case_context(
            request,
            f"Ziel {nummer} bearbeiten",
            "gesamtplan",
            zurueck=plan_url(plan, "ziele"),
            vorschau_knopf="Hinweise zum Ziel",
        ),
        act=act,
        done="Das Ziel ist gespeichert.",
        gespeichert=werte_of_teilhabeziel(ziel),
        zuletzt=plan.bearbeitet_von.get_full_name(),
    )


def teilhabeziel_entfernen(
    request: CaseRequest, fall: int, version: int, nummer: int
) -> HttpResponse:
    """Remove a goal from a draft after saying what goes with it."""
    plan = draft_or_none(request, version)
    if plan is None:
        return redirect("gesamtplan_version", fall, version)
    ziel = _ziel_or_404(plan, nummer)
    dafuer = [row for row in plan.leistungen.all() if is_serving(row, ziel)]
    mit = [row.bezeichnung for row in dafuer if not row.weitere_ziele]
    bleiben = [row.bezeichnung for row in dafuer if row.weitere_ziele]

    def act(form: BestaetigungForm) -> str:
        services.remove_teilhabeziel(ziel=ziel, by=request.user, tag=timezone.localdate())
        return plan_url(plan, "ziele")

    einleitung = f"„{ziel.text}“ wird aus diesem Entwurf entfernt."
    if mit:
        einleitung += f" Mit dem Ziel entfallen diese Leistungen: {', '.join(mit)}."
    if bleiben:
        einleitung += f" Für ihre übrigen Ziele bleiben: {', '.join(bleiben)}."
    if plan.vorgaenger_id is not None:
        einleitung += (
            " Ist das Ziel nur nicht mehr wichtig, setzen Sie besser seinen Stand auf „nicht mehr "
            "relevant“: Dann bleibt es nachvollziehbar."
        )
    return run_form(
        request,
        BestaetigungForm,
        template="base_formular.html",
        context=case_context(
            request,
            f"Ziel {nummer} entfernen",
            "gesamtplan",
            einleitung=einleitung,
            zurueck=plan_url(plan, "ziele"),
        ),
        act=act,
        done="Das Ziel ist entfernt.",
        form_kwargs={"absenden": "Ziel entfernen"},
    )


def _ziel_or_404(plan: Gesamtplan, nummer: int) -> Teilhabeziel:
    ziel = next((z for z in plan.teilhabeziele.all() if z.nummer == nummer), None)
    if ziel is None:
        raise Geloescht("Dieses Ziel", TeilhabezielForm)
    return ziel
