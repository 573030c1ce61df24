"""Pages on which a review falls away, a proof is no longer asked for, a receipt is put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone

from budget.states.ueberpruefung import BUDGETPRUEFUNG, NACHWEIS
from budget.ueberpruefung.queries import nachweis_of, ueberpruefung_of
from budget.ueberpruefung.services import berichtigung as services
from budget.ueberpruefung.views.ueberpruefung import page_of, row_or_404
from budget.verfahren.forms import GrundForm
from cases.views.formular import misplaced, run_form, run_step
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_TAB, _FORM = "budget", "budget/formular.html"


def budget_ueberpruefung_entfallen(
    request: CaseRequest, fall: int, ueberpruefung: int
) -> HttpResponse:
    """Close a review without a talk."""
    row = row_or_404(ueberpruefung_of(request.case, ueberpruefung))
    if back := misplaced(request, BUDGETPRUEFUNG, "entfallen", row.state, page_of(row)):
        return back

    def act(form: GrundForm) -> str:
        services.cancel_budgetueberpruefung(
            ueberpruefung=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return page_of(row)

    return run_form(
        request,
        GrundForm,
        template=_FORM,
        context=case_context(
            request,
            "Überprüfung entfällt",
            _TAB,
            zurueck=page_of(row),
            einleitung="Die Überprüfung schließt ohne Gespräch. Läuft das Budget weiter, bleibt "
            "die Frist für das Gespräch bestehen.",
        ),
        act=act,
        done="Die Überprüfung ist entfallen.",
        form_kwargs={
            "label": "Warum entfällt sie?",
            "hilfe": "Zum Beispiel: irrtümlich begonnen, verstorben, die Person lehnt ab.",
            "knopf": "Vermerken",
        },
    )


def nachweis_zuruecknehmen(request: CaseRequest, fall: int, nachweis: int) -> HttpResponse:
    """Ask for a proof no longer."""
    row = row_or_404(nachweis_of(request.case, nachweis))
    if back := misplaced(request, NACHWEIS, "zuruecknehmen", row.state, page_of(row)):
        return back

    def act(form: GrundForm) -> str:
        services.withdraw_nachweis(
            nachweis=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return page_of(row)

    return run_form(
        request,
        GrundForm,
        template=_FORM,
        context=case_context(
            request,
            "Nachweis nicht mehr verlangen",
            _TAB,
            zurueck=page_of(row),
            einleitung="Die Frist entfällt, und für den Zeitraum lässt sich ein neuer Nachweis "
            "verlangen. Ist die Anforderung schon hinaus, sagen Sie es der Person.",
        ),
        act=act,
        done="Der Nachweis wird nicht mehr verlangt.",
        form_kwargs={
            "label": "Warum wird er nicht mehr verlangt?",
            "hilfe": "Zum Beispiel: falscher Zeitraum, das Budget ist früher zu Ende.",
            "knopf": "Nicht mehr verlangen",
        },
    )


def nachweis_eingang_streichen(request: CaseRequest, fall: int, nachweis: int) -> HttpResponse:
    """Say that a receipt was noted wrong."""
    row = row_or_404(nachweis_of(request.case, nachweis))

    def act() -> str:
        services.undo_eingang(nachweis=row, by=request.user, tag=timezone.localdate())
        return page_of(row)

    return run_step(
        request, act=act, back=page_of(row), done="Der Eingang ist gestrichen; die Frist läuft."
    )
