"""Pages of blackened copies: mark areas, look at every page, release, drop."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases.dateien.aufruf import blacken_page_apart, render_apart
from cases.dateien.grenzen import Ablehnung
from cases.forms.begruendung import BegruendungForm
from cases.models import Schwaerzung, Unterlage
from cases.queries.einsicht import arten_seen, einsicht_of
from cases.states.schwaerzung import SCHWAERZUNG
from cases.states.tafel import SchrittUnzulaessig
from cases.unterlage.forms import SchwaerzungForm, SchwaerzungFreigabeForm
from cases.unterlage.queries.schwaerzung import (
    get_schwaerzung,
    schwaerzungen_of,
    write_bereiche,
)
from cases.unterlage.queries.unterlage import get_unterlage
from cases.unterlage.schritte import SCHWAERZUNGSSCHRITTE, Schwaerzungslage
from cases.unterlage.services import schwaerzung as services
from cases.unterlage.services.unterlage import content_of
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_SEITEN, _BREITE = 4, 1200


def _readable_or_404(request: CaseRequest, pk: int) -> Unterlage:
    """Return a document that this person may open; one that is closed to her is not there."""
    einsicht = einsicht_of(request.user, request.case)
    row = get_unterlage(request.case, pk, einsicht)
    if row is None or row.art not in arten_seen(einsicht):
        raise Http404
    return row


def _copy_or_404(request: CaseRequest, pk: int) -> Schwaerzung:
    row = get_schwaerzung(request.case, pk)
    if row is None:
        raise Http404
    _readable_or_404(request, row.kopie_id)
    return row


def schwaerzung_neu(request: CaseRequest, fall: int, unterlage: int) -> HttpResponse:
    """Ask for the areas, show the chosen page with them, make the copy."""
    row = _readable_or_404(request, unterlage)
    seiten, ziel = max(row.seiten, 1), reverse("unterlage", args=[fall, row.pk])
    vorige = next(iter(schwaerzungen_of(row)), None)
    # The picture follows the form as it is shown, after a POST as well.
    gezeigt = (
        SchwaerzungForm(request.POST, seiten=seiten)
        if request.method == "POST"
        else SchwaerzungForm(seiten=seiten, initial=_anfang(vorige))
    )

    def act(form: SchwaerzungForm) -> str:
        kopie = services.create_schwaerzung(
            unterlage=row,
            bereiche=form.cleaned_data["bereiche"],
            grund=form.cleaned_data["grund"],
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return reverse("unterlage", args=[fall, kopie.kopie_id])

    return run_form(
        request,
        SchwaerzungForm,
        template="cases/unterlage/schwaerzung/neu.html",
        context=case_context(
            request,
            "Geschwärzte Kopie",
            "fall_unterlagen",
            unterlage=row,
            zurueck=ziel,
            vorige=vorige,
            blatt=_page(row, gezeigt),
        ),
        act=act,
        done="Die Kopie ist angelegt. Eine zweite Person sieht sie an und gibt sie frei.",
        form_kwargs={"seiten": seiten},
        initial=_anfang(vorige),
    )


def _anfang(vorige: Schwaerzung | None) -> dict[str, Any]:
    """Return what a new copy begins with: the areas of the one before."""
    if vorige is None:
        return {"seite": "1"}
    return {"seite": "1", "bereiche": write_bereiche(vorige.bereiche), "grund": vorige.grund}


def _page(row: Unterlage, form: SchwaerzungForm) -> dict[str, Any]:
    """Return the picture of the chosen page with its areas, or why there is none."""
    nummer = form.gezeigte_seite
    try:
        mime, roh, (breite, hoehe) = blacken_page_apart(
            row.dateiart, content_of(row), form.lesbare_bereiche, nummer
        )
    except (Ablehnung, SchrittUnzulaessig) as error:
        return {"nummer": nummer, "grund": str(error)}
    bild = f"data:{mime};base64,{base64.b64encode(roh).decode()}"
    return {"nummer": nummer, "bild": bild, "breite": breite, "hoehe": hoehe}


def schwaerzung_freigeben(request: CaseRequest, fall: int, schwaerzung: int) -> HttpResponse:
    """Show every page of the copy and let a second person release it."""
    row = _copy_or_404(request, schwaerzung)
    ziel = reverse("unterlage", args=[fall, row.kopie_id])
    if weg := misplaced(request, SCHWAERZUNG, "freigeben", row.state, ziel):
        return weg
    blaetter = Paginator(range(1, max(row.kopie.seiten, 1) + 1), _SEITEN)
    seite = blaetter.get_page(request.GET.get("seite"))
    try:
        bilder = _pictures(row.kopie, seite.start_index())
    except (Ablehnung, SchrittUnzulaessig):
        return redirect(ziel)
    lage = Schwaerzungslage(request.user, timezone.localdate(), row)

    def act(form: SchwaerzungFreigabeForm) -> str:
        services.release_schwaerzung(schwaerzung=row, by=request.user, zeitpunkt=timezone.now())
        return ziel

    return run_form(
        request,
        SchwaerzungFreigabeForm,
        template="cases/unterlage/schwaerzung/freigabe.html",
        context=case_context(
            request,
            "Geschwärzte Kopie freigeben",
            "fall_unterlagen",
            schwaerzung=row,
            unterlage=row.kopie,
            bilder=bilder,
            seite=seite,
            zurueck=ziel,
            hindernis=next(iter(SCHWAERZUNGSSCHRITTE.hindernisse(lage, "freigeben")), None),
        ),
        act=act,
        done="Die geschwärzte Kopie ist freigegeben und kann übersandt werden.",
    )


def _pictures(kopie: Unterlage, erste: int) -> list[tuple[int, str]]:
    data = content_of(kopie)
    bilder = render_apart("pdf", data, von=erste - 1, anzahl=_SEITEN, breite=_BREITE)
    return [
        (nummer, f"data:{mime};base64,{base64.b64encode(roh).decode()}")
        for nummer, (mime, roh) in enumerate(bilder, start=erste)
    ]


def schwaerzung_verwerfen(request: CaseRequest, fall: int, schwaerzung: int) -> HttpResponse:
    """Drop a copy with a reason; the next one begins with its areas."""
    row = _copy_or_404(request, schwaerzung)
    ziel = reverse("unterlage", args=[fall, row.unterlage_id])
    if weg := misplaced(request, SCHWAERZUNG, "verwerfen", row.state, ziel):
        return weg

    def act(form: BegruendungForm) -> str:
        services.reject_schwaerzung(
            schwaerzung=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return ziel

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Geschwärzte Kopie verwerfen",
            "fall_unterlagen",
            zurueck=ziel,
            einleitung=f"{row.kopie.titel}: Die Kopie wird gesperrt, das Original bleibt. Eine "
            "neue beginnt mit denselben Bereichen.",
        ),
        act=act,
        done="Die Kopie ist verworfen.",
        form_kwargs={"label": "Grund", "absenden": "Kopie verwerfen"},
    )
