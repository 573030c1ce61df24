"""Pages about the person of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from cases.forms.person import AnschriftForm, PersonForm
from cases.services.person import move_person, stand_of_person, update_person
from cases.views.formular import run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.middleware import CaseRequest

_FELDER = (
    "anrede",
    "vorname",
    "nachname",
    "geburtsdatum",
    "telefon",
    "email",
    "email_zugang_seit",
    "iban",
    "behinderungsart",
    "hilfebedarfsgruppe",
    "barrierefreies_format",
)


def person(request: CaseRequest, fall: int) -> HttpResponse:
    """Change facts about the person."""
    human = request.case.leistungsberechtigte_person

    def act(form: PersonForm) -> str:
        update_person(
            case=request.case,
            werte={name: form.cleaned_data[name] for name in _FELDER},
            gesehen=form.cleaned_data["stand"],
            by=request.user,
            at=timezone.localdate(),
        )
        return reverse("fall", args=[fall])

    return run_form(
        request,
        PersonForm,
        template="base_formular.html",
        context=case_context(request, "Angaben zur Person", zurueck=reverse("fall", args=[fall])),
        act=act,
        done="Die Angaben sind gespeichert.",
        form_kwargs={"stichtag": timezone.localdate()},
        initial={
            "stand": stand_of_person(human),
            **{name: getattr(human, name) for name in _FELDER},
        },
    )


def anschrift_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Enter a new address."""

    def act(form: AnschriftForm) -> str:
        d = form.cleaned_data
        move_person(
            case=request.case,
            zusatz=d["zusatz"],
            strasse=d["strasse"],
            plz=d["plz"],
            ort=d["ort"],
            gueltig_ab=d["gueltig_ab"],
            by=request.user,
            at=timezone.localdate(),
        )
        return reverse("fall", args=[fall])

    return run_form(
        request,
        AnschriftForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Neue Anschrift",
            zurueck=reverse("fall", args=[fall]),
            einleitung="Ein Umzug allein ändert die Zuständigkeit nicht (§ 98 Abs. 1 S. 2 SGB IX).",
        ),
        act=act,
        done="Die neue Anschrift ist übernommen.",
    )
