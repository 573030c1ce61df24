"""Pages of the proofs under the Arbeitgebermodell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.arbeitgeber import services
from budget.arbeitgeber.forms import ArbeitgebereingangForm, ErinnerungForm, VerlangenForm
from budget.arbeitgeber.queries import (
    arbeitgebernachweis_of,
    arbeitgebernachweise_of,
    fristen_of_arbeitgeber,
    late_arten,
    open_arten,
)
from budget.arbeitgeber.schritte import ARBEITGEBERSCHRITTE, BEGINN, Arbeitgeberlage, beginn_of
from budget.models import Arbeitgebernachweis
from budget.states.vereinbarung import ARBEITGEBERNACHWEIS, arbeitgebernorm_of
from budget.verfahren.views import budget_or_404
from cases.einwilligung.queries import scans_of
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context
from recht.laenge import plus_monate

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_TAB, _FORM = "budget", "budget/formular.html"


def _seite(fall: int) -> str:
    return reverse("arbeitgeber", args=[fall])


def arbeitgeber(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the proofs of an employer with their days, Fristen and next steps."""
    budget, heute = budget_or_404(request), timezone.localdate()
    rows = arbeitgebernachweise_of(budget)
    lage = beginn_of(budget, request.user, heute)
    return render(
        request,
        "budget/arbeitgeber/seite.html",
        case_context(
            request,
            "Nachweise im Arbeitgebermodell",
            _TAB,
            nachweise=[
                (
                    row,
                    ARBEITGEBERNACHWEIS.farben[row.state],
                    ARBEITGEBERSCHRITTE.schritte(Arbeitgeberlage(request.user, heute, row)),
                )
                for row in rows
            ],
            spaet=late_arten(rows, heute),
            schritte=BEGINN.schritte(lage),
            fristen=fristen_of_arbeitgeber(budget),
            norm=arbeitgebernorm_of(budget.beginn),
            zurueck=reverse("budget", args=[fall]),
        ),
    )


def arbeitgeber_verlangen(request: CaseRequest, fall: int) -> HttpResponse:
    """Ask for proofs, each with its day."""
    budget, heute = budget_or_404(request), timezone.localdate()
    arten = open_arten(budget)
    vorschlag = plus_monate(max(budget.beginn, heute), 1)

    def act(form: VerlangenForm) -> str:
        services.add_arbeitgebernachweise(
            budget=budget, faellig=form.faellig, by=request.user, tag=heute
        )
        return _seite(fall)

    return run_form(
        request,
        VerlangenForm,
        template=_FORM,
        context=case_context(
            request,
            "Nachweise als Arbeitgeber verlangen",
            _TAB,
            zurueck=_seite(fall),
            einleitung="Wer seine Assistenz selbst beschäftigt, zeigt, dass alles angemeldet ist, "
            f"soweit es die Zielvereinbarung sagt ({arbeitgebernorm_of(budget.beginn)}).",
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(
            beginn_of(budget, request.user, heute), "arbeitgeber_verlangen"
        ),
        done="Die Nachweise sind verlangt; ihre Fristen laufen.",
        form_kwargs={"arten": arten, "heute": heute},
        initial={art.value: vorschlag for art in arten},
    )


def _or_404(request: CaseRequest, nachweis: int) -> Arbeitgebernachweis:
    row = arbeitgebernachweis_of(request.case, nachweis)
    if row is None:
        raise Http404
    return row


def arbeitgeber_eingang(request: CaseRequest, fall: int, nachweis: int) -> HttpResponse:
    """Take in a proof."""
    row, heute = _or_404(request, nachweis), timezone.localdate()
    if back := misplaced(request, ARBEITGEBERNACHWEIS, "annehmen", row.state, _seite(fall)):
        return back

    def act(form: ArbeitgebereingangForm) -> str:
        services.accept_arbeitgebernachweis(
            nachweis=row,
            eingegangen_am=form.cleaned_data["eingegangen_am"],
            unterlage=form.cleaned_data["unterlage"],
            by=request.user,
            tag=heute,
        )
        return _seite(fall)

    return run_form(
        request,
        ArbeitgebereingangForm,
        template=_FORM,
        context=case_context(request, str(row), _TAB, zurueck=_seite(fall)),
        act=act,
        done="Der Eingang ist festgehalten.",
        initial={"eingegangen_am": heute},
        form_kwargs={"unterlagen": scans_of(request.case), "heute": heute},
    )


def arbeitgeber_erinnern(request: CaseRequest, fall: int, nachweis: int) -> HttpResponse:
    """Note a reminder and the new day."""
    row, heute = _or_404(request, nachweis), timezone.localdate()
    if back := misplaced(request, ARBEITGEBERNACHWEIS, "erinnern", row.state, _seite(fall)):
        return back

    def act(form: ErinnerungForm) -> str:
        services.record_arbeitgebererinnerung(
            nachweis=row,
            am=form.cleaned_data["am"],
            faellig_am=form.cleaned_data["faellig_am"],
            by=request.user,
            tag=heute,
        )
        return _seite(fall)

    return run_form(
        request,
        ErinnerungForm,
        template=_FORM,
        context=case_context(
            request,
            f"Erinnerung: {row}",
            _TAB,
            zurueck=_seite(fall),
            einleitung="Den Brief schreiben Sie unter „Neues Schreiben“. Die Auszahlung läuft "
            "weiter: Ein fehlender Nachweis allein hebt keinen Bescheid auf.",
        ),
        act=act,
        done="Die Erinnerung ist festgehalten; die neue Frist läuft.",
        form_kwargs={"heute": heute},
        initial={"am": heute, "faellig_am": plus_monate(heute, 1)},
    )
