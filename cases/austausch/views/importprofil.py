"""Profiles of files for the import of existing cases, and the empty template of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.austausch.export import template_workbook
from cases.austausch.forms.importprofil import ImportprofilForm, LernForm
from cases.austausch.queries.austausch import get_profil, profile
from cases.austausch.queries.importprofil import werte_of_profil
from cases.austausch.services.importprofil import learn_profil, save_profil
from cases.export.tabelle import MIME, XLSX
from cases.models import Importprofil
from cases.queries.stand import last_editor
from cases.states.austausch import FELDER
from cases.tisch.views.tabelle import file_response
from cases.views.formular import run_form

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def profil_liste(request: CaseRequest) -> HttpResponse:
    """List the profiles."""
    return render(
        request,
        "cases/austausch/profile.html",
        {"titel": "Importprofile", "profile": list(profile())},
    )


def profil_neu(request: CaseRequest) -> HttpResponse:
    """Create a profile; the form begins with the headings of Fallwerk."""
    return _form(request, None)


def lernen(request: CaseRequest) -> HttpResponse:
    """Learn a profile from a sample; it is offered only once somebody has looked at it."""
    liste = reverse("importprofile")

    def act(form: LernForm) -> str:
        row = learn_profil(name=form.cleaned_data["name"], tabelle=form.gelesen())
        return reverse("importprofil", args=[row.pk])

    return run_form(
        request,
        LernForm,
        template="base_formular.html",
        context={
            "titel": "Profil aus einer Datei lernen",
            "brotkrumen": [("Importprofile", liste), ("Aus einer Datei lernen", None)],
            "zurueck": liste,
            "einleitung": "Fallwerk liest die Überschriften und schlägt vor, was welches Feld "
            "füllt. Sie prüfen den Vorschlag und bieten das Profil dann an.",
        },
        act=act,
        done="Das ist der Vorschlag. Bitte prüfen Sie ihn und kreuzen Sie dann „Beim Hochladen "
        "anbieten“ an.",
    )


def profil(request: CaseRequest, profil: int) -> HttpResponse:
    """Change a profile."""
    return _form(request, _or_404(profil))


def vorlage(request: CaseRequest, profil: int) -> HttpResponse:
    """Hand out the empty template of a profile."""
    row = _or_404(profil)
    inhalt = template_workbook(row.zuordnung, row.vorgaben)
    return file_response(inhalt, f"vorlage-bestandsuebernahme-{row.pk}.xlsx", MIME[XLSX])


def _form(request: CaseRequest, row: Importprofil | None) -> HttpResponse:
    liste = reverse("importprofile")
    titel = "Importprofil ändern" if row else "Neues Importprofil"

    def act(form: ImportprofilForm) -> str:
        save_profil(profil=row, werte=form.werte(), gesehen=form.stand_jetzt)
        return liste

    vorgabe = {f"spalte_{feld.schluessel}": feld.titel for feld in FELDER.values()}
    return run_form(
        request,
        ImportprofilForm,
        template="base_formular.html",
        context={
            "titel": titel,
            "brotkrumen": [("Importprofile", liste), (titel, None)],
            "zurueck": liste,
            "einleitung": "Tragen Sie ein, wie die Spalten der Datei heißen. Leer gelassene "
            "Felder werden nicht übernommen.",
        },
        act=act,
        done="Das Importprofil ist gespeichert.",
        initial=None if row else {"aktiv": True, **vorgabe},
        gespeichert=werte_of_profil(row) if row else None,
        zuletzt=partial(last_editor, row),
    )


def _or_404(pk: int) -> Importprofil:
    row = get_profil(pk) if pk < 2**63 else None
    if row is None:
        raise Http404
    return row
