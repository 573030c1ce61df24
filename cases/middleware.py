"""Middleware: history context, session limits, and access by the list of routes."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pghistory
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from cases import access
from cases.models import Behoerde, Zugriffsverweigerung
from cases.queries.fall import ids_of
from cases.registry.aufruf import gezeigt
from cases.registry.routen import FALL, ROUTES, Route
from cases.services.auffaelligkeit import (
    note_listenabruf,
    watch_abruf,
    watch_reading,
    watch_refusals,
)
from cases.services.uhr import UhrUnglaubwuerdig, require_uhr
from cases.states.tafel import SchrittUnzulaessig
from cases.views import bestaetigung, stoerung
from cases.views.entwurf import rescue_post

if TYPE_CHECKING:
    GetResponse = Callable[[HttpRequest], HttpResponse]


# What a view answers when a guard or a form has refused a submission, or its object is gone.
_ABGEWIESEN = {404, 409, 422}
METHODEN = ("GET", "HEAD", "POST", "OPTIONS")
_NUR_LESEN = "Sie haben diesen Fall über einen Notfallzugriff geöffnet und können nur lesen."

_NICHT_GEZEIGT = (
    "Diese Seite zeigt Angaben, die für Ihre Aufgabe in diesem Fall nicht vorgesehen sind."
)

_ZU_VIELE_FAELLE = (
    "Sie haben in der letzten Stunde ungewöhnlich viele verschiedene Fälle geöffnet. Fälle, die "
    "Sie schon geöffnet haben, bleiben offen; weitere öffnen sich, wenn die Stunde vorüber ist."
)
_ZU_VIEL_GEZEIGT = (
    "Sie haben in der letzten Stunde ungewöhnlich viele Personen aufgelistet, gesucht oder als "
    "Datei mitgenommen. Mehr wird Ihnen erst wieder gezeigt, wenn die Stunde vorüber ist."
)
# Seconds until the first of what was counted is an hour old, at the latest.
_STUNDE = 3600

_FALLADRESSE = re.compile(rb"/faelle/(\d{1,18})/")


class HistoryContextMiddleware:
    """Attach the acting user and the route to every row change of the request.

    Nothing is written while the clocks of program and database are a day apart.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.compared = -math.inf

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Open the context only where something may be written."""
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        try:
            self._compare_clocks()
        except UhrUnglaubwuerdig as error:
            return stoerung.tell(request, error, status=503, grund=error.text)
        user_id = request.user.pk if request.user.is_authenticated else None
        with pghistory.context(user=user_id, url=request.path):
            return self.get_response(request)

    def _compare_clocks(self) -> None:
        """Ask for the time of the database now and then: a wrong day would be written for good."""
        every, now = settings.UHRVERGLEICH_SEKUNDEN, time.monotonic()
        if every and now - self.compared >= every:
            require_uhr(now=timezone.now())
            self.compared = now


class SessionLimitMiddleware:
    """End a session after idle time or at its absolute limit; typed text is kept."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End what is too old; what the browser still holds of an ended session goes with it."""
        response = self._limited(request)
        if getattr(request, "abgemeldet", False):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def _limited(self, request: HttpRequest) -> HttpResponse:
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
            request.sitzung_abgelaufen = True  # type: ignore[attr-defined]  # for the log of logins
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
        """Add what every answer with content of a case needs, and note whose data it shows.

        A repetition that was refused because the first submission has changed what it asks for
        leads to the result of the first.
        """
        if request.method not in METHODEN:
            return HttpResponseNotAllowed(METHODEN)
        response = self.get_response(request)
        if response.status_code in _ABGEWIESEN and (ziel := stoerung.first_result(request)):
            response = redirect(ziel)
        _note_shown(request, response)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        # No page of another site may embed a letter or a paper.
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say what is missing on a new installation; what was typed is kept.

        A step that ran into another one on the same rows is taken again, from its access on. A
        refusal that no view has shown at its place is told with its sentence.
        """
        if isinstance(exception, SchrittUnzulaessig):
            return stoerung.tell(request, exception, status=409, grund=exception.text)
        if not isinstance(exception, Behoerde.DoesNotExist):
            return stoerung.repeat(request, exception, lambda: self._again(request))
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
            watch_refusals(by=user, now=timezone.now())
            grund = "Diese Seite gehört zu einer anderen Rolle als der Ihren."
            return render(request, "403.html", {"grund": grund}, status=403)
        if ziel := stoerung.first_result(request):
            return redirect(ziel)
        if row.abruf and watch_abruf(by=user, route=name, art=row.abruf, now=timezone.now()):
            return _too_many(request, _ZU_VIEL_GEZEIGT)
        if row.objekt == FALL:
            return self._open(request, row, kwargs["fall"])
        return bestaetigung.confirm_first(request, row)

    def _again(self, request: HttpRequest) -> HttpResponse:
        match: Any = request.resolver_match
        answer = self.process_view(request, match.func, match.args, match.kwargs)
        return answer or match.func(request, *match.args, **match.kwargs)

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
                inhalte=row.inhalte,
            )
        except access.NurLesen:
            watch_refusals(by=user, now=jetzt)  # type: ignore[arg-type]  # checked above
            return render(request, "403.html", {"grund": _NUR_LESEN}, status=403)
        except access.NichtGezeigt:
            watch_refusals(by=user, now=jetzt)  # type: ignore[arg-type]  # checked above
            return render(request, "403.html", {"grund": _NICHT_GEZEIGT}, status=403)
        except access.ZuViele:
            watch_refusals(by=user, now=jetzt)  # type: ignore[arg-type]  # checked above
            return _too_many(request, _ZU_VIELE_FAELLE)
        if case is None:
            watch_refusals(by=user, now=jetzt)  # type: ignore[arg-type]  # checked above
            raise Http404
        request.case = case  # type: ignore[attr-defined]  # see CaseRequest
        watch_reading(
            by=user,  # type: ignore[arg-type]  # checked above
            gelesen=case.gelesen,
            grenze=case.lesegrenze,
            now=jetzt,
        )
        return bestaetigung.confirm_first(request, row)


def _too_many(request: HttpRequest, grund: str) -> HttpResponse:
    """Say that this person has seen too much within an hour; what was typed is kept."""
    rescue_post(request)
    answer = render(request, "429.html", {"grund": grund}, status=429)
    answer["Retry-After"] = str(_STUNDE)
    return answer


def _note_shown(request: HttpRequest, response: HttpResponse) -> None:
    """Write one row for the cases that the answer shows beside the opened one.

    The row is there before the answer leaves: without it there is no answer.
    """
    match = request.resolver_match
    row = ROUTES.get(match.view_name) if match else None
    if row is None or row.oeffentlich or response.status_code in {403, 404, 429}:
        return
    bekannt = gezeigt(request)
    if bekannt.vermerkt:
        return
    faelle = bekannt.faelle | _linked(response)
    if bekannt.aktenzeichen:
        faelle |= ids_of(bekannt.aktenzeichen)
    faelle.discard(getattr(getattr(request, "case", None), "pk", 0))
    if faelle or bekannt.anzahl is not None:
        note_listenabruf(
            by=request.user,  # type: ignore[arg-type]  # every other route has let somebody in
            route=row.name,
            art=bekannt.art,
            faelle=faelle,
            anzahl=bekannt.anzahl,
        )


def _linked(response: HttpResponse) -> set[int]:
    """Return the cases that a page leads to."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return set()
    return {int(nummer) for nummer in _FALLADRESSE.findall(response.content)}


def _to_login(request: HttpRequest) -> HttpResponse:
    """Send to the login page and back; a browser that had a session is told that it has ended."""
    ziel = request.get_full_path() if request.method == "GET" else request.path
    query = {"next": ziel}
    if settings.SESSION_COOKIE_NAME in request.COOKIES or request.method == "POST":
        query["abgelaufen"] = "1"
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode(query)}")
