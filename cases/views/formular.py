"""How a page with a form behaves: nothing typed is lost, nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect, render

from cases.forms.basis import BasisForm
from cases.registry.schritt import Hindernis, Schritt
from cases.services.entwurf import (
    claim_vorgang,
    drop_entwurf,
    ergebnis_of,
    new_vorgang,
    take_entwurf,
)
from cases.states.tafel import SchrittUnzulaessig, Zustandstafel
from recht.fehler import RechtFehler

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

FormularT = TypeVar("FormularT", bound=BasisForm)
ZeileT = TypeVar("ZeileT")
BEREINIGT = "Eingefügter Text wurde in druckbare Zeichen gebracht:"


def run_form(
    request: CaseRequest,
    form_class: type[FormularT],
    *,
    template: str,
    context: dict[str, Any],
    act: Callable[[FormularT], str],
    done: str = "",
    form_kwargs: dict[str, Any] | None = None,
    initial: dict[str, Any] | None = None,
    gespeichert: Mapping[str, Any] | None = None,
    zuletzt: str | Callable[[], str] = "",
    zu: Callable[[], Sequence[Hindernis]] | None = None,
) -> HttpResponse:
    """Show a form; on a valid POST call `act` once and go where it says.

    `act` gets the valid form, calls one service and returns the URL of the result. A refusal of
    the service (SchrittUnzulaessig, RechtFehler) is shown in the form, at its field where it names
    one; everything typed stays. A repetition of the same submission leads to the first result
    without a second effect.

    A form that edits what is stored is a StandForm and gets `gespeichert`, the values that its
    mark covers (they are also its initial ones), and `zuletzt`, who changed them last.

    The page of a step gives `zu`, why the service would refuse it now (`Schritttafel.weigerung`):
    then no form is shown but the reasons. It is asked when the page is read. A POST goes to the
    service, which knows a repeated one; its refusal stands above what was typed.
    """
    if zu is not None and request.method != "POST" and (gruende := tuple(zu())):
        return _closed(request, context, gruende)
    kwargs = form_kwargs or {}
    if gespeichert is not None:
        kwargs = {**kwargs, "gespeichert": gespeichert, "zuletzt": zuletzt}
        leer = all(wert is None for wert in gespeichert.values())
        initial = {**({} if leer else gespeichert), **(initial or {})}
    if request.method == "POST" and "einfuegen" in request.POST:
        form = form_class(request.POST, **kwargs)
        form.take_over()
        return render(
            request, template, {**context, "form": form.as_entwurf(), "entwurf_pfad": request.path}
        )
    if request.method == "POST":
        form = form_class(request.POST, request.FILES or None, **kwargs)
        gueltig = form.is_valid()
        if form.bereinigt:
            messages.info(request, f"{BEREINIGT} {'; '.join(form.bereinigt)}.")
        if gueltig:
            ziel = _act_once(request, form, act)
            if ziel:
                if done:
                    messages.success(request, done)
                return redirect(ziel)
    elif draft := take_entwurf(user=request.user, pfad=request.path):
        felder, zeit = draft
        form = form_class(query_dict(felder, request), initial=initial, **kwargs).as_entwurf()
        context = {**context, "entwurf_vom": zeit}
    else:
        form = form_class(initial=initial, **kwargs)
        form.fields["vorgang"].initial = new_vorgang(request.user.pk)
    status = 422 if request.method == "POST" else 200
    context = {**context, "form": form, "entwurf_pfad": request.path}
    return render(request, template, context, status=status)


def _closed(
    request: CaseRequest, context: dict[str, Any], gruende: tuple[Hindernis, ...]
) -> HttpResponse:
    """Show a step closed with its reasons; what was typed before stands below and is kept."""
    felder, zeit = take_entwurf(user=request.user, pfad=request.path) or ({}, None)
    return render(
        request,
        "base_geschlossen.html",
        {
            **context,
            "schritt": Schritt(context["titel"], request.path, hindernisse=gruende),
            "entwurf_vom": zeit,
            "entwurf_texte": [w for werte in felder.values() for w in werte if " " in w.strip()],
        },
    )


def _act_once(request: CaseRequest, form: FormularT, act: Callable[[FormularT], str]) -> str:
    token = form.cleaned_data.get("vorgang") or ""
    try:
        with transaction.atomic():
            vorgang = claim_vorgang(token=token, user=request.user, route=_route(request))
            if vorgang is None:
                return ergebnis_of(token, request.user) or request.path
            ziel = act(form)
            vorgang.ergebnis_url = ziel
            vorgang.save(update_fields=["ergebnis_url"])
            drop_entwurf(user=request.user, pfad=request.path)
            return ziel
    except (SchrittUnzulaessig, RechtFehler) as error:
        feld = getattr(error, "feld", "")
        sichtbar = feld in form.fields and not form.fields[feld].widget.is_hidden
        form.add_error(feld if sichtbar else None, sentence_of(error))
        return ""


def run_step(
    request: CaseRequest, *, act: Callable[[], str], back: str, done: str = ""
) -> HttpResponse:
    """Take a step that needs no form: POST only, once; a refusal is shown on the page before."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    token = request.POST.get("vorgang", "")
    try:
        with transaction.atomic():
            vorgang = claim_vorgang(token=token, user=request.user, route=_route(request))
            if vorgang is None:
                return redirect(ergebnis_of(token, request.user) or back)
            ziel = act()
            vorgang.ergebnis_url = ziel
            vorgang.save(update_fields=["ergebnis_url"])
    except (SchrittUnzulaessig, RechtFehler) as error:
        messages.error(request, sentence_of(error))
        return redirect(back)
    if done:
        messages.success(request, done)
    return redirect(ziel)


def still_there(row: ZeileT | None) -> ZeileT:
    """Return the row that a step is about, or refuse: an id of another case has no effect here.

    Asked within `act`, so that a repeated click still leads to the result of the first one.
    """
    if row is None:
        raise SchrittUnzulaessig("Diesen Eintrag gibt es hier nicht oder nicht mehr.")
    return row


def misplaced(
    request: CaseRequest, tafel: Zustandstafel, schritt: str, zustand: str, zurueck: str
) -> HttpResponse | None:
    """Lead back with a sentence when the state does not know the step; a POST is left alone.

    A repeated POST must still reach the result of the first one, and the service refuses the rest.
    """
    if request.method == "POST":
        return None
    try:
        tafel.ziel(zustand, schritt)
    except SchrittUnzulaessig as error:
        messages.error(request, sentence_of(error))
        return redirect(zurueck)
    return None


def sentence_of(error: Exception) -> str:
    """Return what the person reads about a refusal, with its norm."""
    norm = getattr(error, "norm", "")
    return f"{error} ({norm})" if norm else str(error)


def _route(request: CaseRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def query_dict(felder: dict[str, list[str]], request: CaseRequest) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in felder.items():
        data.setlist(name, values)
    data["vorgang"] = new_vorgang(request.user.pk)
    return data
