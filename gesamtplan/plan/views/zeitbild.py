"""All Leistungen of a version over time, with their cost for those who see amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from cases.queries.einsicht import einsicht_of
from cases.states.inhalt import Inhalt
from cases.views.rahmen import case_context
from gesamtplan.plan.queries.gesamtplan import version_of
from gesamtplan.plan.queries.kosten import kosten_of, summe_of
from gesamtplan.plan.queries.zeitbild import BREITE, zeitbild_of
from gesamtplan.plan.views.gesamtplan import plan_or_404, plan_url

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def gesamtplan_zeitbild(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Show the picture of the Leistungen and the same as a table."""
    plan = plan_or_404(request, version)
    betraege = einsicht_of(request.user, request.case).sees(Inhalt.BETRAEGE)
    bild = zeitbild_of(plan)
    vorher = None
    if betraege and plan.version > 1 and (alt := version_of(request.case, plan.version - 1)):
        vorher = summe_of(alt.leistungen.all(), alt.datum)
    return render(
        request,
        "gesamtplan/plan/gesamtplan/zeitbild.html",
        case_context(
            request,
            "Leistungen im Überblick",
            "gesamtplan",
            plan=plan,
            bild=bild,
            breite=BREITE,
            zeilen=[
                (balken.leistung, kosten_of(balken.leistung) if betraege else None)
                for balken in (bild.balken if bild else ())
            ],
            betraege=betraege,
            summe=summe_of(plan.leistungen.all(), plan.datum) if betraege else None,
            vorher=vorher,
            zurueck=plan_url(plan),
        ),
    )
