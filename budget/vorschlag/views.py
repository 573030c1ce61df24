"""Pages of a Persönliches Budget that the authority proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.models import Budgetvorschlag
from budget.states.vorschlag import BUDGETVORSCHLAG, vorschlagsnorm_am
from budget.vorschlag import services
from budget.vorschlag.forms import AntwortForm, VorschlagForm
from budget.vorschlag.queries import antrag_for_ja, vorschlaege_of, vorschlag_or_none
from budget.vorschlag.schritte import (
    BEGINN,
    VORSCHLAGSSCHRITTE,
    Vorschlagsbeginn,
    Vorschlagslage,
)
from cases.views.formular import misplaced, run_form, run_step
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_TAB, _FORM = "budget", "budget/formular.html"


def _seite(fall: int) -> str:
    return reverse("budgetvorschlaege", args=[fall])


def budgetvorschlaege(request: CaseRequest, fall: int) -> HttpResponse:
    """Show what was proposed, the answers, and the next step."""
    heute = timezone.localdate()
    return render(
        request,
        "budget/vorschlag/seite.html",
        case_context(
            request,
            "Vorschlag eines Persönlichen Budgets",
            _TAB,
            zeilen=[
                (
                    row,
                    BUDGETVORSCHLAG.farben[row.state],
                    VORSCHLAGSSCHRITTE.schritte(Vorschlagslage(request.user, heute, row)),
                )
                for row in vorschlaege_of(request.case)
            ],
            schritte=BEGINN.schritte(Vorschlagsbeginn(request.user, heute, request.case)),
            norm=vorschlagsnorm_am(heute),
            zurueck=reverse("budget", args=[fall]),
        ),
    )


def budget_vorschlagen(request: CaseRequest, fall: int) -> HttpResponse:
    """Note that a budget was proposed."""
    heute = timezone.localdate()

    def act(form: VorschlagForm) -> str:
        services.record_vorschlag(case=request.case, by=request.user, tag=heute, **form.eingaben)
        return _seite(fall)

    return run_form(
        request,
        VorschlagForm,
        template=_FORM,
        context=case_context(
            request,
            "Persönliches Budget vorschlagen",
            _TAB,
            zurueck=_seite(fall),
            einleitung="Über die Form entscheidet die Person: Es braucht ihren Antrag "
            f"({vorschlagsnorm_am(heute)}). Ein Vorschlag beantragt nichts.",
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(
            Vorschlagsbeginn(request.user, heute, request.case), "vorschlagen"
        ),
        done="Der Vorschlag ist festgehalten.",
        initial={"am": heute},
        form_kwargs={"heute": heute},
    )


def _or_404(request: CaseRequest, vorschlag: int) -> Budgetvorschlag:
    row = vorschlag_or_none(request.case, vorschlag)
    if row is None:
        raise Http404
    return row


def _folge(request: CaseRequest) -> str:
    """Return what a yes does now: it goes with an open Antrag, or is a new one."""
    antrag = antrag_for_ja(request.case)
    if antrag is None:
        return (
            "Mit dem Ja geht ein neuer Antrag ein, am Tag der Antwort; seine Fristen beginnen. Sie "
            "tippen nichts noch einmal."
        )
    return (
        f"Der Antrag, eingegangen am {antrag.eingang:%d.%m.%Y}, richtet sich danach "
        "auch auf das Persönliche Budget; seine Fristen laufen weiter."
    )


def budgetvorschlag_annehmen(request: CaseRequest, fall: int, vorschlag: int) -> HttpResponse:
    """Note the yes; the Antrag begins with it."""
    row, heute = _or_404(request, vorschlag), timezone.localdate()
    if back := misplaced(request, BUDGETVORSCHLAG, "annehmen", row.state, _seite(fall)):
        return back

    def act(form: AntwortForm) -> str:
        services.accept_vorschlag(row=row, by=request.user, tag=heute, **form.eingaben)
        return reverse("budget", args=[fall])

    return run_form(
        request,
        AntwortForm,
        template=_FORM,
        context=case_context(
            request,
            "Die Person möchte das Budget",
            _TAB,
            zurueck=_seite(fall),
            einleitung=_folge(request),
        ),
        act=act,
        zu=lambda: VORSCHLAGSSCHRITTE.weigerung(
            Vorschlagslage(request.user, heute, row), "annehmen"
        ),
        done="Die Antwort ist vermerkt; das Persönliche Budget ist beantragt.",
        initial={"am": heute, "weg": "niederschrift"},
        form_kwargs={"vorschlag": row, "heute": heute, "ja": True},
    )


def budgetvorschlag_ablehnen(request: CaseRequest, fall: int, vorschlag: int) -> HttpResponse:
    """Note the no with the words of the person."""
    row, heute = _or_404(request, vorschlag), timezone.localdate()
    if back := misplaced(request, BUDGETVORSCHLAG, "ablehnen", row.state, _seite(fall)):
        return back

    def act(form: AntwortForm) -> str:
        services.reject_vorschlag(row=row, by=request.user, tag=heute, **form.eingaben)
        return _seite(fall)

    return run_form(
        request,
        AntwortForm,
        template=_FORM,
        context=case_context(
            request,
            "Die Person möchte es nicht",
            _TAB,
            zurueck=_seite(fall),
            einleitung="Der Anspruch auf die Leistungen ändert sich dadurch nicht.",
        ),
        act=act,
        zu=lambda: VORSCHLAGSSCHRITTE.weigerung(
            Vorschlagslage(request.user, heute, row), "ablehnen"
        ),
        done="Die Antwort ist vermerkt.",
        initial={"am": heute},
        form_kwargs={"vorschlag": row, "heute": heute, "ja": False},
    )


def budgetvorschlag_verwerfen(request: CaseRequest, fall: int, vorschlag: int) -> HttpResponse:
    """Throw a proposal away that was noted by mistake; POST only."""
    row = _or_404(request, vorschlag)

    def act() -> str:
        services.discard_vorschlag(row=row, by=request.user, tag=timezone.localdate())
        return _seite(fall)

    return run_step(request, act=act, back=_seite(fall), done="Der Vorschlag ist verworfen.")
