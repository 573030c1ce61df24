"""„Neues Schreiben“: what can be written freely, and the pages that ask, show and freeze."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis, Schritt
from cases.schreiben.forms.brief import AngabenForm
from cases.schreiben.services import schreiben as service
from cases.schreiben.views import vorschau as ansicht
from cases.schreiben.views.vorschau import FormularT
from cases.services.entwurf import save_entwurf, take_entwurf, typed_fields
from cases.states.tafel import SchrittUnzulaessig
from cases.views.formular import query_dict, run_form, run_step, sentence_of
from cases.views.rahmen import case_context
from recht.fehler import RechtFehler

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

ERSTELLT = "Das Schreiben ist erstellt. Bitte wählen Sie, wie es das Haus verlässt."


def schreiben_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Show what can be written in this case without a step that asks for it."""
    return render(
        request,
        "cases/schreiben/neu.html",
        case_context(
            request,
            "Neues Schreiben",
            "fall_schreiben",
            arten=[(art, url) for art in free_arten(request) if (url := _page_of(request, art))],
            zurueck=reverse("fall_schreiben", args=[fall]),
        ),
    )


def free_arten(request: CaseRequest) -> list[Schreibenart]:
    """Return the kinds that this person may write freely, by title."""
    rollen = request.user.rollen
    arten = [a for a in registry.schreibenarten.values() if a.frei and a.rollen & rollen]
    return sorted(arten, key=lambda art: art.titel)


def _page_of(request: CaseRequest, art: Schreibenart) -> str:
    """Return where a kind is written, empty when the case has nothing that it could be about."""
    fall = request.case.pk
    if art.eigene_seite:
        return reverse(art.eigene_seite, args=[fall])
    if art.finde is not None and art.finde(request.case, {}) is None:
        return ""
    return reverse("schreiben_verfassen", args=[fall, art.schluessel])


def _free_or_404(request: CaseRequest, schluessel: str) -> tuple[Schreibenart, Schreibanlass]:
    art = ansicht.art_or_404(schluessel)
    if art not in free_arten(request) or art.eigene_seite:
        raise Http404
    return art, ansicht.anlass_or_404(request, art, {})


def schreiben_verfassen(request: CaseRequest, fall: int, art: str) -> HttpResponse:
    """Show whom a letter goes to and what still stands in its way; freeze what was previewed."""
    kind, anlass = _free_or_404(request, art)
    if kind.formular is not None:
        return _verfassen_mit_angaben(request, kind, anlass)
    gesehen = ansicht.seen_of(request, art, anlass)

    def act() -> str:
        return ansicht.dispatch_url(ansicht.write(art, anlass, gesehen or ""))

    seite = reverse("schreiben_verfassen", args=[fall, art])
    if request.method == "POST":
        return run_step(request, act=act, back=seite, done=ansicht.FESTGESCHRIEBEN)
    daten, hindernisse = _state_of(kind, anlass)
    jetzt = service.stand_of(kind, daten, anlass.tag) if daten else ""
    if daten and gesehen != jetzt:
        hindernisse.append(Hindernis(service.VERALTET if gesehen else service.UNGESEHEN))
    entwurf = reverse("schreiben_vorschau", args=[fall, art])
    return render(
        request,
        "cases/schreiben/verfassen.html",
        case_context(
            request,
            kind.title_of(anlass),
            "fall_schreiben",
            hilfe=kind.hilfe,
            kopf=daten.get("kopf"),
            schritte=[
                Schritt("Vorschau ansehen", entwurf, haupt=gesehen != jetzt),
                Schritt(
                    "Festschreiben und versenden",
                    seite,
                    "post",
                    tuple(hindernisse),
                    haupt=gesehen == jetzt,
                ),
            ],
        ),
    )


def _verfassen_mit_angaben(
    request: CaseRequest, art: Schreibenart, anlass: Schreibanlass
) -> HttpResponse:
    """Ask for what only a person knows, then preview or freeze the letter."""
    assert art.formular is not None  # noqa: S101 - the caller has asked
    form_class: type[AngabenForm] = art.formular

    def anlass_of(form: AngabenForm) -> tuple[str, Schreibanlass]:
        gegenstand = form.gegenstand() or anlass.gegenstand
        return art.schluessel, replace(anlass, gegenstand=gegenstand, angaben=form.angaben())

    return run_brief(
        request,
        form_class,
        anlass_of=anlass_of,
        titel=art.titel,
        aktiv="fall_schreiben",
        zurueck=reverse("schreiben_neu", args=[anlass.case.pk]),
        einleitung=art.hilfe,
        form_kwargs={"case": anlass.case, "stichtag": anlass.tag},
        initial=form_class.vorgaben(anlass.case, anlass.tag),
    )


def _state_of(art: Schreibenart, anlass: Schreibanlass) -> tuple[dict[str, Any], list[Hindernis]]:
    """Return the data of a letter, empty when there can be none, and what stands in its way."""
    found = [h for h in (art.pruefungen(anlass) if art.pruefungen else ()) if h is not None]
    try:
        return service.daten_of(art, anlass), found
    except (SchrittUnzulaessig, RechtFehler) as error:
        return {}, [*found, Hindernis(str(error), getattr(error, "norm", ""))]


def schreiben_vorschau(request: CaseRequest, fall: int, art: str) -> HttpResponse:
    """Show a letter as it would be frozen now, marked as a draft on every page."""
    kind, anlass = _free_or_404(request, art)
    if kind.formular is not None:
        return redirect("schreiben_verfassen", fall, art)
    name = f"{request.case.aktenzeichen}-{art}"
    seite = reverse("schreiben_verfassen", args=[fall, art])
    return ansicht.show_preview(request, kind, anlass, name=name, zurueck=seite)


def run_brief(
    request: CaseRequest,
    form_class: type[FormularT],
    *,
    anlass_of: Callable[[FormularT], tuple[str, Schreibanlass]],
    titel: str,
    zurueck: str,
    template: str = "base_formular.html",
    aktiv: str = "",
    done: str = ERSTELLT,
    form_kwargs: dict[str, Any] | None = None,
    initial: dict[str, Any] | None = None,
    **mehr: Any,
) -> HttpResponse:
    """Show the form of a letter that asks for more than a click; preview it or freeze it.

    `anlass_of` turns the valid form into the kind of letter and what it is written for. The
    preview keeps what was typed as the draft of this page, so that nothing of it stands in a URL.
    """
    kwargs = form_kwargs or {}
    if request.method == "GET" and "vorschau" in request.GET:
        return _draft_preview(request, form_class, anlass_of, kwargs)
    if request.method == "POST" and "vorschau" in request.POST:
        form = form_class(request.POST, **kwargs)
        if form.is_valid():
            save_entwurf(
                user_id=request.user.pk,
                pfad=request.path,
                felder=typed_fields(dict(request.POST.lists())),
                titel=titel,
                case=request.case,
            )
            return redirect(f"{request.path}?vorschau")

    def act(form: FormularT) -> str:
        art, anlass = anlass_of(form)
        return ansicht.dispatch_url(
            ansicht.write(art, anlass, ansicht.seen_of(request, art, anlass))
        )

    return run_form(
        request,
        form_class,
        template=template,
        context=case_context(request, titel, aktiv, zurueck=zurueck, vorschau_knopf=True, **mehr),
        act=act,
        done=done,
        form_kwargs=form_kwargs,
        initial=initial,
    )


def _draft_preview(
    request: CaseRequest,
    form_class: type[FormularT],
    anlass_of: Callable[[FormularT], tuple[str, Schreibanlass]],
    kwargs: dict[str, Any],
) -> HttpResponse:
    """Show the letter of the draft of this page; without a valid one the form is next."""
    draft = take_entwurf(user=request.user, pfad=request.path)
    form = form_class(query_dict(draft[0], request), **kwargs) if draft else None
    if form is None or not form.is_valid():
        return redirect(request.path)
    try:
        art, anlass = anlass_of(form)
    except SchrittUnzulaessig as error:
        messages.error(request, sentence_of(error))
        return redirect(request.path)
    return ansicht.show_preview(
        request,
        ansicht.art_or_404(art),
        anlass,
        name=f"{request.case.aktenzeichen}-{art}",
        zurueck=request.path,
    )
