"""Who works on a case: responsible person, assignments, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.fall.forms.zuweisung import ZuweisungForm
from cases.fall.queries.uebergabe import leads_case
from cases.fall.queries.zuweisung import history_of, possible_assignees, running_of, zuweisungen_of
from cases.fall.services.zuweisung import create_zuweisung, end_zuweisung
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from cases.views.formular import run_form, run_step, still_there
from cases.views.rahmen import case_context
from cases.zugang.queries.abwesenheit import absent_on

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def fall_zustaendige(request: CaseRequest, fall: int) -> HttpResponse:
    """Show who works on the case and who did."""
    case, heute = request.case, timezone.localdate()
    leitung = request.user.has_rolle(Rolle.LEITUNG) and leads_case(request.user, case, heute)
    laufend = list(running_of(case, heute))
    kennungen = {row.pk for row in laufend}
    darf = case.state != Fallzustand.BEENDET and (
        leitung or (request.user.pk == case.caseworker_id and not case.geschuetzt)
    )
    return render(
        request,
        "cases/fall/zuweisung/seite.html",
        case_context(
            request,
            "Zuständige",
            "fall_zustaendige",
            laufend=laufend,
            frueher=[row for row in zuweisungen_of(case) if row.pk not in kennungen],
            verlauf=history_of(case),
            abwesenheit=absent_on([case.caseworker_id], heute).get(case.caseworker_id),
            heute=heute,
            darf_zuweisen=darf,
            darf_uebergeben=leitung and case.state != Fallzustand.BEENDET,
        ),
    )


def zuweisung_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Assign a further person."""
    heute = timezone.localdate()
    ziel = reverse("fall_zustaendige", args=[fall])

    def act(form: ZuweisungForm) -> str:
        d = form.cleaned_data
        create_zuweisung(
            case=request.case,
            user=d["user"],
            art=d["art"],
            von=d["von"],
            bis=d["bis"],
            grund=d["grund"],
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return ziel

    return run_form(
        request,
        ZuweisungForm,
        template="base_formular.html",
        context=case_context(request, "Person zuweisen", zurueck=ziel),
        act=act,
        done="Die Person ist zugewiesen.",
        form_kwargs={"personen": possible_assignees()},
        initial={"von": heute},
    )


def zuweisung_beenden(request: CaseRequest, fall: int, zuweisung: int) -> HttpResponse:
    """End an assignment."""
    heute = timezone.localdate()
    row = running_of(request.case, heute).filter(pk=zuweisung).first()
    if row is None and request.method == "GET":
        raise Http404
    back = reverse("fall_zustaendige", args=[fall])

    def act() -> str:
        end_zuweisung(zuweisung=still_there(row), by=request.user, tag=heute)
        return back

    return run_step(request, act=act, back=back, done="Die Zuweisung ist beendet.")
