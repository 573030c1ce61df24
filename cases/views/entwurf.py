"""Drafts of forms and the state of the session, for the small script of the form pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from cases import access
from cases.registry.routen import FALL, ROUTES
from cases.services.entwurf import drop_entwurf, rescue_felder, save_entwurf, typed_fields

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cases.models import Case
    from cases.registry.aufruf import CaseRequest

_ZU_LANG = "Der Text ist für einen Entwurf zu lang. Bitte speichern Sie."


def rescue_post(request: HttpRequest) -> None:
    """Keep the fields of a POST whose session is over, for the user who was shown the form."""
    if request.method == "POST":
        rescue_felder(
            token=request.POST.get("vorgang", ""),
            pfad=_own_path(request.POST.get("entwurf_pfad", "")) or request.path,
            felder=dict(request.POST.lists()),
        )


def _own_path(pfad: str) -> str:
    """Return the path when it is one of ours, empty otherwise: „Mein Tag“ makes a link of it."""
    eigen = url_has_allowed_host_and_scheme(pfad, allowed_hosts=None)
    return pfad if eigen and pfad.startswith("/") else ""


def entwurf_sichern(request: CaseRequest) -> HttpResponse:
    """Keep what stands in a form; the answer names the time."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    pfad = request.POST.get("entwurf_pfad", "")
    case = _writable_page(request, pfad)
    kept = save_entwurf(
        user_id=request.user.pk,
        pfad=pfad,
        felder=typed_fields(dict(request.POST.lists())),
        titel=request.POST.get("entwurf_titel", "") or "Formular",
        case=case,
    )
    if not kept:
        return JsonResponse({"fehler": _ZU_LANG}, status=413)
    return JsonResponse({"um": timezone.localtime().strftime("%H:%M")})


def entwurf_verwerfen(request: CaseRequest) -> HttpResponse:
    """Throw a draft away and show the form as it is stored."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    pfad = request.POST.get("entwurf_pfad", "")
    _writable_page(request, pfad)
    drop_entwurf(user=request.user, pfad=pfad)
    messages.success(request, "Der Entwurf ist verworfen.")
    return redirect(pfad)


def _writable_page(request: CaseRequest, pfad: str) -> Case | None:
    """Return the case of a page of this program that the user may write on; 404 otherwise."""
    try:
        match = resolve(pfad)
    except Resolver404 as error:
        raise Http404 from error
    row = ROUTES.get(match.view_name)
    if row is None or not row.schreibt or row.oeffentlich:
        raise Http404
    if row.rollen and not request.user.rollen & row.rollen:
        raise Http404
    if row.objekt != FALL:
        return None
    case = (
        access.visible_to(request.user, timezone.localdate())
        .filter(pk=match.kwargs["fall"])
        .first()
    )
    if case is None:
        raise Http404
    return case


def sitzung_stand(request: CaseRequest) -> HttpResponse:
    """Tell who is logged in, with a fresh key for the forms of a page that stayed open."""
    return JsonResponse({"benutzer": request.user.get_username(), "schluessel": get_token(request)})
