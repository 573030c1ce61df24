"""A further person in one case."""

from __future__ import annotations

from typing import Any, cast

from crispy_forms.layout import Column, Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, PersonField
from cases.models import User, Zuweisungsart


class ZuweisungForm(BasisForm):
    """Who works on the case besides the responsible person, from when to when."""

    art = forms.ChoiceField(
        label="Aufgabe", choices=Zuweisungsart.choices, widget=forms.RadioSelect
    )
    user = PersonField(label="Person", queryset=User.objects.none(), empty_label="Bitte wählen")
    von = DatumField(label="Erster Tag")
    bis = DatumField(
        label="Letzter Tag", required=False, help_text="Eine Vertretung braucht einen letzten Tag."
    )
    grund = forms.CharField(label="Grund", max_length=200)
    layout = ("art", "user", Row(Column("von"), Column("bis")), "grund")
    absenden = "Zuweisen"

    def __init__(self, *args: Any, personen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["user"]).queryset = personen
