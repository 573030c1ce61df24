"""Pages of the transitions in the life of a person."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.forms.begruendung import BegruendungForm
from cases.views.formular import misplaced, run_form, run_step, still_there
from cases.views.rahmen import case_context
from gesamtplan.lebensuebergang import services
from gesamtplan.lebensuebergang.forms import NeuerUebergangForm, UebergangstagForm
from gesamtplan.lebensuebergang.queries import (
    Ausblick,
    errechnet_for,
    outlook_of,
    uebergaenge_of,
    werte_of_lebensuebergang,
)
from gesamtplan.lebensuebergang.schritte import (
    BEGINN,
    UEBERGANGSSCHRITTE,
    Beginnlage,
    Uebergangslage,
)
from gesamtplan.states.lebensuebergang import LEBENSUEBERGANG
from recht.lebensuebergaenge import uebergangsarten

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Lebensuebergang

_TAB = "gesamtplan"


def lebensuebergaenge(request: CaseRequest, fall: int) -> HttpResponse:
    """Show what lies before the person, with the account of each day, and what is settled."""
    heute = timezone.localdate()
    ausblicke, erledigt = outlook_of(request.case, heute)
    beginn = BEGINN.schritte(Beginnlage(request.user, heute, request.case))
    return render(
        request,
        "gesamtplan/lebensuebergang/liste.html",
        case_context(
            request,
            "Übergänge im Leben",
            _TAB,
            zeilen=[_zeile(request, ausblick, bool(beginn)) for ausblick in ausblicke],
            erledigt=erledigt,
            farben=LEBENSUEBERGANG.farben,
            schritte=beginn,
            zurueck=_plan_url(fall),
        ),
    )


def _zeile(request: CaseRequest, ausblick: Ausblick, darf: bool) -> dict[str, Any]:
    row, art = ausblick.row, ausblick.errechnet.art
    lage = Uebergangslage(request.user, timezone.localdate(), row) if row is not None else None
    return {
        "art": art,
        "errechnet": ausblick.errechnet,
        "tag": ausblick.tag,
        "anders": ausblick.anders,
        "row": row,
        "begruendung": [asdict(schritt) for schritt in ausblick.errechnet.schritte],
        "schritte": UEBERGANGSSCHRITTE.schritte(lage) if lage else [],
        "vormerken": darf and row is None,
    }


def _plan_url(fall: int) -> str:
    return reverse("gesamtplan", args=[fall])


def _liste(fall: int) -> str:
    return reverse("lebensuebergaenge", args=[fall])


def lebensuebergang_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Note a transition; `?art=` names it, its computed day is filled in."""
    heute, gefragt = timezone.localdate(), request.GET.get("art", "")
    art = gefragt if gefragt in {eine.schluessel for eine in uebergangsarten()} else ""
    person = request.case.leistungsberechtigte_person

    def act(form: NeuerUebergangForm) -> str:
        services.note_lebensuebergang(
            case=request.case,
            art=form.cleaned_data["art"],
            wann=form.cleaned_data["tag"],
            quelle=form.cleaned_data["quelle"],
            by=request.user,
            tag=heute,
        )
        return _liste(fall)

    return run_form(
        request,
        NeuerUebergangForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Übergang vormerken",
            _TAB,
            zurueck=_liste(fall),
            einleitung="Zum Übergang gehört eine Wiedervorlage, früh genug für den Plan.",
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(Beginnlage(request.user, heute, request.case), "vormerken"),
        done="Der Übergang ist vorgemerkt.",
        initial={"art": art, "tag": errechnet_for(person, art).tag if art else None},
    )


def lebensuebergang_bearbeiten(
    request: CaseRequest, fall: int, lebensuebergang: int
) -> HttpResponse:
    """Set the day of a transition anew."""
    row = _or_404(request, lebensuebergang)
    if weg := misplaced(request, LEBENSUEBERGANG, "festlegen", row.state, _liste(fall)):
        return weg

    def act(form: UebergangstagForm) -> str:
        services.update_lebensuebergang(
            lebensuebergang=row,
            wann=form.cleaned_data["tag"],
            quelle=form.cleaned_data["quelle"],
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return _liste(fall)

    return run_form(
        request,
        UebergangstagForm,
        template="base_formular.html",
        context=case_context(
            request, f"{row.get_art_display()}: Tag festlegen", _TAB, zurueck=_liste(fall)
        ),
        act=act,
        zu=lambda: UEBERGANGSSCHRITTE.weigerung(
            Uebergangslage(request.user, timezone.localdate(), row), "festlegen"
        ),
        done="Der Tag ist gespeichert.",
        gespeichert=werte_of_lebensuebergang(row),
        zuletzt=row.bearbeitet_von.get_full_name() if row.bearbeitet_von else "Fallwerk",
    )


def lebensuebergang_beruecksichtigen(
    request: CaseRequest, fall: int, lebensuebergang: int
) -> HttpResponse:
    """Say that the plan has taken the transition up."""

    def act() -> str:
        row = uebergaenge_of(request.case).filter(pk=lebensuebergang).first()
        services.take_up_lebensuebergang(
            lebensuebergang=still_there(row), by=request.user, tag=timezone.localdate()
        )
        return _liste(fall)

    return run_step(request, act=act, back=_liste(fall), done="Der Übergang ist berücksichtigt.")


def lebensuebergang_entfallen(
    request: CaseRequest, fall: int, lebensuebergang: int
) -> HttpResponse:
    """Say why a transition does not concern the person."""
    row = _or_404(request, lebensuebergang)
    if weg := misplaced(request, LEBENSUEBERGANG, "entfallen", row.state, _liste(fall)):
        return weg

    def act(form: BegruendungForm) -> str:
        services.discard_lebensuebergang(
            lebensuebergang=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _liste(fall)

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=case_context(
            request, f"{row.get_art_display()} trifft nicht zu", _TAB, zurueck=_liste(fall)
        ),
        act=act,
        done="Der Übergang ist gestrichen.",
        form_kwargs={"label": "Grund", "absenden": "Streichen"},
    )


def _or_404(request: CaseRequest, nummer: int) -> Lebensuebergang:
    row = uebergaenge_of(request.case).filter(pk=nummer).first()
    if row is None:
        raise Http404
    return row
