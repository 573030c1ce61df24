"""Pages that belong to no floor: health, errors."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from cases.tisch.queries.tageslauf import last_successful
from cases.views.entwurf import rescue_post
from cases.views.geloescht import Geloescht, lost_eingaben
from vorfuehrung.stand import ladestand


def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, with the day of the last complete daily run.

    While the demonstration is loaded, the answer says how far.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    lauf = last_successful()
    tag = lauf.datum.isoformat() if lauf else None
    antwort: dict[str, Any] = {"zustand": "gesund", "tageslauf": tag}
    laden = ladestand()
    if laden is not None:
        antwort["vorfuehrung"] = laden.as_json()
    return JsonResponse(antwort)


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
    """A request that no browser of ours sends."""
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """An error of ours, with a number to tell the operators."""
    return render(request, "500.html", {"nummer": secrets.token_hex(4).upper()}, status=500)
