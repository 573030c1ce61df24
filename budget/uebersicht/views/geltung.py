"""The page „Was galt am …“: every amount on every day, with the Bescheid that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.bescheid.queries.vorlaeufig import vorlaeufig_am
from budget.uebersicht.forms import GeltungForm
from budget.uebersicht.queries import bewilligungen_of, in_force_on, resting_on
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def geltung(request: CaseRequest, fall: int) -> HttpResponse:
    """Show what was granted on a day, and all grants of the case with their days."""
    heute = timezone.localdate()
    gefragt = request.GET if "am" in request.GET else {"am": f"{heute:%d.%m.%Y}"}
    form = GeltungForm(gefragt, stichtag=heute)
    tag = form.gewaehlt
    bewilligungen = bewilligungen_of(request.case)
    gilt = in_force_on(bewilligungen, tag)
    return render(
        request,
        "budget/uebersicht/geltung.html",
        case_context(
            request,
            "Was galt am …",
            "budget",
            form=form,
            tag=tag,
            heute=heute,
            gilt=gilt,
            ruht=resting_on(gilt.budget, tag) if gilt else None,
            vorlaeufig=None if gilt else vorlaeufig_am(request.case, tag),
            bewilligungen=bewilligungen,
            zurueck=reverse("budget", args=[fall]),
        ),
    )
