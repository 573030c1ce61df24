"""A Widerspruch: received, changed, taken back, carried on as a Klage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from budget.folge.export import Gerichtsakte, file_name, index_record
from budget.folge.forms.widerspruch import AusgangForm, KlageForm, TagForm, WiderspruchForm
from budget.folge.guards.bescheid import gegenstand_vorhanden
from budget.folge.guards.widerspruch import anfechtbarer_bescheid
from budget.folge.queries import anfechtbare_of, widerspruch_of
from budget.folge.queries.gegenstand import gegenstaende_of
from budget.folge.schritte import WIDERSPRUCHSCHRITTE, Widerspruchslage
from budget.folge.services import akte as akten
from budget.folge.services import widerspruch as services
from budget.models import Widerspruch
from budget.states.folge import FOLGEARTEN, Bezug
from budget.states.widerspruch import WIDERSPRUCH
from cases import access
from cases.frist.queries import fristen_of
from cases.models.stand import werte_of
from cases.queries.einsicht import einsicht_of
from cases.registry.schritt import Schritt
from cases.schreiben.queries.schreiben import schreiben_liste_of
from cases.schreiben.views.schreiben import closed_to, pdf_answer
from cases.unterlage.queries.unterlage import unterlagen_of
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def _or_404(request: CaseRequest, kennung: int) -> Widerspruch:
    row = widerspruch_of(request.case, kennung)
    if row is None:
        raise Http404
    row.case = request.case
    return row


def _seite(row: Widerspruch) -> str:
    return reverse("widerspruch", args=[row.case_id, row.pk])


def widerspruch_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Note a Widerspruch against a decision that has left the house."""
    anfechtbare, heute = anfechtbare_of(request.case), timezone.localdate()
    if grund := anfechtbarer_bescheid(anfechtbare):
        messages.error(request, f"{grund.text} ({grund.norm})")
        return redirect("folgebescheide", fall)

    def act(form: WiderspruchForm) -> str:
        row = services.record_widerspruch(
            case=request.case,
            schreiben=form.angegriffen,
            by=request.user,
            tag=heute,
            angaben=form.angaben,
        )
        return _seite(row)

    return run_form(
        request,
        WiderspruchForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Widerspruch erfassen",
            "budget",
            zurueck=reverse("folgebescheide", args=[fall]),
        ),
        act=act,
        done="Der Widerspruch ist erfasst.",
        initial={"eingang_am": heute},
        form_kwargs={"heute": heute, "schreiben": anfechtbare},
    )


def widerspruch(request: CaseRequest, fall: int, widerspruch: int) -> HttpResponse:
    """Show one Widerspruch: in time or not, its Fristen, its decisions and the next steps."""
    row = _or_404(request, widerspruch)
    lage = Widerspruchslage(request.user, timezone.localdate(), row)
    return render(
        request,
        "budget/folge/widerspruch.html",
        case_context(
            request,
            "Widerspruch",
            "budget",
            widerspruch=row,
            farbe=WIDERSPRUCH.farben[row.state],
            fristen=list(fristen_of(request.case, row)),
            bescheide=list(row.folgebescheide.select_related("schreiben")),
            schritte=[*_decisions(request, row), *WIDERSPRUCHSCHRITTE.schritte(lage)],
            zurueck=reverse("folgebescheide", args=[fall]),
        ),
    )


def _decisions(request: CaseRequest, row: Widerspruch) -> list[Schritt]:
    """Return the ways to decide about an open Widerspruch."""
    if row.state not in WIDERSPRUCH.uebergang("entscheiden").von:
        return []
    if not access.may_write(request.user):
        return []
    buttons = []
    for art, zeile in FOLGEARTEN.items():
        if zeile.bezug != Bezug.WIDERSPRUCH:
            continue
        grund = gegenstand_vorhanden(zeile, gegenstaende_of(request.case, zeile))
        url = reverse("folge_neu", args=[request.case.pk, art])
        titel = f"{zeile.titel} entwerfen"
        buttons.append(Schritt(titel, url, "get", (grund,) if grund else (), haupt=True))
    return buttons


def widerspruch_bearbeiten(request: CaseRequest, fall: int, widerspruch: int) -> HttpResponse:
    """Change what is known about it."""
    row, heute = _or_404(request, widerspruch), timezone.localdate()
    if back := misplaced(request, WIDERSPRUCH, "bearbeiten", row.state, _seite(row)):
        return back

    def act(form: WiderspruchForm) -> str:
        services.update_widerspruch(
            row=row,
            by=request.user,
            tag=heute,
            angaben=form.angaben,
            gesehen=form.stand_jetzt,
        )
        return _seite(row)

    return run_form(
        request,
        WiderspruchForm,
        template="budget/formular.html",
        context=case_context(request, "Widerspruch bearbeiten", "budget", zurueck=_seite(row)),
        act=act,
        done="Die Angaben sind gespeichert.",
        gespeichert=werte_of(row, services.ANGABEN),
        form_kwargs={"heute": heute},
        zuletzt=row.erfasst_von.get_full_name(),
    )


def _tag_form(
    request: CaseRequest,
    row: Widerspruch,
    form: type[TagForm],
    *,
    schritt: str,
    titel: str,
    label: str,
    knopf: str,
    done: str,
    act: Any,
) -> HttpResponse:
    return run_form(
        request,
        form,
        template="budget/formular.html",
        context=case_context(request, titel, "budget", zurueck=_seite(row)),
        act=act,
        zu=lambda: WIDERSPRUCHSCHRITTE.weigerung(
            Widerspruchslage(request.user, timezone.localdate(), row), schritt
        ),
        done=done,
        form_kwargs={"heute": timezone.localdate(), "label": label, "knopf": knopf},
    )


def widerspruch_zuruecknehmen(request: CaseRequest, fall: int, widerspruch: int) -> HttpResponse:
    """Note that the person has taken it back."""
    row = _or_404(request, widerspruch)

    def act(form: TagForm) -> str:
        services.withdraw_widerspruch(
            row=row, am=form.cleaned_data["am"], by=request.user, tag=timezone.localdate()
        )
        return _seite(row)

    return _tag_form(
        request,
        row,
        TagForm,
        schritt="zuruecknehmen",
        titel="Rücknahme des Widerspruchs",
        label="Zurückgenommen am",
        knopf="Rücknahme vermerken",
        done="Die Rücknahme ist vermerkt.",
        act=act,
    )


def widerspruch_klage(request: CaseRequest, fall: int, widerspruch: int) -> HttpResponse:
    """Note a Klage."""
    row = _or_404(request, widerspruch)

    def act(form: KlageForm) -> str:
        services.record_klage(
            row=row,
            am=form.cleaned_data["am"],
            gericht=form.cleaned_data["gericht"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _seite(row)

    return _tag_form(
        request,
        row,
        KlageForm,
        schritt="klage_vermerken",
        titel="Klage vermerken",
        label="Klage vom",
        knopf="Klage vermerken",
        done="Die Klage ist vermerkt.",
        act=act,
    )


def widerspruch_abschliessen(request: CaseRequest, fall: int, widerspruch: int) -> HttpResponse:
    """Note how the Klage ended."""
    row = _or_404(request, widerspruch)

    def act(form: AusgangForm) -> str:
        services.finish_klage(
            row=row,
            am=form.cleaned_data["am"],
            ausgang=form.cleaned_data["ausgang"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _seite(row)

    return _tag_form(
        request,
        row,
        AusgangForm,
        schritt="abschliessen",
        titel="Ergebnis der Klage",
        label="Beendet am",
        knopf="Ergebnis vermerken",
        done="Das Ergebnis ist vermerkt.",
        act=act,
    )


def _bound(request: CaseRequest, widerspruch: int) -> Gerichtsakte:
    """Bind the whole file; what the reader may not see is left out."""
    _or_404(request, widerspruch)
    einsicht = einsicht_of(request.user, request.case)
    briefe = [
        brief for brief in schreiben_liste_of(request.case) if not closed_to(request, brief.art)
    ]
    return akten.bind_case(
        case=request.case,
        briefe=briefe,
        unterlagen=unterlagen_of(request.case, einsicht).filter(irrtuemlich_am__isnull=True),
        tag=timezone.localdate(),
    )


def widerspruch_akte(request: CaseRequest, fall: int, widerspruch: int) -> HttpResponse:
    """Hand out the whole file as one PDF for the court."""
    akte = _bound(request, widerspruch)
    return pdf_answer(akte.pdf, file_name(akte.aktenzeichen, akte.tag), speichern=True)


def widerspruch_datensatz(request: CaseRequest, fall: int, widerspruch: int) -> HttpResponse:
    """Hand out the index of that file as a structured record."""
    akte = _bound(request, widerspruch)
    name = file_name(akte.aktenzeichen, akte.tag)
    return HttpResponse(
        index_record(akte),
        content_type="application/xml",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.xml"',
            "X-Content-Type-Options": "nosniff",
        },
    )
