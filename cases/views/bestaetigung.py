"""Who you are, asked again: before steps of weight, and for a password that others have chosen."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from cases.registry.routen import Route
from cases.views.entwurf import rescue_post

_OHNE_EIGENES_PASSWORT = {"account_change_password", "hilfe", "barrierefreiheit"}
_ABGELAUFEN = (
    "Ihr Startpasswort ist abgelaufen. Bitte lassen Sie sich von der Berechtigungsverwaltung "
    "ein neues setzen."
)
_ZUERST = (
    "Dieser Schritt braucht eine frische Bestätigung. Noch ist nichts geschehen; danach kommen Sie "
    "zurück, und Ihre Eingaben stehen noch da."
)


def confirmed_at(request: HttpRequest) -> float:
    """Return when the person last proved who they are in this session (seconds), 0 if never."""
    records = get_authentication_records(request, request.user)
    return max((float(r.get("at", 0)) for r in records), default=0.0)


def is_fresh(request: HttpRequest) -> bool:
    """Whether the last login or confirmation is recent enough for a step of weight."""
    return time.time() - confirmed_at(request) < settings.BESTAETIGUNG_SECONDS


def confirm_first(request: HttpRequest, row: Route) -> HttpResponse | None:
    """Lead to the confirmation where the route asks for one; what was typed is kept."""
    reads = request.method in {"GET", "HEAD", "OPTIONS"}
    if not row.bestaetigt or (row.schreibt and reads):
        return None
    return _confirm(request, reads=reads)


def confirm_now(request: HttpRequest) -> HttpResponse | None:
    """Ask before a POST whose weight depends on what it is about; the route cannot know that."""
    return _confirm(request, reads=False) if request.method == "POST" else None


def _confirm(request: HttpRequest, *, reads: bool) -> HttpResponse | None:
    if is_fresh(request):
        return None
    rescue_post(request)
    messages.info(request, _ZUERST)
    query = urlencode({"next": request.get_full_path() if reads else _page_before(request)})
    return redirect(f"{reverse('account_reauthenticate')}?{query}")


def _page_before(request: HttpRequest) -> str:
    """Return the page whose form or button sent this POST; some addresses take no GET."""
    before = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure()):
        parts = urlsplit(before)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.path


def first_password(request: HttpRequest, name: str) -> HttpResponse | None:
    """Ask for a password of one's own while the one that somebody else has set is in force."""
    bis = getattr(request.user, "startpasswort_bis", None)
    if bis is None or (name in _OHNE_EIGENES_PASSWORT and timezone.now() <= bis):
        return None
    if timezone.now() > bis:
        logout(request)
        return render(request, "403.html", {"grund": _ABGELAUFEN}, status=403)
    return redirect("account_change_password")
