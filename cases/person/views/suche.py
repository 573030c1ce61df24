"""The search box of every page; the words travel by POST, an answer is found again by a token."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from cases import access
from cases.crypto import decrypt, encrypt
from cases.person.queries.suche import (
    MAX_HITS,
    explain,
    find_aktenzeichen,
    search_cases,
    search_organisationen,
)
from cases.registry.aufruf import show_cases
from cases.states.fall import FALL
from cases.states.zugang import Abrufart

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

MAX_TEXT = 200
# So many searches of one session can be gone back to.
_MERKEN = 10
_ZWECK = "suche.text"


def suche(request: CaseRequest) -> HttpResponse:
    """Find cases; a POST leads to an address that carries a token and no name.

    Whoever types the whole Aktenzeichen of a case goes straight to it.
    """
    heute = timezone.localdate()
    if request.method == "POST":
        text = " ".join(request.POST.get("suchtext", "").split())[:MAX_TEXT]
        case = find_aktenzeichen(request.user, text, heute)
        if case is not None:
            return redirect("fall", case.pk)
        return redirect(f"{reverse('suche')}?{urlencode({'s': _remember(request, text)})}")
    text = _recall(request)
    treffer = explain(request.user, search_cases(request.user, text, heute), text, heute)
    if text:
        show_cases(
            request,
            [row.case.pk for row in treffer],
            art=Abrufart.SUCHE,
            anzahl=len(treffer),
        )
    return render(
        request,
        "cases/person/suche/treffer.html",
        {
            "titel": "Suche",
            "suchtext": text,
            "zeilen": [(row.case, FALL.farben[row.case.state], row.ueber) for row in treffer],
            "organisationen": search_organisationen(text, heute) if text else [],
            "zu_viele": len(treffer) >= MAX_HITS,
            "darf_anlegen": access.may_write(request.user),
        },
    )


def _remember(request: CaseRequest, text: str) -> str:
    """Keep the text in the session, encrypted, and return its token."""
    token = secrets.token_urlsafe(9)
    known: dict[str, str] = request.session.get("suchen", {})
    last = dict(list(known.items())[-(_MERKEN - 1) :])
    request.session["suchen"] = {**last, token: encrypt(text, _ZWECK)}
    return token


def _recall(request: CaseRequest) -> str:
    stored = request.session.get("suchen", {}).get(request.GET.get("s", ""))
    if stored is None:
        return ""
    try:
        return decrypt(stored, _ZWECK)
    except ValueError:
        return ""
