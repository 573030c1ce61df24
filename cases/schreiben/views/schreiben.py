"""The letters of a case: the list, and the frozen PDF of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.models import Versand
from cases.queries.einsicht import einsicht_of
from cases.registry.beitrag import letter_shows
from cases.schreiben.queries.schreiben import schreiben_liste_of
from cases.schreiben.queries.umfang import dateiwort
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.services.schreiben import pdf_of, readable_of
from cases.states.inhalt import Inhalt
from cases.states.versand import VERSAND
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


_SPERRE = (
    "Für die Person besteht eine Auskunftssperre. Das Schreiben zeigt die Anschrift; es öffnet, "
    "wer für den Fall zuständig ist oder das Team leitet."
)
_ANDERE_AUFGABE = "Das Schreiben zeigt Angaben, die für Ihre Aufgabe nicht vorgesehen sind: {}."


def schreiben_liste(request: CaseRequest, fall: int) -> HttpResponse:
    """Show every letter of the case with its sendings."""
    return render(
        request,
        "cases/schreiben/liste.html",
        case_context(
            request,
            "Schreiben",
            "fall_schreiben",
            schreiben_liste=[
                (
                    schreiben,
                    [_sending(versand) for versand in schreiben.versand_liste.all()],
                    not closed_to(request, schreiben.art),
                )
                for schreiben in schreiben_liste_of(request.case)
            ],
            darf_versenden=access.may_write(request.user),
            anschrift_gesperrt=not sees_address(request),
        ),
    )


def sees_address(request: CaseRequest) -> bool:
    """Tell whether the user of the request sees to which address a letter goes."""
    return einsicht_of(request.user, request.case).sees(Inhalt.ANSCHRIFT)


def closed_to(request: CaseRequest, art: str) -> str:
    """Return why letters of this kind are closed to the user of the request, empty when open."""
    einsicht = einsicht_of(request.user, request.case)
    zu = einsicht.closed(letter_shows(art))
    if not zu:
        return ""
    if zu == [Inhalt.ANSCHRIFT] and einsicht.gesperrt:
        return _SPERRE
    return _ANDERE_AUFGABE.format("; ".join(str(inhalt.label) for inhalt in zu))


def _sending(versand: Versand) -> tuple[Versand, str]:
    return versand, VERSAND.farben[versand.state]


def schreiben_pdf(request: CaseRequest, fall: int, schreiben: int) -> HttpResponse:
    """Return the frozen PDF, with `?speichern` as a download; altered bytes are never shown."""
    row = schreiben_liste_of(request.case).filter(pk=schreiben).first()
    if row is None:
        raise Http404
    if grund := closed_to(request, row.art):
        messages.error(request, grund)
        return redirect("fall_schreiben", fall)
    try:
        pdf = pdf_of(row)
    except SchreibenFehler as error:
        messages.error(request, error.text)
        return redirect("fall_schreiben", fall)
    name = f"{dateiwort(row)}_{row.nummer}"
    return pdf_answer(pdf, name, speichern="speichern" in request.GET)


def schreiben_text(request: CaseRequest, fall: int, schreiben: int) -> HttpResponse:
    """Return the frozen letter as plain HTML, for who has it read aloud (§ 10 BGG).

    It is the HTML that was set into the PDF, checked against its hash, with logo and seal inside;
    nothing is loaded from elsewhere. Where a template has
    changed since, the words could differ and only the PDF is given.
    """
    row = schreiben_liste_of(request.case).filter(pk=schreiben).first()
    if row is None:
        raise Http404
    if grund := closed_to(request, row.art):
        messages.error(request, grund)
        return redirect("fall_schreiben", fall)
    try:
        text = readable_of(row)
    except SchreibenFehler as error:
        messages.error(request, error.text)
        return redirect("fall_schreiben", fall)
    name = f"{dateiwort(row)}_{row.nummer}"
    return HttpResponse(
        text,
        content_type="text/html; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.html"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def pdf_answer(pdf: bytes, name: str, *, speichern: bool = False) -> HttpResponse:
    """Answer with a PDF; `name` is its kind and a number of the file, never a person."""
    art = "attachment" if speichern else "inline"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'{art}; filename="{name}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )
