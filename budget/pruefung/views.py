"""The page of the yearly review: what counts now, old beside new, and what follows from it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.bescheid.schreiben.abzug import compute_abzug
from budget.folge.queries import laufende_budgets
from budget.models import Beitragspruefung, PersoenlichesBudget
from budget.pruefung import services
from budget.pruefung.forms import PruefungForm
from budget.pruefung.queries import known_facts, next_frist, open_pruefung, pruefungen_of
from budget.pruefung.schritte import BEGINN, PRUEFSCHRITTE, Prueflage, beginn_of
from budget.states import Auszahlungsform
from budget.states.pruefung import PRUEFUNG
from budget.verfahren.queries import get_budget
from cases.views.formular import run_form, run_step
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from cases.registry.schritt import Hindernis


def _budget_or_404(request: CaseRequest) -> PersoenlichesBudget:
    budget = next(iter(laufende_budgets(request.case)), None) or get_budget(request.case)
    if budget is None or not budget.bescheide.all():
        raise Http404
    budget.case = request.case
    return budget


def _open_or_404(request: CaseRequest) -> Beitragspruefung:
    row = open_pruefung(_budget_or_404(request))
    if row is None:
        raise Http404
    row.persoenliches_budget.case = request.case
    return row


def _seite(fall: int) -> str:
    return reverse("beitrag", args=[fall])


def beitrag(request: CaseRequest, fall: int) -> HttpResponse:
    """Show what is kept back now, the open review with old and new sum, and earlier ones."""
    budget, heute = _budget_or_404(request), timezone.localdate()
    rows = pruefungen_of(budget)
    offen = next((row for row in rows if row.erledigt_am is None), None)
    if offen is not None:
        offen.persoenliches_budget = budget
        schritte = PRUEFSCHRITTE.schritte(Prueflage(request.user, heute, offen))
    else:
        schritte = BEGINN.schritte(beginn_of(budget, request.user, heute))
    return render(
        request,
        "budget/pruefung/seite.html",
        case_context(
            request,
            "Beitrag und Vermögen",
            "budget",
            budget=budget,
            frist=next_frist(budget),
            offen=offen,
            vergleich=_vergleich(offen) if offen else None,
            schritte=schritte,
            frueher=[(row, PRUEFUNG.farben[row.state]) for row in rows if row is not offen],
            zurueck=reverse("budget", args=[fall]),
        ),
    )


def _vergleich(row: Beitragspruefung) -> dict[str, Any]:
    """Return old and new beside each other, with the steps of the new sum."""
    budget = row.persoenliches_budget
    geld = budget.summe(form=Auszahlungsform.GELD)
    return {
        "bisher": row.bisher,
        "neu": row.abzug,
        "ausgezahlt_bisher": geld - row.bisher,
        "ausgezahlt_neu": geld - row.abzug,
        "vermoegen": sum(row.verbrauch.values()),
        "rechenweg": compute_abzug(row.fakten, row.ab).schritte,
    }


def _weigerung(
    request: CaseRequest, budget: PersoenlichesBudget, row: Beitragspruefung | None
) -> tuple[Hindernis, ...]:
    heute = timezone.localdate()
    if row is None:
        return BEGINN.weigerung(beginn_of(budget, request.user, heute), "pruefen")
    return PRUEFSCHRITTE.weigerung(Prueflage(request.user, heute, row), "bearbeiten")


def beitrag_pruefen(request: CaseRequest, fall: int) -> HttpResponse:
    """Ask for evidence, income and assets, and compute anew; a draft of it can be changed."""
    budget, heute = _budget_or_404(request), timezone.localdate()
    row = open_pruefung(budget)

    def act(form: PruefungForm) -> str:
        if row is None:
            services.record_pruefung(
                budget=budget, by=request.user, tag=heute, angaben=form.eingaben
            )
        else:
            services.update_pruefung(
                row=row,
                by=request.user,
                tag=heute,
                angaben=form.eingaben,
                gesehen=form.stand_jetzt,
            )
        return _seite(fall)

    return run_form(
        request,
        PruefungForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Beitrag und Vermögen prüfen",
            "budget",
            zurueck=_seite(fall),
            einleitung="Vorbelegt ist, was zuletzt galt. Bitte tragen Sie ein, was der neue "
            "Nachweis ergibt.",
        ),
        act=act,
        zu=lambda: _weigerung(request, budget, row),
        done="Der Betrag ist neu berechnet.",
        initial={} if row else _vorgaben(budget, heute),
        gespeichert=services.shown_of(row) if row else None,
        form_kwargs={"budget": budget, "heute": heute},
        zuletzt=row.geprueft_von.get_full_name() if row else "",
    )


def _vorgaben(budget: PersoenlichesBudget, heute: date) -> dict[str, Any]:
    """Return what counted last; only the amount that a new evidence shows is left open."""
    frist = next_frist(budget)
    fakten = known_facts(budget)
    return {
        **{name: wert for name, wert in fakten.items() if name not in {"einkommen"}},
        "ab": frist.ende if frist is not None else date(heute.year, 1, 1),
    }


def beitrag_bleibt(request: CaseRequest, fall: int) -> HttpResponse:
    """Settle a review that changes nothing."""
    row = _open_or_404(request)

    def act() -> str:
        services.confirm_pruefung(row=row, by=request.user, tag=timezone.localdate())
        return _seite(fall)

    return run_step(
        request,
        act=act,
        back=_seite(fall),
        done="Die Prüfung ist erledigt. Ein Schreiben geht nur hinaus, wenn Sie unter „Weitere "
        "Bescheide“ die Mitteilung „unverändert“ entwerfen.",
    )


def beitrag_bescheid(request: CaseRequest, fall: int) -> HttpResponse:
    """Draft the Bescheid over the new sum and lead to it."""
    row = _open_or_404(request)

    def act() -> str:
        bescheid = services.decide_pruefung(row=row, by=request.user, tag=timezone.localdate())
        return reverse("folgebescheid", args=[fall, bescheid.pk])

    return run_step(
        request,
        act=act,
        back=_seite(fall),
        done="Der Bescheid ist entworfen. Bitte lesen Sie ihn und legen Sie ihn zur Freigabe vor.",
    )


def beitrag_verwerfen(request: CaseRequest, fall: int) -> HttpResponse:
    """Throw a review away."""
    row = _open_or_404(request)

    def act() -> str:
        services.discard_pruefung(row=row, by=request.user, tag=timezone.localdate())
        return _seite(fall)

    return run_step(request, act=act, back=_seite(fall), done="Die Prüfung ist verworfen.")
