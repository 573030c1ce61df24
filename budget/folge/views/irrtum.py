"""Pages on which a mistake about a Widerspruch is put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from budget.folge.queries import widerspruch_of
from budget.folge.schritte import WIDERSPRUCHSCHRITTE, Widerspruchslage
from budget.folge.services.irrtum import cancel_widerspruch, undo_ruecknahme
from budget.models import Widerspruch
from budget.states.widerspruch import WIDERSPRUCH
from budget.verfahren.forms import GrundForm
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def widerspruch_ruecknahme_berichtigen(
    request: CaseRequest, fall: int, widerspruch: int
) -> HttpResponse:
    """Say that the person has not taken it back after all."""
    return _put_right(
        request,
        widerspruch,
        "ruecknahme_berichtigen",
        undo_ruecknahme,
        "Der Widerspruch ist wieder offen: Er hält die Entscheidung auf, soweit das Gesetz es "
        "vorsieht, und die Frist für die Antwort läuft weiter.",
    )


def widerspruch_streichen(request: CaseRequest, fall: int, widerspruch: int) -> HttpResponse:
    """Say that nobody has lodged it against this letter."""
    return _put_right(
        request,
        widerspruch,
        "streichen",
        cancel_widerspruch,
        "Für einen Widerspruch, den es so nicht gibt, zum Beispiel gegen ein anderes Schreiben. "
        "Den richtigen erfassen Sie danach neu, auch mit demselben Tag.",
    )


def _put_right(
    request: CaseRequest,
    kennung: int,
    schritt: str,
    service: Callable[..., Widerspruch],
    einleitung: str,
) -> HttpResponse:
    row = widerspruch_of(request.case, kennung)
    if row is None:
        raise Http404
    seite = reverse("widerspruch", args=[row.case_id, row.pk])
    if back := misplaced(request, WIDERSPRUCH, schritt, row.state, seite):
        return back
    tag: date = timezone.localdate()

    def act(form: GrundForm) -> str:
        service(row=row, grund=form.cleaned_data["text"], by=request.user, tag=tag)
        return seite

    return run_form(
        request,
        GrundForm,
        template="budget/formular.html",
        context=case_context(
            request,
            WIDERSPRUCH.uebergang(schritt).titel,
            "budget",
            zurueck=seite,
            einleitung=einleitung,
        ),
        act=act,
        zu=lambda: WIDERSPRUCHSCHRITTE.weigerung(Widerspruchslage(request.user, tag, row), schritt),
        done="Der Irrtum ist berichtigt.",
        form_kwargs={
            "label": "Wie kam es zu dem Irrtum?",
            "hilfe": "Der Satz steht in der Chronik des Falls.",
            "knopf": "Berichtigen",
        },
    )
