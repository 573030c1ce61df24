"""Intake of an application."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from cases.forms.antrag import AntragForm
from cases.forms.felder import DatumField
from cases.queries.antrag import Dublette, duplicates_for, possible_caseworkers
from cases.services.case import open_case
from cases.services.person import create_person
from cases.views.formular import run_form

if TYPE_CHECKING:
    from cases.middleware import CaseRequest
    from cases.models import Case


def antrag_neu(request: CaseRequest) -> HttpResponse:
    """Take in a person with an application; a possibly known person is shown before a new one."""
    heute = timezone.localdate()
    treffer: list[Any] = []
    if request.method == "POST":
        treffer = _similar(request, heute)
    bestaetigt = request.POST.get("dublette_bestaetigt") in {"on", "True", "true", "1"}

    def act(form: AntragForm) -> str:
        return reverse("fall", args=[_create(form.cleaned_data, request, heute).pk])

    return run_form(
        request,
        AntragForm,
        template="cases/antrag/neu.html",
        context={
            "titel": "Neuer Antrag",
            "zurueck": reverse("start"),
            "treffer": treffer,
            "brotkrumen": [("Mein Tag", reverse("start")), ("Neuer Antrag", None)],
        },
        act=act,
        done="Der Fall ist angelegt. Die ersten Fristen laufen.",
        form_kwargs={
            "caseworker": possible_caseworkers(request.user),
            "stichtag": heute,
            "dublette": bool(treffer),
            "offene_dublette": bool(treffer) and not bestaetigt,
        },
        initial={"eingang": heute, "caseworker": request.user.pk},
    )


def _similar(request: CaseRequest, heute: date) -> list[Dublette]:
    try:
        born = DatumField().clean(request.POST.get("geburtsdatum", ""))
    except ValidationError:
        born = None
    return duplicates_for(
        vorname=request.POST.get("vorname", "").strip(),
        nachname=request.POST.get("nachname", "").strip(),
        geburtsdatum=born,
        user=request.user,
        stichtag=heute,
    )


def _create(d: dict[str, Any], request: CaseRequest, heute: date) -> Case:
    person = create_person(
        anrede=d["anrede"],
        vorname=d["vorname"],
        nachname=d["nachname"],
        geburtsdatum=d["geburtsdatum"],
        zusatz=d["zusatz"],
        strasse=d["strasse"],
        plz=d["plz"],
        ort=d["ort"],
        telefon=d["telefon"],
        email=d["email"],
        email_zugang_seit=d["eingang"] if d["email_zugang"] else None,
        at=min(d["eingang"], heute),
    )
    case, _ = open_case(
        leistungsberechtigte_person=person,
        team=d["caseworker"].team,
        caseworker=d["caseworker"],
        eingang=d["eingang"],
        weg=d["weg"],
        begehren=d["begehren"],
        persoenliches_budget=d["persoenliches_budget"],
        by=request.user,
        at=heute,
    )
    return case
