"""The page „Betrieb“: what runs by itself, what waits, what only a person can settle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.queries.schlangen import cases_to_settle, lines_of_work, orders_in_hand
from cases.services import betrieb as service
from cases.states.auftrag import AUFTRAGFARBEN, Auftragzustand
from cases.tisch.queries.tageslauf import last_successful

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def betrieb(request: CaseRequest) -> HttpResponse:
    """Show lines of work, last runs, unsettled orders, the rules and files of the night."""
    now = timezone.now()
    staende, schlangen = service.runs_by_key(), lines_of_work(now)
    stand = service.state_of_operation(now=now, staende=staende, schlangen=schlangen)
    klaerfaelle = cases_to_settle()
    return render(
        request,
        "cases/tisch/betrieb/seite.html",
        {
            "titel": "Betrieb",
            "betrieb": stand,
            "alarme": service.alarms_of(stand) + service.alarms_of_broker(),
            "schlangen": schlangen,
            "laeufe": [
                (lauf, stand_, bool(stand_ and now - stand_.zeitpunkt > lauf.grenze))
                for lauf, stand_ in service.last_runs(staende)
            ],
            "tageslauf": last_successful(),
            "klaerfaelle": [
                (fall, AUFTRAGFARBEN[Auftragzustand(fall.auftrag.state)]) for fall in klaerfaelle
            ],
            "in_arbeit": orders_in_hand(),
            "regeln": service.invariants_with_results(staende),
        },
    )
