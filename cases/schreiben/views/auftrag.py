"""The page of outbox rows: ids and states, no content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.schreiben.queries.postausgang import ZEILEN, auftraege_for_list, count_by_state
from cases.states.auftrag import AUFTRAGFARBEN, Auftragzustand

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def auftraege(request: CaseRequest) -> HttpResponse:
    """Show what needs a person first, then what is under way, then what is done."""
    zeilen = auftraege_for_list(request.user, timezone.localdate())
    anzahl = count_by_state()
    return render(
        request,
        "cases/schreiben/auftrag/liste.html",
        {
            "titel": "Aufträge",
            "zeilen": [
                (zeile, AUFTRAGFARBEN[Auftragzustand(zeile.auftrag.state)]) for zeile in zeilen
            ],
            "zahlen": [
                (zustand.label, AUFTRAGFARBEN[zustand], anzahl.get(zustand.value, 0))
                for zustand in Auftragzustand
            ],
            "gekuerzt": len(zeilen) == ZEILEN,
        },
    )
