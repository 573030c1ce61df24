"""The Chronik of a case and its notes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.fall.forms.vermerk import ChronikForm, NachtragForm, VermerkForm, VermerkNeuForm
from cases.fall.queries.vermerk import get_vermerk
from cases.fall.services import vermerk as services
from cases.models import Vermerk, Vermerkart
from cases.models.stand import werte_of
from cases.queries.einsicht import einsicht_of
from cases.queries.stand import last_editor
from cases.unterlage.queries.chronik import (
    DRUCK,
    SEITE,
    Auswahl,
    chronik_page,
    gruppen,
    people_in,
    read_stelle,
)
from cases.unterlage.queries.unterlage import aenderungen_of
from cases.views.formular import run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def chronik(request: CaseRequest, fall: int) -> HttpResponse:
    """Show everything that happened in the case, the newest first."""
    form = _form(request, None)
    return _show(request, form, Auswahl(), request.GET)


def chronik_suche(request: CaseRequest, fall: int) -> HttpResponse:
    """Narrow the Chronik; words travel by POST only, so nothing of them stays in an address."""
    if request.method != "POST":
        return redirect("fall_chronik", fall)
    form = _form(request, request.POST)
    if not form.is_valid():
        return _show(request, form, Auswahl(), {}, status=422)
    data = form.cleaned_data
    auswahl = Auswahl(
        gruppe=data["gruppe"],
        person=data["person"].pk if data["person"] else None,
        von=data["von"],
        bis=data["bis"],
        text=data["text"].strip(),
    )
    return _show(request, form, auswahl, request.POST)


def _form(request: CaseRequest, data: Any) -> ChronikForm:
    return ChronikForm(data, gruppen=gruppen(), personen=people_in(request.case))


def _show(
    request: CaseRequest, form: ChronikForm, auswahl: Auswahl, wunsch: Any, status: int = 200
) -> HttpResponse:
    druck = "druck" in wunsch
    hinter = None if druck else read_stelle(wunsch.get("hinter", ""))
    eintraege, naechste = chronik_page(
        request.case,
        auswahl,
        einsicht_of(request.user, request.case),
        hinter=hinter,
        anzahl=DRUCK if druck else SEITE,
    )
    context = case_context(
        request,
        "Chronik",
        "fall_chronik",
        form=form,
        eintraege=eintraege,
        naechste=naechste,
        hinter=hinter,
        druck=druck,
        gefiltert=auswahl != Auswahl(),
        vermerkarten=Vermerkart.choices,
        heute=timezone.localdate(),
    )
    return render(request, "cases/unterlage/chronik/seite.html", context, status=status)


def _or_404(request: CaseRequest, pk: int) -> Vermerk:
    row = get_vermerk(request.case, pk)
    if row is None:
        raise Http404
    return row


def _angaben(form: VermerkForm) -> services.Vermerkangaben:
    data = form.cleaned_data
    return services.Vermerkangaben(
        art=data["art"],
        am=data["am"],
        uhrzeit=data["uhrzeit"],
        beteiligte=data["beteiligte"],
        text=data["text"],
    )


def vermerk_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Write a note."""
    jetzt = timezone.localtime()

    def act(form: VermerkNeuForm) -> str:
        row = services.record_vermerk(
            case=request.case,
            angaben=_angaben(form),
            by=request.user,
            zeitpunkt=timezone.now(),
            wiedervorlage_am=form.cleaned_data["wiedervorlage_am"],
            wiedervorlage_anlass=form.cleaned_data["wiedervorlage_anlass"],
        )
        return reverse("vermerk", args=[fall, row.pk])

    return run_form(
        request,
        VermerkNeuForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Neuer Vermerk",
            "fall_chronik",
            zurueck=reverse("fall_chronik", args=[fall]),
            einleitung="Sie können den Vermerk 24 Stunden lang berichtigen, danach nur ergänzen.",
        ),
        act=act,
        done="Der Vermerk ist gespeichert.",
        form_kwargs={"heute": jetzt.date()},
        initial={"am": jetzt.date(), "uhrzeit": f"{jetzt:%H:%M}"},
    )


def vermerk(request: CaseRequest, fall: int, vermerk: int) -> HttpResponse:
    """Show a note with its amendments and its earlier wording; made to be printed."""
    row = _or_404(request, vermerk)
    return render(
        request,
        "cases/unterlage/vermerk/seite.html",
        case_context(
            request,
            row.get_art_display(),
            "fall_chronik",
            vermerk=row,
            nachtraege=list(row.nachtraege.all()),
            aenderungen=aenderungen_of(row, ("art", "am", "uhrzeit", "beteiligte", "text")),
            zu_berichtigen=services.may_correct(row, request.user, timezone.now()),
            bis=services.correctable_until(row),
            darf_ergaenzen=access.may_note(request.user),
        ),
    )


def vermerk_berichtigen(request: CaseRequest, fall: int, vermerk: int) -> HttpResponse:
    """Correct a note within 24 hours."""
    row = _or_404(request, vermerk)
    ziel = reverse("vermerk", args=[fall, row.pk])

    def act(form: VermerkForm) -> str:
        services.correct_vermerk(
            vermerk=row,
            angaben=_angaben(form),
            by=request.user,
            zeitpunkt=timezone.now(),
            gesehen=form.stand_jetzt,
        )
        return ziel

    return run_form(
        request,
        VermerkForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Vermerk berichtigen",
            "fall_chronik",
            zurueck=ziel,
            einleitung="Die bisherige Fassung bleibt in der Akte lesbar.",
        ),
        act=act,
        done="Der Vermerk ist berichtigt.",
        form_kwargs={"heute": timezone.localdate()},
        gespeichert=werte_of(row, ("art", "am", "uhrzeit", "beteiligte", "text")),
        zuletzt=partial(last_editor, row),
    )


def nachtrag_neu(request: CaseRequest, fall: int, vermerk: int) -> HttpResponse:
    """Add to a note."""
    row = _or_404(request, vermerk)
    ziel = reverse("vermerk", args=[fall, row.pk])

    def act(form: NachtragForm) -> str:
        services.amend_vermerk(
            vermerk=row, text=form.cleaned_data["text"], by=request.user, zeitpunkt=timezone.now()
        )
        return ziel

    return run_form(
        request,
        NachtragForm,
        template="base_formular.html",
        context=case_context(request, "Nachtrag", "fall_chronik", zurueck=ziel),
        act=act,
        done="Der Nachtrag ist gespeichert.",
    )
