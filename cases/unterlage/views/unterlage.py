"""Documents of a case: list, taking in, page, preview, file, correction, search."""

from __future__ import annotations

import base64
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from cases.dateien.aufruf import render_apart
from cases.dateien.grenzen import ENDUNGEN, Ablehnung
from cases.dateien.name import endung_of
from cases.guards import refuse
from cases.models import Dateiart, Unterlage
from cases.models.stand import werte_of
from cases.queries.einsicht import arten_seen, einsicht_of
from cases.queries.stand import last_editor
from cases.states.tafel import SchrittUnzulaessig
from cases.unterlage.forms import IrrtumForm, UnterlageForm, UnterlageNeuForm
from cases.unterlage.guards import kopie_freigegeben, nur_seiten
from cases.unterlage.queries.schwaerzung import schwaerzung_of_kopie, schwaerzungen_of
from cases.unterlage.queries.unterlage import (
    aenderungen_of,
    arten_in,
    farbe_of,
    get_unterlage,
    unterlagen_of,
)
from cases.unterlage.services import unterlage as services
from cases.views.formular import run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

ZEILEN = 50
SEITEN = 4
_SPERRE = (
    "Für die Person besteht eine Auskunftssperre. Die Unterlage kann die Anschrift zeigen; sie "
    "öffnet, wer für den Fall zuständig ist oder das Team leitet."
)
_BREITE = 1000
_MIME = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tiff": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
}
_BILDLICH = (Dateiart.PDF, Dateiart.JPEG, Dateiart.PNG, Dateiart.TIFF)
_FELDER = (
    "art",
    "titel",
    "datum",
    "verfasser",
    "eingegangen_am",
    "gueltig_bis",
    "pruefstand",
    "irrtuemlich_grund",
)


def unterlagen(request: CaseRequest, fall: int) -> HttpResponse:
    """List the documents of the case."""
    einsicht = einsicht_of(request.user, request.case)
    arten = arten_in(request.case, einsicht)
    art = request.GET.get("art", "")
    art = art if art in dict(arten) else ""
    rows = unterlagen_of(request.case, einsicht, art)
    seite = Paginator(rows, ZEILEN).get_page(request.GET.get("seite"))
    return render(
        request,
        "cases/unterlage/liste.html",
        case_context(
            request,
            "Unterlagen",
            "fall_unterlagen",
            seite=seite,
            zeilen=[(row, farbe_of(row)) for row in seite],
            seiten_zusatz=f"art={art}" if art else "",
            arten=arten,
            art=art,
            heute=timezone.localdate(),
            lesbar=arten_seen(einsicht),
        ),
    )


def unterlage_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Take in files."""
    heute = timezone.localdate()
    liste = reverse("fall_unterlagen", args=[fall])

    def act(form: UnterlageNeuForm) -> str:
        rows = services.file_unterlagen(
            case=request.case,
            dateien=form.cleaned_data["dateien"],
            angaben=_angaben(form),
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        messages.success(request, _filed(rows))
        return reverse("unterlage", args=[fall, rows[0].pk]) if len(rows) == 1 else liste

    return run_form(
        request,
        UnterlageNeuForm,
        template="cases/unterlage/neu.html",
        context=case_context(request, "Unterlagen ablegen", "fall_unterlagen", zurueck=liste),
        act=act,
        form_kwargs={"heute": heute},
        initial={"eingegangen_am": heute},
    )


def _filed(rows: list[Unterlage]) -> str:
    wieviel = "Die Unterlage ist" if len(rows) == 1 else f"{len(rows)} Unterlagen sind"
    entfernt = sorted({was for row in rows for was in row.bereinigt})
    return f"{wieviel} abgelegt." + (f" Entfernt: {'; '.join(entfernt)}." if entfernt else "")


def _angaben(form: UnterlageNeuForm | UnterlageForm) -> services.Unterlagenangaben:
    data = form.cleaned_data
    return services.Unterlagenangaben(
        art=data["art"],
        titel=data["titel"],
        datum=data["datum"],
        eingegangen_am=data["eingegangen_am"],
        verfasser=data["verfasser"],
        gueltig_bis=data["gueltig_bis"],
        vorlauf_tage=data["wiedervorlage"],
    )


def _or_404(request: CaseRequest, pk: int) -> Unterlage:
    row = get_unterlage(request.case, pk, einsicht_of(request.user, request.case))
    if row is None:
        raise Http404
    return row


def _open_or_back(request: CaseRequest, row: Unterlage) -> HttpResponse | None:
    """Lead back to the page of a paper that may show an address which is closed to the reader."""
    if row.art in arten_seen(einsicht_of(request.user, request.case)):
        return None
    messages.error(request, _SPERRE)
    return redirect("unterlage", request.case.pk, row.pk)


def _context(request: CaseRequest, row: Unterlage, titel: str, **extra: Any) -> dict[str, Any]:
    return case_context(
        request,
        titel,
        "fall_unterlagen",
        unterlage=row,
        farbe=farbe_of(row),
        heute=timezone.localdate(),
        lesbar=arten_seen(einsicht_of(request.user, request.case)),
        **extra,
    )


def unterlage(request: CaseRequest, fall: int, unterlage: int) -> HttpResponse:
    """Show what is known about a document, and what was changed."""
    row = _or_404(request, unterlage)
    return render(
        request,
        "cases/unterlage/seite.html",
        _context(
            request,
            row,
            "Unterlage",
            aenderungen=aenderungen_of(row, _FELDER),
            kopie_von=schwaerzung_of_kopie(row),
            kopien=schwaerzungen_of(row),
            schwaerzbar=nur_seiten(row) is None,
            mit_vorschau=row.dateiart != Dateiart.KEINE,
        ),
    )


def vorschau(request: CaseRequest, fall: int, unterlage: int) -> HttpResponse:
    """Show pages as images, drawn apart from this process, and the text layer below."""
    row = _or_404(request, unterlage)
    if zurueck := _open_or_back(request, row):
        return zurueck
    blaetter = Paginator(range(1, max(row.seiten, 1) + 1), SEITEN)
    seite = blaetter.get_page(request.GET.get("seite"))
    try:
        bilder, text = _pages(row, seite.start_index()), services.text_of(row)
    except (SchrittUnzulaessig, Ablehnung) as error:
        messages.error(request, str(error))
        return redirect("unterlage", fall, row.pk)
    return render(
        request,
        "cases/unterlage/vorschau.html",
        _context(request, row, "Vorschau", seite=seite, bilder=bilder, text=text),
    )


def _pages(row: Unterlage, erste: int) -> list[tuple[int, str]]:
    data = services.content_of(row)
    if row.dateiart not in _BILDLICH:
        return []
    bilder = render_apart(row.dateiart, data, von=erste - 1, anzahl=SEITEN, breite=_BREITE)
    return [
        (nummer, f"data:{mime};base64,{base64.b64encode(roh).decode()}")
        for nummer, (mime, roh) in enumerate(bilder, start=erste)
    ]


def datei(request: CaseRequest, fall: int, unterlage: int) -> HttpResponse:
    """Hand the file out, always to be saved and never to be shown by the browser."""
    row = _or_404(request, unterlage)
    if zurueck := _open_or_back(request, row):
        return zurueck
    try:
        refuse(kopie_freigegeben(schwaerzung_of_kopie(row)))
        data = services.content_of(row)
    except SchrittUnzulaessig as error:
        messages.error(request, str(error))
        return redirect("unterlage", fall, row.pk)
    endungen = ENDUNGEN[row.dateiart]
    name = row.originalname
    if endung_of(name) not in endungen:
        name = f"{name}.{endungen[0]}"
    antwort = HttpResponse(data, content_type=_MIME[row.dateiart])
    antwort.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    antwort.headers["X-Content-Type-Options"] = "nosniff"
    antwort.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return antwort


def unterlage_berichtigen(request: CaseRequest, fall: int, unterlage: int) -> HttpResponse:
    """Correct what is known about a document."""
    row = _or_404(request, unterlage)
    ziel = reverse("unterlage", args=[fall, row.pk])

    def act(form: UnterlageForm) -> str:
        services.correct_unterlage(
            unterlage=row,
            angaben=_angaben(form),
            by=request.user,
            zeitpunkt=timezone.now(),
            gesehen=form.stand_jetzt,
        )
        return ziel

    return run_form(
        request,
        UnterlageForm,
        template="base_formular.html",
        context=_context(request, row, "Angaben berichtigen", zurueck=ziel),
        act=act,
        done="Die Angaben sind berichtigt.",
        form_kwargs={"heute": timezone.localdate()},
        gespeichert=werte_of(row, services.ANGABEN),
        zuletzt=partial(last_editor, row),
    )


def unterlage_irrtuemlich(request: CaseRequest, fall: int, unterlage: int) -> HttpResponse:
    """Mark a document as filed by mistake."""
    row = _or_404(request, unterlage)
    ziel = reverse("unterlage", args=[fall, row.pk])

    def act(form: IrrtumForm) -> str:
        services.mark_irrtuemlich(
            unterlage=row,
            grund=form.cleaned_data["grund"],
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return ziel

    return run_form(
        request,
        IrrtumForm,
        template="base_formular.html",
        context=_context(
            request,
            row,
            "Irrtümlich abgelegt",
            zurueck=ziel,
            einleitung="Die Unterlage wird gesperrt und nicht mehr gefunden. Gelöscht wird sie "
            "nicht: Die Akte bleibt vollständig.",
            absenden="Als irrtümlich abgelegt vermerken",
        ),
        act=act,
        done="Die Unterlage ist gesperrt.",
    )
