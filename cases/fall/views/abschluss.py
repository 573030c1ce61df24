"""End of a case with all that stands in its way, and reopening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from cases.fall.forms.abschluss import BeendenForm
from cases.fall.guards.case import open_fristen
from cases.fall.queries.abschluss import (
    lifted_fristen,
    open_reminders,
)
from cases.fall.schritte import FALLSCHRITTE, Falllage
from cases.fall.services.case import end_case, reopen_case
from cases.forms.begruendung import BegruendungForm
from cases.frist.queries import stufe_of
from cases.states.fall import FALL, Fallzustand
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def beenden(request: CaseRequest, fall: int) -> HttpResponse:
    """End the case; what is still open is named with the way to it."""
    case, heute = request.case, timezone.localdate()
    ziel = reverse("fall", args=[fall])
    if back := misplaced(request, FALL, "beenden", case.state, ziel):
        return back

    def act(form: BeendenForm) -> str:
        end_case(
            case=case,
            art=form.cleaned_data["art"],
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=heute,
        )
        return ziel

    return run_form(
        request,
        BeendenForm,
        template="cases/fall/abschluss/beenden.html",
        context=case_context(
            request,
            "Fall beenden",
            zurueck=ziel,
            hindernisse=FALLSCHRITTE.hindernisse(Falllage(request.user, heute, case), "beenden"),
            fristen=[(frist, *stufe_of(frist, heute)) for frist in open_fristen(case)],
            wiedervorlagen=list(open_reminders(case)),
        ),
        act=act,
        done="Der Fall ist beendet.",
        form_kwargs={"verstorben": case.leistungsberechtigte_person.verstorben(heute)},
    )


def wiederaufnehmen(request: CaseRequest, fall: int) -> HttpResponse:
    """Take up an ended case again."""
    case, heute = request.case, timezone.localdate()
    ziel = reverse("fall", args=[fall])
    lage = Falllage(request.user, heute, case)
    zustand, hindernisse = lage.wieder, FALLSCHRITTE.hindernisse(lage, lage.wiederaufnahme)
    if not hindernisse and (
        back := misplaced(request, FALL, lage.wiederaufnahme, case.state, ziel)
    ):
        return back

    def act(form: BegruendungForm) -> str:
        reopen_case(case=case, grund=form.cleaned_data["text"], by=request.user, tag=heute)
        return ziel

    return run_form(
        request,
        BegruendungForm,
        template="cases/fall/abschluss/wiederaufnehmen.html",
        context=case_context(
            request,
            "Fall wieder aufnehmen",
            zurueck=ziel,
            hindernis=next(iter(hindernisse), None),
            zustand=Fallzustand(zustand).label if zustand else "",
            fristen=[(frist, frist.ende < heute) for frist in lifted_fristen(case)],
        ),
        act=act,
        done="Der Fall ist wieder aufgenommen.",
        form_kwargs={"label": "Grund der Wiederaufnahme", "absenden": "Fall wieder aufnehmen"},
    )
