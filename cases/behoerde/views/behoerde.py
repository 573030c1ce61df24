"""The page of the authority."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.behoerde.forms.behoerde import BehoerdeForm, DienststelleForm, KuerzelForm
from cases.behoerde.queries.aenderung import as_shown
from cases.behoerde.queries.behoerde import (
    behoerde_or_none,
    changes_of_behoerde,
    example_aktenzeichen,
    latest_aktenzeichen,
    list_teams,
)
from cases.behoerde.queries.sitz import ortszeilen, sitz
from cases.behoerde.queries.zeichnung import examples_of
from cases.behoerde.services.behoerde import (
    ANGABEN,
    DIENSTSTELLE,
    update_behoerde,
    update_dienststelle,
    update_kuerzel,
)
from cases.behoerde.views.aenderung import waiting_with_steps
from cases.models.aktenzeichen import PLATZHALTER, STANDARD
from cases.models.stand import werte_of
from cases.queries.stand import last_editor
from cases.states.rolle import Rolle
from cases.views.formular import run_form
from recht.feiertag import LAENDER

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def behoerde(request: CaseRequest) -> HttpResponse:
    """Show the facts of the authority, its teams and the changes."""
    row = behoerde_or_none()
    beispiel, fehler = "", ""
    if row is not None:
        beispiel, fehler = example_aktenzeichen(
            row.aktenzeichen_schema, row.aktenzeichen_praefix, timezone.localdate().year
        )
    return render(
        request,
        "cases/behoerde/seite.html",
        {
            "titel": "Behörde",
            "behoerde_angaben": row,
            "land": LAENDER.get(row.land, row.land) if row is not None else "",
            "ortsfeiertage": ortszeilen(timezone.localdate(), sitz()) if row is not None else [],
            "beispiel": beispiel,
            "schemafehler": fehler,
            "letztes": latest_aktenzeichen(),
            "beispiele": examples_of(row) if row is not None else [],
            "teams": list(list_teams()),
            "aenderungen": changes_of_behoerde(),
            "wartende": waiting_with_steps(request.user),
            "darf_aendern": request.user.has_rolle(Rolle.FACHADMINISTRATION),
        },
    )


def behoerde_aendern(request: CaseRequest) -> HttpResponse:
    """Change the facts; the scheme of the Aktenzeichen shows its example at the field."""
    row, heute = behoerde_or_none(), timezone.localdate()
    schema = request.POST.get("aktenzeichen_schema", row.aktenzeichen_schema if row else STANDARD)
    praefix = request.POST.get("aktenzeichen_praefix", row.aktenzeichen_praefix if row else "EH")

    def act(form: BehoerdeForm) -> str:
        update_behoerde(angaben=form.angaben, by=request.user, tag=heute, gesehen=form.stand_jetzt)
        return reverse("behoerde")

    return run_form(
        request,
        BehoerdeForm,
        template="cases/behoerde/formular.html",
        context={
            "titel": "Angaben der Behörde ändern",
            "zurueck": reverse("behoerde"),
            "brotkrumen": [("Behörde", reverse("behoerde")), ("Angaben ändern", None)],
            "beispiel": example_aktenzeichen(schema, praefix, heute.year)[0],
            "platzhalter": PLATZHALTER.items(),
        },
        act=act,
        done="Die Angaben der Behörde sind gespeichert. Eine neue Anschrift oder Erreichbarkeit "
        "gilt, sobald eine zweite Person sie freigibt.",
        form_kwargs={"stichtag": heute},
        gespeichert=as_shown(row, ANGABEN),
        zuletzt=partial(last_editor, row),
    )


def aktenzeichen_beispiel(request: CaseRequest) -> HttpResponse:
    """Answer with an example of a scheme while it is being typed."""
    beispiel, fehler = example_aktenzeichen(
        request.GET.get("schema", "")[:60],
        request.GET.get("praefix", "")[:10],
        timezone.localdate().year,
    )
    return JsonResponse({"beispiel": beispiel, "fehler": fehler})


def team_kuerzel(request: CaseRequest, team: int) -> HttpResponse:
    """Set the abbreviation of a team."""
    row = list_teams().filter(pk=team).first()
    if row is None:
        raise Http404

    def act(form: KuerzelForm) -> str:
        update_kuerzel(
            team_id=row.pk,
            kuerzel=form.cleaned_data["kuerzel"],
            by=request.user,
            gesehen=form.stand_jetzt,
        )
        return reverse("behoerde")

    return run_form(
        request,
        KuerzelForm,
        template="base_formular.html",
        context={
            "titel": "Kürzel des Teams",
            "einleitung": f"{row.name}: Das Kürzel steht in neuen Aktenzeichen, wenn das Schema "
            "{team} enthält. Vergebene Aktenzeichen ändern sich nicht.",
            "zurueck": reverse("behoerde"),
            "brotkrumen": [("Behörde", reverse("behoerde")), ("Kürzel des Teams", None)],
        },
        act=act,
        done="Das Kürzel ist gespeichert.",
        gespeichert=werte_of(row, ("kuerzel",)),
        zuletzt=partial(last_editor, row),
    )


def team_dienststelle(request: CaseRequest, team: int) -> HttpResponse:
    """Say where a team sits."""
    row = list_teams().filter(pk=team).first()
    if row is None:
        raise Http404

    def act(form: DienststelleForm) -> str:
        update_dienststelle(
            team_id=row.pk,
            angaben=form.eingaben,
            by=request.user,
            tag=timezone.localdate(),
            gesehen=form.stand_jetzt,
        )
        return reverse("behoerde")

    return run_form(
        request,
        DienststelleForm,
        template="base_formular.html",
        context={
            "titel": "Dienststelle des Teams",
            "einleitung": f"{row.name}: Sitzt das Team nicht im Haus der Behörde, nennen seine "
            "Briefe diese Anschrift als Absender. Rechtsbehelfe nennen weiter den Sitz der "
            "Behörde.",
            "zurueck": reverse("behoerde"),
            "brotkrumen": [("Behörde", reverse("behoerde")), ("Dienststelle des Teams", None)],
        },
        act=act,
        done="Die Dienststelle wartet auf Freigabe durch eine zweite Person.",
        gespeichert=as_shown(row, DIENSTSTELLE),
        zuletzt=partial(last_editor, row),
    )
