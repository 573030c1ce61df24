"""What a page says when something broke: what is known of the step, and the way to go on.

Whether a submission was stored is no guess: its one-time key is in the database exactly when its
effect is. When the database does not answer, the page says that it is not known.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from cases.registry.routen import ROUTES
from cases.services.entwurf import ergebnis_of, typed_fields

if TYPE_CHECKING:
    from cases.models import User

logger = logging.getLogger("fallwerk.stoerung")

# Two transactions that wait for each other (40P01), or whose order cannot be kept (40001), or that
# waited too long for a row (55P03): the same step again finds the rows free.
_ZUSAMMENSTOSS = {"40P01", "40001", "55P03"}
WIEDERHOLUNGEN = 3
# Seconds after which a browser or a balancer may ask again.
_WIEDER_NACH = 5
# Never shown again: the key of the page itself, and whatever opens an account.
_NIE = ("password", "code", "login", "csrfmiddlewaretoken")


def is_conflict(error: BaseException | None) -> bool:
    """Whether the step failed only because another one was on the same rows."""
    cause = getattr(error, "__cause__", None)
    return isinstance(error, OperationalError) and (
        getattr(cause, "sqlstate", None) in _ZUSAMMENSTOSS
    )


def is_unreachable(error: BaseException | None) -> bool:
    """Whether the database did not answer, or not in time."""
    return isinstance(error, OperationalError | InterfaceError)


def first_result(request: HttpRequest) -> str:
    """Return where this very submission led when it was stored before; empty otherwise."""
    token = request.POST.get("vorgang", "") if request.method == "POST" else ""
    if not token or not request.session.get(SESSION_KEY):
        return ""
    user: User = request.user  # type: ignore[assignment]  # the session names one
    return ergebnis_of(token, user)


def repeat(
    request: HttpRequest, exception: Exception, call: Callable[[], HttpResponse]
) -> HttpResponse | None:
    """Take a step again that ran into another one; None when it is none or goes on failing."""
    for _ in range(WIEDERHOLUNGEN):
        if not is_conflict(exception):
            return None
        logger.warning("Schritt wird wiederholt", extra={"route": _route(request)}, exc_info=True)
        for _name, files in request.FILES.lists():
            for file in files:
                file.seek(0)
        try:
            return call()
        except OperationalError as again:
            exception = again
    return None


def tell(
    request: HttpRequest, error: BaseException | None, *, status: int, grund: str = ""
) -> HttpResponse:
    """Return the page of a fault with its number, which is in the log as well."""
    nummer = secrets.token_hex(4).upper()
    logger.error(
        "Störung",
        extra={"nummer": nummer, "route": _route(request), "status": status},
        exc_info=error if error is not None else False,
    )
    wissen, ziel = _known(request)
    kontext = {
        "nummer": nummer,
        "grund": grund,
        "wissen": wissen,
        "ziel": ziel,
        "voruebergehend": status == 503,
        "felder": [] if wissen == "gespeichert" else _fields(request),
        "schluessel": request.POST.get("csrfmiddlewaretoken", "") if wissen else "",
        "hier": request.get_full_path(),
        "dateien": bool(wissen and request.FILES),
    }
    answer = HttpResponse(render_to_string("500.html", kontext), status=status)
    if status == 503:
        answer["Retry-After"] = str(_WIEDER_NACH)
    answer["Cache-Control"] = "no-store, private"
    return answer


def _known(request: HttpRequest) -> tuple[str, str]:
    """Return what is known of the submission, and where its result is.

    "" for a page that was only read.
    """
    if request.method != "POST" or not request.POST.get("vorgang"):
        return ("" if request.method in {"GET", "HEAD"} else "unbekannt"), ""
    try:
        ziel = first_result(request)
        return ("gespeichert", ziel) if ziel else ("nicht_gespeichert", "")
    except (DatabaseError, InterfaceError):
        return "unbekannt", ""


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return every field of the submission, so that it can be sent again as it was."""
    row = ROUTES.get(_route(request))
    if request.method != "POST" or row is None or row.oeffentlich:
        return []
    sent: dict[str, Any] = dict(request.POST.lists())
    typed = typed_fields(sent) | {k: v for k, v in sent.items() if k == "vorgang"}
    return [
        (name, value)
        for name, values in typed.items()
        if not name.startswith(_NIE)
        for value in values
    ]


def _route(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
