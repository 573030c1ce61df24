"""The tab „Persönliches Budget“: where the procedure stands, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from budget.bemessung.guards import deckel_eingehalten
from budget.bemessung.queries import gesamtbudget_of, kostenvergleich_of, recompute_all
from budget.bescheid.queries import bekanntgabe_of
from budget.bescheid.schreiben.wandel import wandel_of
from budget.bescheid.schritte import lage_of
from budget.models import PersoenlichesBudget
from budget.states import ABGESCHLOSSEN, BUDGET, ZIELVEREINBARUNG, Budgetzustand
from budget.states.bescheid import BESCHEID
from budget.uebersicht.schritte import schritte_of_budget
from budget.verfahren.guards import zeitraum_hoechstens_zwei_jahre
from budget.verfahren.queries import (
    abweichungen_of,
    daneben_of,
    get_budget,
    pruefstaende_of,
    released_gesamtplan,
)
from budget.verfahren.schritte import BEGINN, BUDGETSCHRITTE, Beginnlage
from budget.vorschlag.queries import offener_vorschlag
from budget.vorschlag.schritte import VORSCHLAGSSCHRITTE, Vorschlagslage
from budget.zielvereinbarung.schritte import WEGSCHRITTE
from cases import access
from cases.queries.einsicht import einsicht_of
from cases.registry.routen import ROUTES
from cases.views.rahmen import case_context
from recht.geld import format_euro

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_MIT_UMZUEGEN = (Budgetzustand.LAEUFT, Budgetzustand.BEENDET)


def budget(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the budget: phases, Teilbudgets, sums, ceiling, next steps."""
    row = get_budget(request.case)
    schritte = []
    if row is None or row.state in ABGESCHLOSSEN:
        plan = released_gesamtplan(request.case)
        beginn = Beginnlage(request.user, timezone.localdate(), request.case, plan, row)
        schritte = [*_answers(request), *BEGINN.schritte(beginn)]
    context = case_context(
        request,
        "Persönliches Budget",
        "budget",
        schritte=schritte,
        pruefstaende=pruefstaende_of(request.case),
        darf_entscheiden=access.may_write(request.user),
        sachleistung_moeglich=row is not None
        and bool(
            WEGSCHRITTE.schritte(lage_of(row, request.user, timezone.localdate()), "sachleistung")
        ),
    )
    if row is None:
        return render(request, "budget/uebersicht/leer.html", context)
    return render(
        request,
        "budget/uebersicht/seite.html",
        context | _context(request, row, schritte),
    )


def _answers(request: CaseRequest) -> list[Any]:
    """Return how the person can answer to a proposal of the authority that waits."""
    offen = offener_vorschlag(request.case)
    if offen is None:
        return []
    lage = Vorschlagslage(request.user, timezone.localdate(), offen)
    return VORSCHLAGSSCHRITTE.schritte(lage, "annehmen", "ablehnen")


def _context(request: CaseRequest, row: PersoenlichesBudget, schritte: list[Any]) -> dict[str, Any]:
    lage = lage_of(row, request.user, timezone.localdate())
    gesetzt = {t.leistung_id: t for t in row.teilbudgets.all()}
    nachgerechnet = recompute_all(row)
    zielvereinbarung, bescheid = lage.zielvereinbarung, lage.bescheid
    return {
        "budget": row,
        "farbe": BUDGET.farben[Budgetzustand(row.state)],
        "zeilen": [
            (le, t, nachgerechnet.get(t.pk) if t else None)
            for le, t in ((le, gesetzt.get(le.pk)) for le in lage.leistungen)
        ],
        "bearbeitbar": bool(BUDGETSCHRITTE.schritte(lage, "bearbeiten")),
        "summen": gesamtbudget_of(row),
        "vergleich": kostenvergleich_of(row),
        "abweichungen": abweichungen_of(row, released_gesamtplan(request.case)),
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
        "daneben": daneben_of(row) if row.vorgaenger_id else [],
        "wandel": wandel_of(row, bescheid),
        "schritte": [*schritte_of_budget(lage), *schritte],
        "umzuege_offen": row.state in _MIT_UMZUEGEN
        and einsicht_of(request.user, request.case).sees(*ROUTES["umzuege"].inhalte),
    }


def _deckel_satz(row: PersoenlichesBudget) -> str:
    if row.vergleichssumme is None:
        return ""
    teil, vergleich = row.summe(ergaenzende=False), row.vergleichssumme
    daneben = row.sachleistung_daneben
    zusatz = f" und {format_euro(daneben)} Sachleistung daneben" if daneben else ""
    return f"{format_euro(teil)}{zusatz} gegen {format_euro(vergleich)} ohne Persönliches Budget."
