"""A letter in the browser: the frozen bytes, or a preview with the mark of a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from cases.models import Schreiben
from cases.schreiben.satz.brief import render_brief
from cases.schreiben.services.schreiben import pdf_of
from cases.states.tafel import SchrittUnzulaessig
from recht.fehler import RechtFehler

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def pdf_response(
    request: CaseRequest,
    *,
    art: str,
    titel: str,
    schreiben: Schreiben | None,
    daten: Callable[[], dict[str, Any]],
    zurueck: str,
) -> HttpResponse:
    """Return the PDF inline; what cannot be set is said on the page before."""
    try:
        if schreiben is not None:
            pdf = pdf_of(schreiben)
        else:
            pdf = render_brief(art=art, titel=titel, daten=daten(), entwurf=True).pdf
    except (SchrittUnzulaessig, RechtFehler) as error:
        messages.error(request, str(error))
        return redirect(zurueck)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{request.case.aktenzeichen}-{art}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
