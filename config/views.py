"""Pages that belong to no floor: health, errors."""

from __future__ import annotations

import secrets
import sys
from typing import Any

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from cases.services import betrieb
from cases.tisch.queries.tageslauf import last_successful
from cases.views import stoerung
from cases.views.entwurf import rescue_post
from cases.views.geloescht import Geloescht, lost_eingaben
from vorfuehrung.stand import ladestand


def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, with the day of the last complete daily run.

    While the demonstration is loaded, the answer says how far.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return JsonResponse({"zustand": "Datenbank antwortet nicht"}, status=503)
    lauf = last_successful()
    tag = lauf.datum.isoformat() if lauf else None
    antwort: dict[str, Any] = {"zustand": "gesund", "tageslauf": tag}
    laden = ladestand()
    if laden is not None:
        antwort["vorfuehrung"] = laden.as_json()
    return JsonResponse(antwort)


def operation(request: HttpRequest) -> HttpResponse:
    """Tell operators whether all parts work; 503 with the reasons when one does not.

    Asked with the key of FALLWERK_BETRIEB_SCHLUESSEL in `Authorization: Bearer …`; 404 without,
    403 where a production is asked in clear: the key was on the way already.
    """
    if settings.PRODUCTION and not request.is_secure():
        return JsonResponse({"zustand": "nur über HTTPS"}, status=403)
    schluessel = settings.BETRIEB_SCHLUESSEL
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not schluessel or not secrets.compare_digest(sent.encode(), schluessel.encode()):
        raise Http404
    alarme = []
    try:
        stand = betrieb.state_of_operation(now=timezone.now())
        alarme += betrieb.alarms_of(stand)
    except (OperationalError, InterfaceError):
        stand = {}
        alarme.append("Die Datenbank antwortet nicht.")
    alarme += betrieb.alarms_of_broker()
    status = 503 if alarme else 200
    return JsonResponse({"alarme": alarme, **stand}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a refused form without losing what was typed."""
    rescue_post(request)
    return render(request, "csrf.html", {"ziel": request.path}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that does not exist, or a case that is not theirs: the same answer.

    What somebody has typed for it is shown, so that it can be copied.
    """
    if request.user.is_authenticated and (eingaben := lost_eingaben(request, exception)):
        was = exception.was if isinstance(exception, Geloescht) else "Was Sie ändern wollten,"
        return render(request, "geloescht.html", {"was": was, "eingaben": eingaben}, status=404)
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A refused request."""
    return render(request, "403.html", {"grund": str(exception)}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no browser of ours sends; or a session that could not be stored.

    The latter comes after the step, so what is known of the step is said.
    """
    if isinstance(exception, SessionInterrupted):
        return stoerung.tell(request, exception, status=503)
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """An error of ours, with a number to tell the operators; 503 when only the database waits."""
    error = sys.exc_info()[1]
    return stoerung.tell(request, error, status=503 if stoerung.is_unreachable(error) else 500)
