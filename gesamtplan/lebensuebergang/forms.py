"""Forms of the transitions in the life of a person."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from gesamtplan.states.lebensuebergang import UEBERGANGSWAHL


class UebergangstagForm(StandForm):
    """The day of a transition, and on what it rests."""

    tag = DatumField(
        label="Tag",
        required=False,
        help_text="Leer, solange er nicht feststeht; die Wiedervorlage erinnert dann sofort daran, "
        "ihn zu erfragen.",
    )
    quelle = forms.CharField(
        label="Worauf der Tag beruht",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nötig, wenn er nicht aus dem Geburtsdatum folgt, zum Beispiel „Auskunft der "
        "Schule vom 02.03.2026“.",
    )
    layout: tuple[Any, ...] = ("tag", "quelle")


class NeuerUebergangForm(UebergangstagForm):
    """A transition that nothing has noted by itself."""

    art = forms.ChoiceField(label="Übergang", choices=[("", "Bitte wählen"), *UEBERGANGSWAHL])
    layout: tuple[Any, ...] = ("art", *UebergangstagForm.layout)
    absenden = "Übergang vormerken"
