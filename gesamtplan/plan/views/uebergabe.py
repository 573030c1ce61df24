"""Note that the person has got the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone

from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context
from gesamtplan.models import Uebergabeweg
from gesamtplan.plan.forms.uebergabe import UebergabeForm
from gesamtplan.plan.services import uebergabe as services
from gesamtplan.plan.views.gesamtplan import plan_or_404, plan_url
from gesamtplan.states import GESAMTPLAN

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def gesamtplan_uebergeben(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Note the handing over of a released version."""
    plan, heute = plan_or_404(request, version), timezone.localdate()
    if back := misplaced(request, GESAMTPLAN, "uebergeben", plan.state, plan_url(plan)):
        return back

    def act(form: UebergabeForm) -> str:
        services.hand_gesamtplan(
            gesamtplan=plan,
            an=form.cleaned_data["an"],
            am=form.cleaned_data["am"],
            weg=form.cleaned_data["weg"],
            unterschrieben=form.cleaned_data["unterschrieben"],
            by=request.user,
            tag=heute,
        )
        return plan_url(plan, "uebergaben")

    return run_form(
        request,
        UebergabeForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Übergabe des Gesamtplans",
            "gesamtplan",
            zurueck=plan_url(plan),
            einleitung="Die Person bekommt den Gesamtplan. Geht er mit dem "
            "Bescheid hinaus, ist das schon vermerkt.",
        ),
        act=act,
        done="Die Übergabe ist vermerkt.",
        form_kwargs={"frueheste": plan.freigegeben_am, "heute": heute},
        initial={
            "an": request.case.leistungsberechtigte_person.voller_name,
            "am": heute,
            "weg": Uebergabeweg.PERSOENLICH,
        },
    )
