"""Middleware: history context, session limits, and access by the list of routes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pghistory
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from cases import access
from cases.models import Behoerde, Zugriffsverweigerung
from cases.registry.routen import FALL, ROUTES, Route
from cases.services.auffaelligkeit import watch_reading
from cases.views import bestaetigung
from cases.views.entwurf import rescue_post

if TYPE_CHECKING:
    GetResponse = Callable[[HttpRequest], HttpResponse]


_NUR_LESEN = "Sie haben diesen Fall über einen Notfallzugriff geöffnet und können nur lesen."


class HistoryContextMiddleware:
    """Attach the acting user and the route to every row change of the request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Open the context only where something may be written."""
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        user_id = request.user.pk if request.user.is_authenticated else None
        with pghistory.context(user=user_id, url=request.path):
            return self.get_response(request)


class SessionLimitMiddleware:
    """End a session after idle time or at its absolute limit; typed text is kept."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Compare the session's marks with the clock; write a mark at most once a minute."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = int(time.time())
        start = request.session.setdefault("beginn", now)
        last = request.session.setdefault("zuletzt", now)
        if (
            now - last > settings.SESSION_IDLE_SECONDS
            or now - start > settings.SESSION_ABSOLUTE_SECONDS
        ):
            rescue_post(request)
            logout(request)
            return _to_login(request)
        if now - last >= 60:
            request.session["zuletzt"] = now
        return self.get_response(request)


class AccessMiddleware:
    """Let a request through only when its route is known and role and object allow it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add what every answer with content of a case needs."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say what is missing on a new installation; what was typed is kept."""
        if not isinstance(exception, Behoerde.DoesNotExist):
            return None
        rescue_post(request)
        return render(request, "einrichtung.html", status=503)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Check the route; None lets the view run."""
        match = request.resolver_match
        name = match.view_name if match else ""
        row = ROUTES.get(name)
        if row is None:
            raise Http404
        if row.oeffentlich:
            return None
        if not request.user.is_authenticated:
            rescue_post(request)
            return _to_login(request)
        user = request.user
        if answer := bestaetigung.first_password(request, name):
            return answer
        needs_factor = settings.MFA_REQUIRED and not name.startswith(("mfa_", "account_"))
        if needs_factor and not is_mfa_enabled(user):
            return redirect("mfa_activate_totp")
        access.load_user(user)
        if row.rollen and not user.rollen & row.rollen:
            Zugriffsverweigerung.objects.create(user=user, route=name)
            grund = "Diese Seite gehört zu einer anderen Rolle als der Ihren."
            return render(request, "403.html", {"grund": grund}, status=403)
        if row.objekt == FALL:
            return self._open(request, row, kwargs["fall"])
        return bestaetigung.confirm_first(request, row)

    def _open(self, request: HttpRequest, row: Route, fall: int) -> HttpResponse | None:
        """Let the request see its case; what an emergency access does not allow is refused."""
        user, jetzt = request.user, timezone.now()
        lesend = request.method in {"GET", "HEAD"} and not row.schreibt
        try:
            case: Any = access.open_case(
                user,  # type: ignore[arg-type]  # checked above
                fall,
                row.name,
                timezone.localdate(),
                jetzt,
                lesend=lesend,
            )
        except access.NurLesen:
            return render(request, "403.html", {"grund": _NUR_LESEN}, status=403)
        if case is None:
            raise Http404
        request.case = case  # type: ignore[attr-defined]  # see CaseRequest
        watch_reading(
            by=user,  # type: ignore[arg-type]  # checked above
            gelesen=case.gelesen,
            grenze=case.lesegrenze,
            now=jetzt,
        )
        return bestaetigung.confirm_first(request, row)


def _to_login(request: HttpRequest) -> HttpResponse:
    """Send to the login page and back; a browser that had a session is told that it has ended."""
    ziel = request.get_full_path() if request.method == "GET" else request.path
    query = {"next": ziel}
    if settings.SESSION_COOKIE_NAME in request.COOKIES or request.method == "POST":
        query["abgelaufen"] = "1"
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode(query)}")
