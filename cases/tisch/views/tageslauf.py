"""The daily run and the recomputation of Fristen, for those who answer for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.services.betrieb import alarms_of, state_of_operation
from cases.tisch.queries.tageslauf import (
    changes_of,
    last_runs,
    last_successful,
    missing_days,
    postlage,
    recomputations,
    visible_case_ids,
)

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def tageslauf(request: CaseRequest) -> HttpResponse:
    """Show the last runs, missing days, the digests, and the recomputations."""
    laeufe = last_runs()
    stand = state_of_operation(now=timezone.now())
    return render(
        request,
        "cases/tisch/tageslauf/liste.html",
        {
            "titel": "Tageslauf",
            "laeufe": [
                (lauf, (lauf.beendet - lauf.begonnen).total_seconds() if lauf.beendet else None)
                for lauf in laeufe
            ],
            "letzter": last_successful(),
            "fehlend": missing_days(timezone.localdate()),
            "post": postlage(),
            "betrieb": stand,
            "alarme": alarms_of(stand),
            "neuberechnungen": list(recomputations()[:20]),
        },
    )


def fristneuberechnung(request: CaseRequest, neuberechnung: int) -> HttpResponse:
    """Show every Frist that a recomputation has changed, without names."""
    row = recomputations().filter(pk=neuberechnung).first()
    if row is None:
        raise Http404
    changes = list(changes_of(row))
    visible = visible_case_ids(request.user, changes, timezone.localdate())
    return render(
        request,
        "cases/tisch/tageslauf/neuberechnung.html",
        {
            "titel": "Neuberechnung der Fristen",
            "neuberechnung": row,
            "aenderungen": [(change, change.frist.case_id in visible) for change in changes],
            "brotkrumen": [("Tageslauf", reverse("tageslauf")), ("Neuberechnung", None)],
        },
    )
