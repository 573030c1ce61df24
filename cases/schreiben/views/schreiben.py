"""The letters of a case: the list, and the frozen PDF of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases import access
from cases.models import Versand
from cases.person.views.angabezeile import sicht_of
from cases.schreiben.queries.schreiben import schreiben_liste_of
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.services.schreiben import pdf_of
from cases.states.versand import VERSAND
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


_SPERRE = (
    "Für die Person besteht eine Auskunftssperre. Das Schreiben zeigt die Anschrift und ist "
    "deshalb nur für das Fallmanagement zu sehen."
)


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
                (schreiben, [_sending(versand) for versand in schreiben.versand_liste.all()])
                for schreiben in schreiben_liste_of(request.case)
            ],
            darf_versenden=access.may_write(request.user),
            anschrift_gesperrt=_gesperrt(request),
        ),
    )


def _gesperrt(request: CaseRequest) -> bool:
    """Tell whether an Auskunftssperre hides addresses from this user, who only reads."""
    person = request.case.leistungsberechtigte_person
    return not sicht_of(request.user, person, request.case.pk, timezone.localdate()).anschrift


def _sending(versand: Versand) -> tuple[Versand, str]:
    return versand, VERSAND.farben[versand.state]


def schreiben_pdf(request: CaseRequest, fall: int, schreiben: int) -> HttpResponse:
    """Return the frozen PDF, with `?speichern` as a download; altered bytes are never shown."""
    row = schreiben_liste_of(request.case).filter(pk=schreiben).first()
    if row is None:
        raise Http404
    if _gesperrt(request):
        messages.error(request, _SPERRE)
        return redirect("fall_schreiben", fall)
    try:
        pdf = pdf_of(row)
    except SchreibenFehler as error:
        messages.error(request, error.text)
        return redirect("fall_schreiben", fall)
    return pdf_answer(pdf, row.nummer, speichern="speichern" in request.GET)


def pdf_answer(pdf: bytes, name: str, *, speichern: bool = False) -> HttpResponse:
    """Answer with a PDF; `name` is a number of the file, never of a person."""
    art = "attachment" if speichern else "inline"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'{art}; filename="{name}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )
