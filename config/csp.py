"""What browsers report about content that the policy of the pages has refused.

A report names the address of a page, and with it a case: kept are the name of the route, the rule
and the host of what was refused. Each of these is one line of the log an hour.
"""

from __future__ import annotations

import json
import logging
import re
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

logger = logging.getLogger("fallwerk.csp")

HOECHSTENS_BYTE = 16_384
# Different reports in an hour, all browsers together: whoever makes them up fills no disk.
HOECHSTENS_JE_STUNDE = 100
_STUNDE = 3600
_WORT = re.compile(r"[a-z-]{1,40}")
_HOST = re.compile(r"[a-z0-9.:\[\]-]{1,100}")


@csrf_exempt
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Take a report; the answer is the same whatever was sent, for nobody reads it."""
    # Read no further than a report can be long, whatever length was announced.
    meldung = _read(request.read(HOECHSTENS_BYTE))
    if meldung and _is_new("|".join(meldung.values())):
        logger.warning("Inhalt abgewiesen", extra=meldung)
    return HttpResponse(status=204)


def _read(body: bytes) -> dict[str, str]:
    """Return route, rule and host of a report; nothing when it is none."""
    try:
        gemeldet: Any = json.loads(body)["csp-report"]
        regel = str(gemeldet.get("effective-directive") or gemeldet.get("violated-directive") or "")
        seite, fremd = str(gemeldet.get("document-uri", "")), str(gemeldet.get("blocked-uri", ""))
        return {
            "route": _route(seite),
            "regel": _only(_WORT, regel.split(" ")[0]),
            "quelle": _only(_WORT, fremd) or _only(_HOST, urlsplit(fremd).netloc.lower()),
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _route(adresse: str) -> str:
    try:
        return resolve(urlsplit(adresse).path or "/").view_name
    except (Resolver404, ValueError):
        return ""


def _only(muster: re.Pattern[str], text: str) -> str:
    return text if muster.fullmatch(text) else ""


def _is_new(meldung: str) -> bool:
    kennung = salted_hmac("fallwerk.csp", meldung).hexdigest()[:24]
    if not cache.add(f"csp:{kennung}", 1, _STUNDE):
        return False
    if cache.add("csp:anzahl", 1, _STUNDE):
        return True
    try:
        return bool(cache.incr("csp:anzahl") <= HOECHSTENS_JE_STUNDE)
    except ValueError:
        # The hour has just ended.
        return True
