"""What the Kasse pays next: amounts and payees, nothing about the person's need."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from budget.zahlung.queries import list_auszahlungen
from recht.laenge import plus_monate

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

PAGE_ROWS = 50


def next_first(stichtag: date) -> date:
    """Return the first day of the next month."""
    return plus_monate(stichtag.replace(day=1), 1)


def auszahlungen(request: CaseRequest) -> HttpResponse:
    """List running payments with their next day; the account is masked."""
    heute = timezone.localdate()
    erster = next_first(heute)
    rows = list_auszahlungen(request.user, heute, erster)
    gesamt = rows.aggregate(summe=Sum("geld"), anzahl=Count("pk"))
    seite = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("seite"))
    budget: Any
    for budget in seite:
        # Of several accounts the one that holds on the day of payment.
        budget.iban = budget.case.leistungsberechtigte_person.iban_am(budget.naechste)
    return render(
        request,
        "budget/zahlung/liste.html",
        {
            "titel": "Auszahlungen",
            "seite": seite,
            "summe": gesamt["summe"],
            "anzahl": gesamt["anzahl"],
            "erster": erster,
        },
    )
