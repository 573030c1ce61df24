"""Every letter before it is frozen: the preview, and the step that freezes what was seen.

A preview leaves a mark of what it showed in the session. Whoever freezes the letter afterwards
freezes the same, or is told that something has changed and sees it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases.forms.basis import BasisForm
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.services import schreiben as service
from cases.schreiben.views.schreiben import closed_to, pdf_answer
from cases.states.tafel import SchrittUnzulaessig
from cases.views.formular import run_step, sentence_of
from recht.fehler import RechtFehler

if TYPE_CHECKING:
    from cases.models import Schreiben
    from cases.registry.aufruf import CaseRequest

_GESEHEN = "vorschauen"
# Who looks at more drafts in between sees the first one again before freezing it.
_GEMERKT = 20
FESTGESCHRIEBEN = "Das Schreiben ist festgeschrieben. Bitte wählen Sie, wie es das Haus verlässt."
FormularT = TypeVar("FormularT", bound=BasisForm)


def art_or_404(schluessel: str) -> Schreibenart:
    """Return a registered kind of letter."""
    art = registry.schreibenarten.get(schluessel)
    if art is None:
        raise Http404
    return art


def anlass_or_404(request: CaseRequest, art: Schreibenart, teile: dict[str, int]) -> Schreibanlass:
    """Return what a letter of this kind is about; a foreign or missing row is not there."""
    gegenstand = None
    if art.finde is not None:
        gegenstand = art.finde(request.case, teile)
        if gegenstand is None:
            raise Http404
    return Schreibanlass(request.case, timezone.localdate(), request.user, gegenstand)


def seite_of(art: Schreibenart, anlass: Schreibanlass) -> str:
    """Return the page that a letter of this kind starts from."""
    if art.seite is not None:
        return art.seite(anlass)
    return reverse(art.eigene_seite or "fall_schreiben", args=[anlass.case.pk])


def note_seen(request: CaseRequest, art: Schreibenart, anlass: Schreibanlass, stand: str) -> None:
    """Keep the mark of a preview for the step that freezes the letter."""
    key = f"{art.schluessel}:{service.bezug_of(anlass)}"
    marken = {k: v for k, v in request.session.get(_GESEHEN, {}).items() if k != key}
    request.session[_GESEHEN] = dict([*marken.items(), (key, stand)][-_GEMERKT:])


def seen_of(request: CaseRequest, art: str, anlass: Schreibanlass) -> str | None:
    """Return the mark of the preview that this person has opened, None when there was none."""
    marken: dict[str, str] = request.session.get(_GESEHEN, {})
    return marken.get(f"{art}:{service.bezug_of(anlass)}")


def seen_about(request: CaseRequest, art: str, gegenstand: Any) -> str | None:
    """Return the mark of the preview of the letter about a row of the case of this request."""
    anlass = Schreibanlass(request.case, timezone.localdate(), request.user, gegenstand)
    return seen_of(request, art, anlass)


def show_preview(
    request: CaseRequest, art: Schreibenart, anlass: Schreibanlass, *, name: str, zurueck: str
) -> HttpResponse:
    """Answer with the frozen PDF, else with a preview; what cannot be set is said on a page."""
    if grund := closed_to(request, art.schluessel):
        messages.error(request, grund)
        return redirect("fall_schreiben", request.case.pk)
    try:
        fest = service.frozen_of(art, anlass)
        if fest is not None:
            return pdf_answer(service.pdf_of(fest), name)
        gerendert, stand = service.preview_schreiben(art, anlass)
    except (SchrittUnzulaessig, RechtFehler) as error:
        messages.error(request, sentence_of(error))
        return redirect(zurueck)
    note_seen(request, art, anlass, stand)
    return pdf_answer(gerendert.pdf, name)


def vorschau(*arten: str) -> Callable[..., HttpResponse]:
    """Return the view that shows a letter of one of these kinds as it would be frozen today.

    With more than one kind the URL names it as `art`; its numbers find the row.
    """

    def view(request: CaseRequest, fall: int, **teile: Any) -> HttpResponse:
        art = _named(arten, teile)
        anlass = anlass_or_404(request, art, teile)
        name = "-".join(map(str, [request.case.aktenzeichen, art.schluessel, *teile.values()]))
        return show_preview(request, art, anlass, name=name, zurueck=seite_of(art, anlass))

    return view


def festschreiben(
    *arten: str, done: str = FESTGESCHRIEBEN, versenden: bool = True
) -> Callable[..., HttpResponse]:
    """Return the view that freezes a letter of one of these kinds, then leads to its dispatch."""

    def view(request: CaseRequest, fall: int, **teile: Any) -> HttpResponse:
        art = _named(arten, teile)
        anlass = anlass_or_404(request, art, teile)

        def act() -> str:
            gesehen = seen_of(request, art.schluessel, anlass)
            schreiben = write(art.schluessel, anlass, gesehen)
            return dispatch_url(schreiben) if versenden else reverse("fall_schreiben", args=[fall])

        return run_step(request, act=act, back=seite_of(art, anlass), done=done)

    return view


def _named(arten: tuple[str, ...], teile: dict[str, Any]) -> Schreibenart:
    """Return the kind that the URL stands for, and take its name out of the parts."""
    schluessel = arten[0] if len(arten) == 1 else teile.pop("art")
    if schluessel not in arten:
        raise Http404
    return art_or_404(schluessel)


def write(art: str, anlass: Schreibanlass, gesehen: str | None) -> Schreiben:
    """Freeze a letter as whoever is at the screen; the same person answers for it."""
    anlass = replace(anlass, zeichnet=anlass.by)
    return service.write_schreiben(art=art, anlass=anlass, gesehen=gesehen)


def dispatch_url(schreiben: Schreiben) -> str:
    """Return the page that asks how a letter leaves the house."""
    return reverse("versand_neu", args=[schreiben.case_id, schreiben.pk])
