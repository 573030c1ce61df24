"""The case page and its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.fall.queries.fall import antraege_of, latest_events
from cases.fall.schritte import FALLSCHRITTE, Falllage
from cases.fall.services import case as case_services
from cases.fall.views.schritte import order_schritte
from cases.forms.begruendung import BegruendungForm
from cases.frist.queries import reminders, running_fristen, stufe_of
from cases.models import Frist, Vermerkart
from cases.person.views.angabezeile import karte_of, sicht_of
from cases.queries import datenschutzhinweis
from cases.registry.beitrag import registry
from cases.states.fall import FALL
from cases.states.frist import Fristwirkung
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_DONE = {
    "ueberpruefen": "Die Überprüfung hat begonnen.",
    "fortfuehren": "Die Überprüfung ist abgeschlossen. Die Leistung läuft weiter.",
}


def fall(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the case: next steps, running Fristen, application, person, last events."""
    case, heute = request.case, timezone.localdate()
    person = case.leistungsberechtigte_person
    fristen = running_fristen(case.pk)
    sicht = sicht_of(request)
    antraege = antraege_of(case)
    schritte = [s for source in registry.fallschritte for s in source(case, request.user, heute)]
    return render(
        request,
        "cases/fall/seite.html",
        case_context(
            request,
            "Übersicht",
            "fall",
            schritte=order_schritte(schritte),
            fristen=[(frist, *stufe_of(frist, heute)) for frist in fristen],
            draengend=_pressing(fristen, heute) if access.may_write(request.user) else "",
            antraege=antraege,
            person=person,
            personenkarte=karte_of(sicht, person, heute),
            vermerkarten=Vermerkart.choices,
            heute=heute,
            ereignisse=latest_events(case.pk, sicht.einsicht),
            wiedervorlagen=reminders(case.pk),
            informiert=datenschutzhinweis.is_informed(case.pk),
            hinweis_art=datenschutzhinweis.ART,
        ),
    )


def _pressing(fristen: Iterable[Frist], heute: date) -> str:
    """Name the Fristen in which the authority has to act and whose reminder has come."""
    return ", ".join(
        f"{frist.bezeichnung} bis {frist.anzeige}"
        for frist in fristen
        if frist.wirkung == Fristwirkung.HANDLUNG and frist.wiedervorlage <= heute
    )


def _misplaced(request: CaseRequest, schritt: str) -> HttpResponse | None:
    case = request.case
    return misplaced(request, FALL, schritt, case.state, reverse("fall", args=[case.pk]))


def ueberpruefung(request: CaseRequest, fall: int) -> HttpResponse:
    """Begin a review."""
    return _reason_step(
        request,
        "ueberpruefen",
        "Überprüfung beginnen",
        "Anlass der Überprüfung",
        lambda text: case_services.begin_ueberpruefung(
            case=request.case, anlass=text, by=request.user, tag=timezone.localdate()
        ),
    )


def fortfuehren(request: CaseRequest, fall: int) -> HttpResponse:
    """End a review; what has changed stands in plan and Bescheid."""
    return _reason_step(
        request,
        "fortfuehren",
        "Überprüfung abschließen",
        "Ergebnis der Überprüfung",
        lambda text: case_services.continue_unchanged(
            case=request.case, ergebnis=text, by=request.user, tag=timezone.localdate()
        ),
    )


def _reason_step(
    request: CaseRequest, schritt: str, titel: str, label: str, service: Callable[[str], object]
) -> HttpResponse:
    if back := _misplaced(request, schritt):
        return back
    ziel = reverse("fall", args=[request.case.pk])

    def act(form: BegruendungForm) -> str:
        service(form.cleaned_data["text"])
        return ziel

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=case_context(request, titel, zurueck=ziel),
        act=act,
        zu=lambda: FALLSCHRITTE.weigerung(
            Falllage(request.user, timezone.localdate(), request.case), schritt
        ),
        done=_DONE[schritt],
        form_kwargs={"label": label, "absenden": titel},
    )
