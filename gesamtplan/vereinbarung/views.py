"""Pages of the agreements beside the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.forms.begruendung import BegruendungForm
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context
from gesamtplan.states.vereinbarung import PLANVEREINBARUNG
from gesamtplan.vereinbarung import services
from gesamtplan.vereinbarung.forms import AnpassungForm, UnterschriftenForm, VereinbarungForm
from gesamtplan.vereinbarung.guards import art_of, noch_zu_unterschreiben
from gesamtplan.vereinbarung.queries import (
    ART,
    frozen_papers,
    is_frozen,
    released_version,
    vereinbarungen_of,
    werte_of_vereinbarung,
)
from gesamtplan.vereinbarung.schritte import (
    BEGINN,
    VEREINBARUNGSSCHRITTE,
    Beginnlage,
    Vereinbarungslage,
)

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Planvereinbarung

_TAB = "gesamtplan"


def _liste(fall: int) -> str:
    return reverse("planvereinbarungen", args=[fall])


def planvereinbarungen(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the agreements of the case with their steps and papers."""
    heute, papiere = timezone.localdate(), frozen_papers(request.case)
    darf = access.may_write(request.user)
    zeilen = [(row, f"{ART}:{row.pk}" in papiere) for row in vereinbarungen_of(request.case)]
    return render(
        request,
        "gesamtplan/vereinbarung/liste.html",
        case_context(
            request,
            "Vereinbarungen zum Plan",
            _TAB,
            zeilen=[
                {
                    "row": row,
                    "farbe": PLANVEREINBARUNG.farben[row.state],
                    "schritte": VEREINBARUNGSSCHRITTE.schritte(
                        Vereinbarungslage(request.user, heute, row, fest)
                    ),
                    "festzuschreiben": darf and not fest and noch_zu_unterschreiben(row) is None,
                }
                for row, fest in zeilen
            ],
            zurueck=reverse("gesamtplan", args=[fall]),
        ),
    )


def planvereinbarung_neu(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Prepare an agreement about one released version."""
    plan, heute = released_version(request.case, version), timezone.localdate()
    if plan is None:
        raise Http404
    schritt = BEGINN.schritt(Beginnlage(request.user, heute, plan), "vereinbaren")
    if request.method != "POST" and (schritt is None or schritt.hindernisse):
        return redirect(_liste(fall))

    def act(form: VereinbarungForm) -> str:
        services.create_planvereinbarung(
            gesamtplan=plan,
            beitrag_person=form.cleaned_data["beitrag_person"],
            beitrag_traeger=form.cleaned_data["beitrag_traeger"],
            gilt_bis=form.cleaned_data["gilt_bis"],
            by=request.user,
            tag=heute,
        )
        return _liste(fall)

    return run_form(
        request,
        VereinbarungForm,
        template="base_formular.html",
        context=case_context(
            request,
            f"{art_of(plan).label} vorbereiten",
            _TAB,
            zurueck=_liste(fall),
            einleitung="Die Ziele kommen aus dem Plan. Eine Vereinbarung ist freiwillig; "
            "Leistungen hängen nicht davon ab.",
        ),
        act=act,
        done="Die Vereinbarung ist vorbereitet.",
        initial={"gilt_bis": plan.ueberpruefung_am},
    )


def _lage(request: CaseRequest, row: Planvereinbarung) -> Vereinbarungslage:
    return Vereinbarungslage(request.user, timezone.localdate(), row, is_frozen(row))


def planvereinbarung_bearbeiten(
    request: CaseRequest, fall: int, planvereinbarung: int
) -> HttpResponse:
    """Change an agreement before it is signed."""
    row = _or_404(request, planvereinbarung)
    if weg := misplaced(request, PLANVEREINBARUNG, "bearbeiten", row.state, _liste(fall)):
        return weg

    def act(form: VereinbarungForm) -> str:
        services.update_planvereinbarung(
            planvereinbarung=row,
            beitrag_person=form.cleaned_data["beitrag_person"],
            beitrag_traeger=form.cleaned_data["beitrag_traeger"],
            gilt_bis=form.cleaned_data["gilt_bis"],
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return _liste(fall)

    return run_form(
        request,
        VereinbarungForm,
        template="base_formular.html",
        context=case_context(request, str(row), _TAB, zurueck=_liste(fall)),
        act=act,
        zu=lambda: VEREINBARUNGSSCHRITTE.weigerung(_lage(request, row), "bearbeiten"),
        done="Die Vereinbarung ist gespeichert.",
        gespeichert=werte_of_vereinbarung(row),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def planvereinbarung_anpassen(
    request: CaseRequest, fall: int, planvereinbarung: int
) -> HttpResponse:
    """Prepare the agreement that adapts a signed one."""
    row = _or_404(request, planvereinbarung)
    if weg := misplaced(request, PLANVEREINBARUNG, "anpassen", row.state, _liste(fall)):
        return weg

    def act(form: AnpassungForm) -> str:
        services.continue_planvereinbarung(
            planvereinbarung=row,
            anlass=form.cleaned_data["anlass"],
            beitrag_person=form.cleaned_data["beitrag_person"],
            beitrag_traeger=form.cleaned_data["beitrag_traeger"],
            gilt_bis=form.cleaned_data["gilt_bis"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _liste(fall)

    return run_form(
        request,
        AnpassungForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Vereinbarung anpassen",
            _TAB,
            zurueck=_liste(fall),
            einleitung="Die bisherige gilt, bis die angepasste unterschrieben ist. Die Ziele "
            "kommen aus dem Plan; ändern sie sich, schreiben Sie den Plan fort.",
        ),
        act=act,
        zu=lambda: VEREINBARUNGSSCHRITTE.weigerung(_lage(request, row), "anpassen"),
        done="Die angepasste Vereinbarung ist vorbereitet.",
        initial=werte_of_vereinbarung(row),
    )


def planvereinbarung_schliessen(
    request: CaseRequest, fall: int, planvereinbarung: int
) -> HttpResponse:
    """Note both signatures."""
    row, heute = _or_404(request, planvereinbarung), timezone.localdate()
    if weg := misplaced(request, PLANVEREINBARUNG, "schliessen", row.state, _liste(fall)):
        return weg

    def act(form: UnterschriftenForm) -> str:
        services.complete_planvereinbarung(
            planvereinbarung=row,
            person_am=form.cleaned_data["person_am"],
            traeger_am=form.cleaned_data["traeger_am"],
            by=request.user,
            tag=heute,
        )
        return _liste(fall)

    return run_form(
        request,
        UnterschriftenForm,
        template="base_formular.html",
        context=case_context(
            request, "Unterschriften vermerken", _TAB, zurueck=_liste(fall), einleitung=str(row)
        ),
        act=act,
        zu=lambda: VEREINBARUNGSSCHRITTE.weigerung(_lage(request, row), "schliessen"),
        done="Die Vereinbarung ist geschlossen.",
        initial={"traeger_am": heute},
    )


def planvereinbarung_aufgeben(
    request: CaseRequest, fall: int, planvereinbarung: int
) -> HttpResponse:
    """Say why no agreement came about."""
    row = _or_404(request, planvereinbarung)
    if weg := misplaced(request, PLANVEREINBARUNG, "aufgeben", row.state, _liste(fall)):
        return weg

    def act(form: BegruendungForm) -> str:
        services.discard_planvereinbarung(
            planvereinbarung=row,
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
            request, "Kommt nicht zustande", _TAB, zurueck=_liste(fall), einleitung=str(row)
        ),
        act=act,
        done="Der Grund ist vermerkt.",
        form_kwargs={"label": "Grund", "absenden": "Vermerken"},
    )


def _or_404(request: CaseRequest, nummer: int) -> Planvereinbarung:
    row = vereinbarungen_of(request.case).filter(pk=nummer).first()
    if row is None:
        raise Http404
    return row
