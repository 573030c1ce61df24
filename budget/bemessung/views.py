"""Setting and removing Teilbudgets, and closing the Bemessung."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from budget.bemessung.forms import TeilbudgetForm
from budget.bemessung.queries import list_leistungen
from budget.bemessung.services import (
    ANGABEN,
    finish_bemessung,
    remove_teilbudget,
    richtwert_of,
    set_teilbudget,
)
from budget.models import Teilbudget
from budget.states import Bemessungsart
from budget.verfahren.views import budget_or_404
from cases.models.stand import werte_of
from cases.queries.stand import last_editor
from cases.views.formular import run_form, run_step
from cases.views.rahmen import case_context
from recht.eingliederungshilfe import is_eingliederungshilfe

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def _initial(
    teilbudget: Teilbudget | None, gutschein: bool, richtwert_gilt: bool
) -> dict[str, Any]:
    if teilbudget is not None:
        return {}
    if gutschein:
        return {"bemessungsart": Bemessungsart.GUTSCHEIN, "auszahlungsform": "gutschein"}
    art = Bemessungsart.PAUSCHALE if richtwert_gilt else Bemessungsart.INDIVIDUELL
    return {"bemessungsart": art, "auszahlungsform": "geld", "nachweisart": "belege"}


def teilbudget(request: CaseRequest, fall: int, leistung: int) -> HttpResponse:
    """Set the amount of one Leistung; the Richtwert stands beside it."""
    budget, ziel = budget_or_404(request), reverse("budget", args=[fall])
    row = next((le for le in list_leistungen(budget.gesamtplan) if le.pk == leistung), None)
    if row is None:
        raise Http404
    gesetzt = next((t for t in budget.teilbudgets.all() if t.leistung_id == row.pk), None)
    vergleichbar = is_eingliederungshilfe(row.norm, budget.beginn) and not row.ergaenzend
    richtwert = (
        richtwert_of(request.case.leistungsberechtigte_person, budget.beginn)
        if vergleichbar
        else None
    )

    def act(form: TeilbudgetForm) -> str:
        set_teilbudget(
            budget=budget,
            leistung=row,
            by=request.user,
            tag=timezone.localdate(),
            gesehen=form.stand_jetzt,
            **form.eingaben,
        )
        return ziel

    gutschein = row.leistungstraeger.art == "pflegekasse"
    return run_form(
        request,
        TeilbudgetForm,
        template="budget/bemessung/formular.html",
        context=case_context(
            request,
            "Teilbudget festsetzen",
            "budget",
            zurueck=ziel,
            leistung=row,
            teilbudget=gesetzt,
            budget=budget,
            richtwert=richtwert,
            vergleichbar=vergleichbar,
        ),
        act=act,
        done="Das Teilbudget ist gespeichert.",
        form_kwargs={"stichtag": budget.beginn},
        gespeichert=werte_of(gesetzt, ANGABEN),
        zuletzt=partial(last_editor, gesetzt),
        initial=_initial(gesetzt, gutschein, richtwert is not None and richtwert.gilt),
    )


def teilbudget_entfernen(request: CaseRequest, fall: int, leistung: int) -> HttpResponse:
    """Take one Teilbudget away."""
    budget, ziel = budget_or_404(request), reverse("budget", args=[fall])
    row = next((t for t in budget.teilbudgets.all() if t.leistung_id == leistung), None)
    if row is None:
        raise Http404

    def act() -> str:
        row.persoenliches_budget = budget
        remove_teilbudget(teilbudget=row, by=request.user, tag=timezone.localdate())
        return ziel

    return run_step(request, act=act, back=ziel, done="Das Teilbudget ist entfernt.")


def budget_bemessen(request: CaseRequest, fall: int) -> HttpResponse:
    """Close the measuring."""
    row, ziel = budget_or_404(request), reverse("budget", args=[fall])

    def act() -> str:
        finish_bemessung(budget=row, by=request.user, tag=timezone.localdate())
        return ziel

    return run_step(request, act=act, back=ziel, done="Die Bemessung ist abgeschlossen.")
