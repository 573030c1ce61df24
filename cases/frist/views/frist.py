"""Fristen and Wiedervorlagen of a case."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.frist import guards
from cases.frist.forms.frist import (
    ErledigtForm,
    FortsetzenForm,
    FristForm,
    FristpauseForm,
    VerlaengernForm,
)
from cases.frist.forms.wiedervorlage import WiedervorlageForm
from cases.frist.queries import fristen_of_case, fristen_with_history, open_wiedervorlagen, stufe_of
from cases.frist.schritte import FRISTSCHRITTE, Fristlage
from cases.frist.services.fristpause import begin_pause, end_pause
from cases.frist.services.fristverlaengerung import extend_frist
from cases.frist.services.handfrist import end_handfrist, start_handfrist
from cases.frist.services.wiedervorlage import create_wiedervorlage, end_wiedervorlage
from cases.states.frist import LAUFENDE, Fristzustand
from cases.views.formular import run_form, run_step, still_there
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.models import Frist, User
    from cases.registry.aufruf import CaseRequest


def fristen(request: CaseRequest, fall: int) -> HttpResponse:
    """Show all Fristen of the case with their explanation, and the open Wiedervorlagen."""
    heute = timezone.localdate()
    return render(
        request,
        "cases/frist/liste.html",
        case_context(
            request,
            "Fristen",
            "fall_fristen",
            fristen=[
                frist_row(frist, heute, request.user)
                for frist in fristen_with_history(request.case)
            ],
            wiedervorlagen=list(open_wiedervorlagen(request.case)),
        ),
    )


def frist_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Start a Frist for a day that only the case worker knows."""

    def act(form: FristForm) -> str:
        start_handfrist(
            case=request.case,
            regel=form.cleaned_data["regel"],
            ausloeser=form.cleaned_data["ausloeser"],
            laenge=form.cleaned_data["laenge"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _back(fall)

    context = case_context(request, "Frist aufnehmen", zurueck=_back(fall))
    done = "Die Frist ist aufgenommen. Ihr Ende steht in der Liste."
    return run_form(
        request, FristForm, template="base_formular.html", context=context, act=act, done=done
    )


def frist_anhalten(request: CaseRequest, fall: int, frist: int) -> HttpResponse:
    """Let a Frist stand still."""
    row = _frist(request, frist)
    hindernis = guards.frist_kann_pausieren(row)
    if request.method == "GET" and (hindernis or row.state != Fristzustand.OFFEN):
        messages.error(request, hindernis.text if hindernis else "Diese Frist läuft nicht.")
        return redirect(_back(fall))

    def act(form: FristpauseForm) -> str:
        begin_pause(
            frist=row,
            von=form.cleaned_data["von"],
            bis=form.cleaned_data["bis"],
            grund=form.cleaned_data["grund"],
            begruendung=form.cleaned_data["begruendung"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _back(fall)

    return run_form(
        request,
        FristpauseForm,
        template="cases/frist/anhalten.html",
        context=case_context(request, "Frist anhalten", zurueck=_back(fall), frist=row),
        act=act,
        zu=lambda: FRISTSCHRITTE.weigerung(Fristlage(request.user, row), "anhalten"),
        done="Die Frist ruht.",
        form_kwargs={"gruende": guards.pausengruende(row)},
    )


def frist_fortsetzen(request: CaseRequest, fall: int, frist: int) -> HttpResponse:
    """Let a Frist run on; its new end is computed."""
    row = _frist(request, frist)

    def act(form: FortsetzenForm) -> str:
        heute = timezone.localdate()
        end_pause(frist=row, bis=form.cleaned_data["bis"], by=request.user, tag=heute)
        return _back(fall)

    return run_form(
        request,
        FortsetzenForm,
        template="cases/frist/anhalten.html",
        context=case_context(request, "Frist fortsetzen", zurueck=_back(fall), frist=row),
        act=act,
        zu=lambda: FRISTSCHRITTE.weigerung(Fristlage(request.user, row), "fortsetzen"),
        done="Die Frist läuft weiter. Ihr neues Ende steht in der Liste.",
        form_kwargs={"heute": timezone.localdate()},
    )


def frist_verlaengern(request: CaseRequest, fall: int, frist: int) -> HttpResponse:
    """Give a Frist a later end."""
    row = _frist(request, frist)
    gruende = guards.verlaengerungsgruende(row)
    hindernis = guards.frist_kann_verlaengert_werden(row, len(gruende))
    if request.method == "GET" and hindernis:
        messages.error(request, hindernis.text)
        return redirect(_back(fall))

    def act(form: VerlaengernForm) -> str:
        extend_frist(
            frist=row,
            bis=form.cleaned_data["bis"],
            grund=form.cleaned_data["grund"],
            mitgeteilt_am=form.cleaned_data["mitgeteilt_am"],
            begruendung=form.cleaned_data["begruendung"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _back(fall)

    return run_form(
        request,
        VerlaengernForm,
        template="cases/frist/verlaengern.html",
        context=case_context(request, "Frist verlängern", zurueck=_back(fall), frist=row),
        act=act,
        zu=lambda: FRISTSCHRITTE.weigerung(Fristlage(request.user, row), "verlaengern"),
        done="Die Frist ist verlängert. Ihr neues Ende steht in der Liste.",
        form_kwargs={"gruende": gruende},
    )


def frist_erledigt(request: CaseRequest, fall: int, frist: int) -> HttpResponse:
    """Note that a Frist started by hand is answered."""
    row = _frist(request, frist)

    def act(form: ErledigtForm) -> str:
        end_handfrist(
            frist=row,
            durch=form.cleaned_data["durch"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _back(fall)

    return run_form(
        request,
        ErledigtForm,
        template="cases/frist/anhalten.html",
        context=case_context(request, "Frist erledigt", zurueck=_back(fall), frist=row),
        act=act,
        zu=lambda: FRISTSCHRITTE.weigerung(Fristlage(request.user, row), "erledigen"),
        done="Die Frist ist als erledigt vermerkt.",
    )


def _back(fall: int) -> str:
    return reverse("fall_fristen", args=[fall])


def _frist(request: CaseRequest, frist: int) -> Frist:
    row = fristen_of_case(request.case).filter(pk=frist).first()
    if row is None:
        raise Http404
    return row


_SCHRITTE = ("anhalten", "fortsetzen", "verlaengern", "erledigen")


def _open(lage: Fristlage, schritt: str) -> bool:
    knopf = FRISTSCHRITTE.schritt(lage, schritt)
    return knopf is not None and not knopf.hindernisse


def frist_row(frist: Frist, heute: date, user: User) -> dict[str, Any]:
    """Return what one row of the page shows: stand, pauses, changes, and what may be done."""
    wort, farbe = stufe_of(frist, heute)
    zu = guards.frist_kann_pausieren(frist) if frist.state in LAUFENDE else None
    lage = Fristlage(user, frist)
    pausen = list(frist.fristpausen.all())
    return {
        "frist": frist,
        "wort": wort,
        "farbe": farbe,
        "pausen": pausen,
        "verlaengerungen": list(frist.fristverlaengerungen.all()),
        "aenderungen": [a for a in frist.fristaenderungen.all() if a.fristneuberechnung_id],
        "zu": zu,
        # What cannot rest says so in its own column; here stand the open steps only.
        **{s: _open(lage, s) for s in _SCHRITTE},
    }


def wiedervorlage_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Set a reminder for oneself."""

    def act(form: WiedervorlageForm) -> str:
        create_wiedervorlage(
            case=request.case,
            user=request.user,
            am=form.cleaned_data["am"],
            anlass=form.cleaned_data["anlass"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return reverse("fall_fristen", args=[fall])

    return run_form(
        request,
        WiedervorlageForm,
        template="base_formular.html",
        context=case_context(
            request, "Neue Wiedervorlage", zurueck=reverse("fall_fristen", args=[fall])
        ),
        act=act,
        done="Die Wiedervorlage ist angelegt.",
    )


def wiedervorlage_erledigt(request: CaseRequest, fall: int, wiedervorlage: int) -> HttpResponse:
    """Mark a reminder as done."""
    row = open_wiedervorlagen(request.case).filter(pk=wiedervorlage, user=request.user).first()
    back = reverse("fall_fristen", args=[fall])
    if row is None and request.method == "GET":
        raise Http404

    def act() -> str:
        end_wiedervorlage(wiedervorlage=still_there(row), by=request.user, tag=timezone.localdate())
        return back

    return run_step(request, act=act, back=back, done="Die Wiedervorlage ist erledigt.")
