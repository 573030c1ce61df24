"""The Postausgang: letters that wait, print batches, e-mails that got stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases.models import Druckstapel
from cases.schreiben.export import groups_of
from cases.schreiben.forms.postausgang import DruckstapelForm
from cases.schreiben.forms.versand import AufgabeForm
from cases.schreiben.queries.postausgang import (
    ZEILEN,
    letters_in,
    unsettled,
    visible_druckstapel,
    waiting_letters,
)
from cases.schreiben.queries.umfang import print_order, with_umfang
from cases.schreiben.services import druckstapel as service
from cases.states.tafel import SchrittUnzulaessig
from cases.states.versand import VERSAND
from cases.views.formular import run_form, run_step

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_STAPEL_JE_SEITE = 10


def postausgang(request: CaseRequest) -> HttpResponse:
    """List waiting letters and make a batch of those that are ticked."""
    user, heute = request.user, timezone.localdate()
    wartend = with_umfang(waiting_letters(user, heute)[:ZEILEN])
    unklar = list(unsettled(user, heute)[:ZEILEN])

    def act(form: DruckstapelForm) -> str:
        stapel = service.create_druckstapel(
            versand_ids=form.cleaned_data["versand"],
            by=user,
            tag=heute,
            trennblaetter=form.cleaned_data["trennblaetter"],
        )
        return reverse("druckstapel", args=[stapel.pk])

    return run_form(
        request,
        DruckstapelForm,
        template="cases/schreiben/postausgang/seite.html",
        context={
            "titel": "Postausgang",
            "wartend": wartend,
            "unklar": [(row, VERSAND.farben[row.state]) for row in unklar],
            "stapel_liste": list(visible_druckstapel(user, heute)[:_STAPEL_JE_SEITE]),
        },
        act=act,
        done="Der Druckstapel ist erstellt.",
        form_kwargs={"wartend": wartend},
        initial={"versand": [row.pk for row, _ in wartend], "trennblaetter": True},
    )


def druckstapel(request: CaseRequest, stapel: int) -> HttpResponse:
    """Show the dispatch list of a batch and record that it was posted."""
    row, heute = _stapel(request, stapel), timezone.localdate()
    seite = reverse("druckstapel", args=[stapel])
    briefe = print_order(with_umfang(letters_in(row)))

    def act(form: AufgabeForm) -> str:
        service.post_druckstapel(
            druckstapel=row,
            aufgabe_am=form.cleaned_data["aufgabe_am"],
            by=request.user,
            tag=heute,
        )
        return seite

    return run_form(
        request,
        AufgabeForm,
        template="cases/schreiben/postausgang/druckstapel.html",
        context={
            "titel": f"Druckstapel {row.pk}",
            "stapel": row,
            "briefe": briefe,
            "gruppen": groups_of(briefe),
            "seiten": sum(umfang.seiten for _, umfang in briefe),
            "blaetter": row.seiten // 2,
            "brotkrumen": [
                ("Postausgang", reverse("postausgang")),
                (f"Druckstapel {row.pk}", None),
            ],
        },
        act=act,
        done="Die Aufgabe zur Post ist vermerkt.",
        form_kwargs={"stichtag": heute},
    )


def druckstapel_pdf(request: CaseRequest, stapel: int) -> HttpResponse:
    """Hand out the batch for printing; the read of every case in it is logged."""
    row = _stapel(request, stapel)
    try:
        pdf = service.read_druckstapel(
            druckstapel=row, by=request.user, route="druckstapel_pdf", tag=timezone.localdate()
        )
    except SchrittUnzulaessig as error:
        messages.error(request, error.text)
        return redirect("druckstapel", stapel)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="Druckstapel-{row.pk}.pdf"'
    return response


def druckstapel_paket(request: CaseRequest, stapel: int) -> HttpResponse:
    """Hand out the batch for a print house: one PDF and one index; the reads are logged."""
    row = _stapel(request, stapel)
    try:
        paket = service.read_paket(
            druckstapel=row, by=request.user, route="druckstapel_paket", tag=timezone.localdate()
        )
    except SchrittUnzulaessig as error:
        messages.error(request, error.text)
        return redirect("druckstapel", stapel)
    response = HttpResponse(paket, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="Druckstapel-{row.pk}.zip"'
    return response


def druckstapel_verwerfen(request: CaseRequest, stapel: int) -> HttpResponse:
    """Drop a batch that was not posted."""
    row = _stapel(request, stapel)

    def act() -> str:
        service.discard_druckstapel(druckstapel=row, by=request.user, tag=timezone.localdate())
        return reverse("postausgang")

    return run_step(
        request,
        act=act,
        back=reverse("druckstapel", args=[stapel]),
        done="Der Druckstapel ist verworfen, die Schreiben liegen wieder im Postausgang.",
    )


def _stapel(request: CaseRequest, stapel_id: int) -> Druckstapel:
    row = visible_druckstapel(request.user, timezone.localdate()).filter(pk=stapel_id).first()
    if row is None:
        raise Http404
    return row
