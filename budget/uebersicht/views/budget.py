"""The tab „Persönliches Budget“: where the procedure stands, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from budget.bemessung.guards import deckel_eingehalten
from budget.bemessung.queries import gesamtbudget_of
from budget.bescheid.queries import bekanntgabe_of
from budget.bescheid.schritte import lage_of
from budget.models import PersoenlichesBudget
from budget.models.bescheid import Bescheid
from budget.states import BESCHEID, BUDGET, ZIELVEREINBARUNG, Bescheidzustand, Budgetzustand
from budget.uebersicht.schritte import schritte_of_budget
from budget.verfahren.guards import zeitraum_hoechstens_zwei_jahre
from budget.verfahren.queries import get_budget, released_gesamtplan
from budget.verfahren.schritte import BEGINN, BUDGETSCHRITTE, Beginnlage
from cases.views.rahmen import case_context
from recht.geld import format_euro

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_PHASEN = (
    ("Bemessung", {Budgetzustand.BEANTRAGT}),
    ("Zielvereinbarung", {Budgetzustand.BEMESSEN}),
    ("Unterschriften", {Budgetzustand.ZIELVEREINBARUNG}),
    ("Bescheid", {Budgetzustand.VEREINBART}),
    ("Versand", {Budgetzustand.BEWILLIGT}),
    ("Auszahlung", {Budgetzustand.LAEUFT}),
)


def phasen_of_budget(state: str, bescheid: Bescheid | None = None) -> list[dict[str, str]]:
    """Return the stepper of a budget; an ended one has every phase behind it.

    A released Bescheid waits for its dispatch: the budget is not bewilligt before that.
    """
    if bescheid is not None and bescheid.state == Bescheidzustand.FREIGEGEBEN:
        state = Budgetzustand.BEWILLIGT
    jetzt = next((i for i, (_, states) in enumerate(_PHASEN) if state in states), len(_PHASEN))
    return [
        {"titel": titel, "stand": "fertig" if i < jetzt else "jetzt" if i == jetzt else "offen"}
        for i, (titel, _) in enumerate(_PHASEN)
    ]


def budget(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the budget: phases, Teilbudgets, sums, ceiling, next steps."""
    row = get_budget(request.case)
    schritte = []
    if row is None or row.state == Budgetzustand.BEENDET:
        plan = released_gesamtplan(request.case)
        beginn = Beginnlage(request.user, timezone.localdate(), request.case, plan, row)
        schritte = BEGINN.schritte(beginn)
    context = case_context(request, "Persönliches Budget", "budget", schritte=schritte)
    if row is None:
        return render(request, "budget/uebersicht/leer.html", context)
    return render(
        request,
        "budget/uebersicht/seite.html",
        context | _context(request, row, schritte),
    )


def _context(request: CaseRequest, row: PersoenlichesBudget, schritte: list[Any]) -> dict[str, Any]:
    lage = lage_of(row, request.user, timezone.localdate())
    gesetzt = {t.leistung_id: t for t in row.teilbudgets.all()}
    zielvereinbarung, bescheid = lage.zielvereinbarung, lage.bescheid
    return {
        "budget": row,
        "farbe": BUDGET.farben[Budgetzustand(row.state)],
        "budgetphasen": phasen_of_budget(row.state, bescheid),
        "zeilen": [(leistung, gesetzt.get(leistung.pk)) for leistung in lage.leistungen],
        "bearbeitbar": bool(BUDGETSCHRITTE.schritte(lage, "bearbeiten")),
        "summen": gesamtbudget_of(row),
        "deckel": deckel_eingehalten(row),
        "deckel_satz": _deckel_satz(row),
        "warnung": zeitraum_hoechstens_zwei_jahre(row.beginn, row.ende),
        "zielvereinbarung": zielvereinbarung,
        "farbe_zielvereinbarung": (
            ZIELVEREINBARUNG.farben[zielvereinbarung.state] if zielvereinbarung else ""
        ),
        "bescheid": bescheid,
        "bekanntgabe": bekanntgabe_of(bescheid) if bescheid else None,
        "farbe_bescheid": BESCHEID.farben[bescheid.state] if bescheid else "",
        "schritte": [*schritte_of_budget(lage), *schritte],
    }


def _deckel_satz(row: PersoenlichesBudget) -> str:
    if row.vergleichssumme is None:
        return ""
    teil, vergleich = row.summe(ergaenzende=False), row.vergleichssumme
    return f"{format_euro(teil)} gegen {format_euro(vergleich)} ohne Persönliches Budget."
