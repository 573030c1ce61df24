"""Forms of the agreements beside the plan."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm


class VereinbarungForm(StandForm):
    """What each side does for the goals of the plan, and until when it holds."""

    beitrag_person = forms.CharField(
        label="Was die Person beiträgt",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In Sätzen, die die Person so sagen würde.",
    )
    beitrag_traeger = forms.CharField(
        label="Was der Träger beiträgt", widget=forms.Textarea(attrs={"rows": 4})
    )
    gilt_bis = DatumField(
        label="Gilt bis", help_text="Höchstens so lange, wie Leistungen bewilligt sind."
    )
    layout: tuple[Any, ...] = (
        "beitrag_person",
        "beitrag_traeger",
        "gilt_bis",
    )


class AnpassungForm(VereinbarungForm):
    """Why a signed agreement is adapted, and what holds instead."""

    anlass = forms.CharField(
        label="Warum ist sie anzupassen?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Welche Ziele nicht oder nicht mehr erreicht werden und woran das zu erkennen "
        "ist. Der Satz steht in der Chronik.",
    )
    layout: tuple[Any, ...] = ("anlass", *VereinbarungForm.layout)


class UnterschriftenForm(BasisForm):
    """When both have signed."""

    person_am = DatumField(
        label="Von der Person unterschrieben am", help_text="Oder von ihrer Vertretung."
    )
    traeger_am = DatumField(label="Vom Träger unterschrieben am")
    layout: tuple[Any, ...] = (Row("person_am", "traeger_am"),)
    absenden = "Unterschriften vermerken"
