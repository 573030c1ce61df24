"""Protection of the person of a case: what holds, set it, ask to lift it, decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.forms.begruendung import BegruendungForm
from cases.person.forms.schutz import SchutzForm
from cases.person.guards.schutz import noch_kein_schutz
from cases.person.queries.schutz import schutz_of
from cases.person.schritte import SCHUTZSCHRITTE, Schutzlage
from cases.person.services.schutz import decide_schutz, set_schutz
from cases.states.schutz import PERSONENSCHUTZ
from cases.views.formular import run_form, run_step
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.models import Personenschutz
    from cases.registry.aufruf import CaseRequest


def schutz(request: CaseRequest, fall: int) -> HttpResponse:
    """Show what protects the person and who has decided it."""
    case = request.case
    rows = list(schutz_of(case.leistungsberechtigte_person))
    hindernis = noch_kein_schutz(case.leistungsberechtigte_person)
    return render(
        request,
        "cases/person/schutz.html",
        case_context(
            request,
            "Schutz der Person",
            "fall_person",
            zeilen=[
                (
                    row,
                    PERSONENSCHUTZ.farben[row.state],
                    SCHUTZSCHRITTE.schritte(Schutzlage(request.user, row, case)),
                )
                for row in rows
            ],
            darf_setzen=access.may_write(request.user) and hindernis is None,
        ),
    )


def schutz_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Protect the person, in all her cases at once."""
    heute, ziel = timezone.localdate(), reverse("schutz", args=[fall])

    def act(form: SchutzForm) -> str:
        d = form.cleaned_data
        set_schutz(
            case=request.case,
            grund=d["grund"],
            begruendung=d["begruendung"],
            gueltig_ab=d["gueltig_ab"],
            gueltig_bis=d["gueltig_bis"],
            by=request.user,
            tag=heute,
        )
        # Who is no longer allowed in has to be led somewhere else.
        sieht = access.visible_to(request.user, heute).filter(pk=fall).exists()
        return ziel if sieht else reverse("faelle")

    return run_form(
        request,
        SchutzForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Person schützen",
            zurueck=ziel,
            einleitung="Der Schutz gilt sofort und in allen Fällen der Person, auch in künftigen. "
            "Nur die zuständige Person und ihre Leitung sehen sie dann noch. Eine zweite Person "
            "bestätigt ihn; aufheben können ihn nur zwei.",
        ),
        act=act,
        done="Die Person ist geschützt.",
        initial={"gueltig_ab": heute},
    )


def schutz_aufhebung(request: CaseRequest, fall: int, schutz: int) -> HttpResponse:
    """Ask for the protection to be lifted; it holds until a second person agrees."""
    row, ziel = _or_404(request, schutz), reverse("schutz", args=[fall])

    def act(form: BegruendungForm) -> str:
        decide_schutz(
            schutz=row,
            case=request.case,
            schritt="aufhebung_beantragen",
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return ziel

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Aufhebung des Schutzes beantragen",
            zurueck=ziel,
            einleitung="Der Schutz gilt weiter, bis eine andere Leitung zugestimmt hat.",
        ),
        act=act,
        zu=lambda: SCHUTZSCHRITTE.weigerung(
            Schutzlage(request.user, row, request.case), "aufhebung_beantragen"
        ),
        done="Die Aufhebung ist beantragt. Bis dahin gilt der Schutz.",
        form_kwargs={"label": "Warum soll der Schutz enden?", "absenden": "Aufhebung beantragen"},
    )


def schutz_bestaetigen(request: CaseRequest, fall: int, schutz: int) -> HttpResponse:
    """Confirm what somebody else has set."""
    return _decide(request, schutz, "bestaetigen", "Der Schutz ist bestätigt.")


def schutz_beibehalten(request: CaseRequest, fall: int, schutz: int) -> HttpResponse:
    """Refuse the lifting."""
    return _decide(request, schutz, "beibehalten", "Der Schutz bleibt.")


def schutz_aufheben(request: CaseRequest, fall: int, schutz: int) -> HttpResponse:
    """Lift what somebody else has asked to be lifted."""
    return _decide(request, schutz, "aufheben", "Der Schutz ist aufgehoben.")


def _decide(request: CaseRequest, schutz: int, schritt: str, done: str) -> HttpResponse:
    row, back = _or_404(request, schutz), reverse("schutz", args=[request.case.pk])

    def act() -> str:
        decide_schutz(
            schutz=row,
            case=request.case,
            schritt=schritt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return back

    return run_step(request, act=act, back=back, done=done)


def _or_404(request: CaseRequest, schutz: int) -> Personenschutz:
    row = schutz_of(request.case.leistungsberechtigte_person).filter(pk=schutz).first()
    if row is None:
        raise Http404
    return row
