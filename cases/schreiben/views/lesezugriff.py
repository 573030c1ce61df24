"""„Wer hat diese Akte gelesen?“ for supervisors and Datenschutz, and the answer to the person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from cases.schreiben.services import leseauskunft
from cases.schreiben.views.verfassen import run_brief
from cases.states.zugang import Zugriffsgrund
from cases.views.rahmen import case_context
from cases.zugang.forms.zugang import LeseauskunftForm, LesefilterForm
from cases.zugang.queries.lesezugriff import (
    case_by_id,
    leser,
    lesezugriffe,
    seite_in_worten,
    zeilen_of,
)
from cases.zugang.services.lesezugriff import note_control

if TYPE_CHECKING:
    from cases.models import Case
    from cases.registry.aufruf import CaseRequest
    from cases.registry.schreibenart import Schreibanlass

ZEILEN = 50


def log_context(request: CaseRequest, case: Case) -> dict[str, Any]:
    """Return filter, rows and page of the read log of a case."""
    personen = [(str(u.pk), u.get_full_name() or u.username) for u in leser(case)]
    daten = {k: request.GET[k] for k in ("von", "bis", "person") if request.GET.get(k)}
    form = LesefilterForm(daten or None, personen=personen)
    gueltig = form.cleaned_data if form.is_bound and form.is_valid() else {}
    person = gueltig.get("person")
    rows = lesezugriffe(
        case,
        von=gueltig.get("von"),
        bis=gueltig.get("bis"),
        person=int(person) if person else None,
    )
    seite = Paginator(rows, ZEILEN).get_page(request.GET.get("seite"))
    return {
        "form": form,
        "seite": seite,
        "seiten_zusatz": urlencode(daten),
        "zeilen": [
            (
                row,
                seite_in_worten(row.route),
                "danger" if row.grund == Zugriffsgrund.NOTFALL else "",
            )
            for row in zeilen_of(seite.object_list)
        ],
    }


def fall_lesezugriffe(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the supervisor who read the case."""
    return render(
        request,
        "cases/schreiben/lesezugriff/fall.html",
        case_context(
            request,
            "Wer hat diese Akte gelesen?",
            "fall_lesezugriffe",
            **log_context(request, request.case),
        ),
    )


def leseauskunft_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Write the answer letter."""
    heute = timezone.localdate()

    def anlass_of(form: LeseauskunftForm) -> tuple[str, Schreibanlass]:
        d = form.cleaned_data
        return leseauskunft.ART, leseauskunft.prepare_leseauskunft(
            case=request.case,
            von=d["von"],
            bis=d["bis"],
            mit_namen=d["umfang"] == "namen",
            begruendung=d["begruendung"],
            by=request.user,
            tag=heute,
        )

    return run_brief(
        request,
        LeseauskunftForm,
        anlass_of=anlass_of,
        titel="Auskunft über Zugriffe",
        aktiv="fall_lesezugriffe",
        zurueck=reverse("fall_lesezugriffe", args=[fall]),
        einleitung="Das Schreiben nennt der leistungsberechtigten Person alle Zugriffe auf "
        "ihre Akte (Art. 15 DSGVO, § 83 SGB X). Es wird festgeschrieben und danach versandt.",
        form_kwargs={"stichtag": heute},
        initial={"von": _a_year_before(heute), "bis": heute, "umfang": "funktionen"},
    )


def _a_year_before(tag: date) -> date:
    return tag - timedelta(days=365)


def datenschutz_lesezugriffe(request: CaseRequest, akte: int) -> HttpResponse:
    """Show the Datenschutz who read a case: its Aktenzeichen and no content; this is logged too."""
    case = case_by_id(akte)
    if case is None:
        raise Http404
    note_control(case=case, by=request.user)
    titel = f"Zugriffe auf {case.aktenzeichen}"
    return render(
        request,
        "cases/schreiben/lesezugriff/datenschutz.html",
        {
            "titel": titel,
            "brotkrumen": [("Datenschutz", reverse("datenschutz")), (titel, None)],
            **log_context(request, case),
        },
    )
