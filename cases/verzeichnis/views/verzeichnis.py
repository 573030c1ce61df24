"""The directory: lists by kind with search."""

from __future__ import annotations

import binascii
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.crypto import decrypt, encrypt
from cases.models import Verzeichniseintrag
from cases.verzeichnis import guards as regeln
from cases.verzeichnis.queries.verzeichnis import (
    BEREICHE,
    Suche,
    art_of,
    count_eintraege,
    list_eintraege,
)
from cases.verzeichnis.views.eintrag import eintrag_url, stand_am

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

PAGE_ROWS = 25
_ZWECK = "verzeichnis.suche"


def verzeichnis(request: CaseRequest) -> HttpResponse:
    """List one kind of entries. Words travel encrypted in the address: they may be a name."""
    if request.method == "POST":
        return redirect(f"{reverse('verzeichnis')}?{_query(request.POST)}")
    heute = timezone.localdate()
    bereich = BEREICHE.get(request.GET.get("bereich", ""), BEREICHE["traeger"])
    suche = suche_of(request)
    zusatz = urlencode({k: v for k, v in request.GET.items() if k in ("s", "offen", "beendet")})
    anzahlen = count_eintraege(suche, heute)
    rows = list_eintraege(bereich, suche, heute)
    seite = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("seite"))
    context = {
        "titel": "Verzeichnis",
        "bereich": bereich,
        "suche": suche,
        "seite": seite,
        "zeilen": [_zeile(row, heute) for row in seite],
        "seiten_zusatz": "&".join(filter(None, (f"bereich={bereich.schluessel}", zusatz))),
        "reiter": [
            {
                "titel": b.titel,
                "url": f"?bereich={b.schluessel}" + (f"&{zusatz}" if zusatz else ""),
                "aktiv": b == bereich,
                "anzahl": anzahlen[b.schluessel],
            }
            for b in BEREICHE.values()
        ],
        "darf_anlegen": regeln.darf_anlegen(request.user) is None,
        "darf_pflegen": regeln.darf_pflegen(request.user) is None,
    }
    return render(request, "cases/verzeichnis/liste.html", context)


def _query(data: Any) -> str:
    text = " ".join(data.get("suchtext", "")[:100].replace("\x00", " ").split())
    bereich = data.get("bereich", "")
    return urlencode(
        {
            "bereich": bereich if bereich in BEREICHE else "traeger",
            **({"s": encrypt(text, _ZWECK)} if text else {}),
            **({"offen": "1"} if data.get("offen") else {}),
            **({"beendet": "1"} if data.get("beendet") else {}),
        }
    )


def suche_of(request: CaseRequest) -> Suche:
    """Return the words and restrictions that the address carries."""
    text, token = "", request.GET.get("s", "")
    if token:
        try:
            text = decrypt(token, _ZWECK)
        except (ValueError, binascii.Error):
            text = ""
    return Suche(text, request.GET.get("offen") == "1", request.GET.get("beendet") == "1")


def _zeile(row: Verzeichniseintrag, heute: date) -> dict[str, Any]:
    return {
        "eintrag": row,
        "url": eintrag_url(row),
        "art": art_of(row),
        "stand": stand_am(row, heute),
    }
