"""The page on which the death of a person is recorded, for all her cases."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from cases.fall.forms.tod import TodForm
from cases.fall.services.tod import record_death, withdraw_death
from cases.models.stand import werte_of
from cases.queries.stand import last_editor
from cases.views.formular import run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_FOLGEN = (
    "Der Tod gilt für alle Fälle der Person: Schreiben gehen an Erben oder Bevollmächtigte, "
    "Zahlungen enden mit dem Monat des Todes, Fristen der laufenden Leistung werden aufgehoben, "
    "und die Zuständigen werden erinnert."
)


def tod(request: CaseRequest, fall: int) -> HttpResponse:
    """Record the death of the person, correct it or take it back."""
    person, heute = request.case.leistungsberechtigte_person, timezone.localdate()
    seite = reverse("fall_person", args=[fall])

    def act(form: TodForm) -> str:
        data = form.cleaned_data
        wie: dict[str, Any] = {"by": request.user, "tag": heute, "gesehen": form.stand_jetzt}
        if data["verstorben_am"]:
            record_death(
                case=request.case,
                am=data["verstorben_am"],
                quelle=data["verstorben_quelle"],
                **wie,
            )
        else:
            withdraw_death(case=request.case, grund=data["grund"], **wie)
        return seite

    return run_form(
        request,
        TodForm,
        template="base_formular.html",
        context=case_context(request, "Tod der Person", zurueck=seite, einleitung=_FOLGEN),
        act=act,
        done="Der Eintrag ist gespeichert und gilt in allen Fällen der Person.",
        gespeichert=werte_of(person, ("verstorben_am", "verstorben_quelle")),
        zuletzt=partial(last_editor, person),
    )
