"""One letter on its way: choose the way, see what followed, decide what is unclear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.models import Schreiben, Versand, Versandweg
from cases.person.guards.adressat import email_an_den_adressaten
from cases.registry.schritt import Schritt
from cases.schreiben.forms.versand import AufgabeForm, VersandForm
from cases.schreiben.guards.einwilligung import schreiben_an_dritte_nicht_per_email
from cases.schreiben.guards.versand import email_zugang_eroeffnet
from cases.schreiben.queries.versand import schreiben_in, versand_in
from cases.schreiben.schritte import VERSANDSCHRITTE, Versandlage
from cases.schreiben.services import versand as service
from cases.states.versand import VERSAND, Versandzustand
from cases.tasks import wake
from cases.views.formular import run_form, run_step
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


# From here a letter may start again, by another way or with a new consent.
_NOCHMALS = (
    Versandzustand.FEHLGESCHLAGEN,
    Versandzustand.ZURUECKGENOMMEN,
    Versandzustand.ANGEHALTEN,
)


def versand(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Show state, Bekanntgabe with its account, and the steps that are open."""
    row = _versand(request, versand)
    return render(
        request,
        "cases/schreiben/versand/seite.html",
        case_context(
            request,
            "Versand",
            versand=row,
            farbe=VERSAND.farben[row.state],
            schritte=_steps(request, row),
            rechtsbehelf=service.has_rechtsbehelf(row.schreiben),
        ),
    )


def _steps(request: CaseRequest, row: Versand) -> list[Schritt]:
    if not access.may_write(request.user):
        return []
    lage = Versandlage(request.user, timezone.localdate(), row)
    steps = VERSANDSCHRITTE.schritte(lage)
    if row.state in _NOCHMALS:
        neu = reverse("versand_neu", args=[request.case.pk, row.schreiben_id])
        steps.append(Schritt("Anders versenden", neu, haupt=True))
    return steps


def versand_neu(request: CaseRequest, fall: int, schreiben: int) -> HttpResponse:
    """Choose how a letter leaves the house."""
    brief = _schreiben(request, schreiben)
    heute = timezone.localdate()
    person = request.case.leistungsberechtigte_person
    hindernis = (
        schreiben_an_dritte_nicht_per_email(brief)
        or email_zugang_eroeffnet(person, heute)
        or email_an_den_adressaten(person, heute)
    )
    weg = Versandweg.POST if hindernis else Versandweg.ELEKTRONISCH
    hinweis = f"E-Mail ist nicht möglich: {hindernis.text}" if hindernis else ""

    def act(form: VersandForm) -> str:
        weg, am = form.cleaned_data["weg"], form.cleaned_data["uebergeben_am"]
        if weg == Versandweg.UEBERGABE:
            row = service.hand_over(schreiben=brief, am=am, by=request.user, tag=heute)
        else:
            row = service.send(schreiben=brief, weg=weg, by=request.user, tag=heute)
        wake(service.auftrag_of(row))
        return reverse("versand", args=[fall, row.pk])

    return run_form(
        request,
        VersandForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Schreiben versenden",
            einleitung=f"{brief.titel} vom {brief.datum:%d.%m.%Y} ({brief.nummer})",
            zurueck=reverse("fall", args=[fall]),
        ),
        act=act,
        done="Der Versand ist veranlasst.",
        form_kwargs={"hinweis": hinweis},
        initial={"weg": weg},
    )


def versand_vermerken(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Record the day of posting of one letter, or that an uncertain e-mail has gone out."""
    row = _versand(request, versand)
    heute = timezone.localdate()
    zurueck = reverse("versand", args=[fall, versand])
    email = row.weg == Versandweg.ELEKTRONISCH

    def act(form: AufgabeForm) -> str:
        service.record_aufgabe(
            versand=row, aufgabe_am=form.cleaned_data["aufgabe_am"], by=request.user, tag=heute
        )
        return zurueck

    return run_form(
        request,
        AufgabeForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Als versandt vermerken" if email else "Aufgabe zur Post vermerken",
            einleitung=f"{row.schreiben.titel} vom {row.schreiben.datum:%d.%m.%Y}. "
            "Mit diesem Tag beginnt die Frist bis zur Bekanntgabe.",
            zurueck=zurueck,
        ),
        act=act,
        done="Der Tag ist vermerkt, die Bekanntgabe berechnet.",
        form_kwargs={
            "stichtag": heute,
            "label": "Versandt am" if email else "Zur Post gegeben am",
        },
    )


def versand_erneut(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Send an uncertain e-mail once more."""
    row = _versand(request, versand)
    seite = reverse("versand", args=[fall, versand])

    def act() -> str:
        service.send_again(versand=row, by=request.user, tag=timezone.localdate())
        wake(service.auftrag_of(row))
        return seite

    return run_step(request, act=act, back=seite, done="Die Nachricht wird erneut gesendet.")


def versand_zuruecknehmen(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Take a letter back before it has left."""
    row = _versand(request, versand)
    seite = reverse("versand", args=[fall, versand])

    def act() -> str:
        service.cancel_versand(versand=row, by=request.user, tag=timezone.localdate())
        return seite

    return run_step(request, act=act, back=seite, done="Der Versand ist zurückgenommen.")


def _versand(request: CaseRequest, versand_id: int) -> Versand:
    row = versand_in(request.case).filter(pk=versand_id).first()
    if row is None:
        raise Http404
    row.schreiben.case = request.case
    return row


def _schreiben(request: CaseRequest, schreiben_id: int) -> Schreiben:
    row = schreiben_in(request.case).filter(pk=schreiben_id).first()
    if row is None:
        raise Http404
    return row
