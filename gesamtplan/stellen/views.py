"""Pages of what went to other bodies and what came from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.views.formular import run_form
from cases.views.rahmen import case_context
from gesamtplan.stellen import services
from gesamtplan.stellen.forms import UebermittlungForm
from gesamtplan.stellen.queries import mitteilungen_of

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def andere_stellen(request: CaseRequest, fall: int) -> HttpResponse:
    """Show every transmission of the case with its day and ground."""
    return render(
        request,
        "gesamtplan/stellen/liste.html",
        case_context(
            request,
            "Andere Stellen",
            "gesamtplan",
            zeilen=mitteilungen_of(request.case),
            darf_vermerken=access.may_write(request.user),
            zurueck=reverse("gesamtplan", args=[fall]),
        ),
    )


def uebermittlung_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Put on record what was said without a letter."""
    heute, liste = timezone.localdate(), reverse("andere_stellen", args=[fall])

    def act(form: UebermittlungForm) -> str:
        namen = services.Uebermittlungsangaben.__dataclass_fields__
        services.record_uebermittlung(
            case=request.case,
            angaben=services.Uebermittlungsangaben(**{n: form.cleaned_data[n] for n in namen}),
            by=request.user,
            tag=heute,
        )
        return liste

    return run_form(
        request,
        UebermittlungForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Mündliche Mitteilung vermerken",
            "gesamtplan",
            zurueck=liste,
            einleitung="Der Eintrag bleibt, wie er ist. War etwas falsch, berichtigen Sie es mit "
            "einem Vermerk.",
        ),
        act=act,
        done="Die Mitteilung ist vermerkt.",
        form_kwargs={"case": request.case, "heute": heute},
        initial={"am": heute},
    )
