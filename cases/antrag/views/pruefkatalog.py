"""The Prüfkatalog of an application: a page to read and print, and one form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.antrag.forms.pruefkatalog import PruefkatalogForm
from cases.antrag.queries.antrag import (
    pruefkataloge_of,
    unterlagen_of,
    vorbefunde_of,
    werte_of_pruefkatalog,
)
from cases.antrag.services.pruefkatalog import save_pruefkatalog
from cases.antrag.views.anfrage import antrag_of_request
from cases.models import Antrag, Pruefkatalog
from cases.states.fall import Fallzustand
from cases.views.formular import run_form
from cases.views.rahmen import case_context
from recht.grad import GRADE
from recht.pruefkatalog import LISTEN, Pruefkriterium, pruefkriterien

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_FARBEN = {
    "offen": "neutral",
    "erfuellt": "success",
    "nicht_erfuellt": "danger",
    "entfaellt": "neutral",
}


def pruefkatalog(request: CaseRequest, fall: int, antrag: int) -> HttpResponse:
    """Show the newest version; `?fassung=` shows an older one."""
    row = antrag_of_request(request, antrag)
    fassungen = list(pruefkataloge_of(row))
    wunsch = request.GET.get("fassung", "")
    katalog = next((k for k in fassungen if str(k.pk) == wunsch), None)
    katalog = katalog or (fassungen[0] if fassungen else None)
    kriterien = _kriterien(row)
    return render(
        request,
        "cases/antrag/pruefkatalog/seite.html",
        case_context(
            request,
            "Prüfkatalog",
            "fall_antrag",
            antrag=row,
            katalog=katalog,
            fassungen=fassungen,
            punkte=_punkte(katalog, kriterien["voraussetzung"]),
            listen=_listen(katalog, kriterien),
            hinweise=[(k, GRADE[k.grad]) for k in kriterien["hinweis"]],
            darf_pruefen=access.may_write(request.user)
            and request.case.state != Fallzustand.BEENDET,
        ),
    )


def pruefkatalog_bearbeiten(request: CaseRequest, fall: int, antrag: int) -> HttpResponse:
    """Fill in the check; saved on another day it becomes a new version."""
    row = antrag_of_request(request, antrag)
    katalog = pruefkataloge_of(row).first()
    kriterien = _kriterien(row)
    ziel = reverse("pruefkatalog", args=[fall, antrag])

    def act(form: PruefkatalogForm) -> str:
        save_pruefkatalog(
            antrag=row,
            punkte=form.punkte(),
            merkmale=form.merkmale(),
            abwaegung=form.cleaned_data["abwaegung"],
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return ziel

    return run_form(
        request,
        PruefkatalogForm,
        template="cases/antrag/pruefkatalog/formular.html",
        context=case_context(
            request,
            "Prüfkatalog bearbeiten",
            "fall_antrag",
            zurueck=ziel,
            hinweise=[(k, GRADE[k.grad]) for k in kriterien["hinweis"]],
        ),
        act=act,
        done="Der Prüfkatalog ist gespeichert.",
        form_kwargs={
            "kriterien": kriterien,
            "unterlagen": unterlagen_of(request.case),
            "vorbefunde": vorbefunde_of(row),
        },
        gespeichert=werte_of_pruefkatalog(katalog),
        zuletzt=katalog.geprueft_von.get_full_name() if katalog else "",
    )


def _kriterien(antrag: Antrag) -> dict[str, tuple[Pruefkriterium, ...]]:
    return {liste: pruefkriterien(liste, antrag.eingang) for liste in LISTEN}


def _punkte(
    katalog: Pruefkatalog | None, voraussetzungen: tuple[Pruefkriterium, ...]
) -> list[tuple[Pruefkriterium, Any, str]]:
    rows = {p.voraussetzung: p for p in katalog.pruefpunkte.all()} if katalog else {}
    return [
        (
            k,
            rows.get(k.schluessel),
            _FARBEN[rows[k.schluessel].ergebnis] if k.schluessel in rows else "neutral",
        )
        for k in voraussetzungen
    ]


def _listen(
    katalog: Pruefkatalog | None, kriterien: dict[str, tuple[Pruefkriterium, ...]]
) -> list[tuple[str, list[tuple[Pruefkriterium, bool]]]]:
    gewaehlt = set(katalog.merkmale) if katalog else set()
    return [
        (titel, [(k, k.schluessel in gewaehlt) for k in kriterien[liste]])
        for liste, titel in LISTEN.items()
        if liste not in ("voraussetzung", "hinweis")
    ]
