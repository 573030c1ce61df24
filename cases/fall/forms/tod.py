"""Day and source of a death, or that it was an error."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms

from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models import Todesquelle


class TodForm(StandForm):
    """When the person died and how it became known; empty takes a wrong entry back."""

    verstorben_am = DatumField(label="Verstorben am", required=False)
    verstorben_quelle = forms.ChoiceField(
        label="Bekannt durch",
        required=False,
        choices=[("", "Bitte wählen"), *Todesquelle.choices],
    )
    grund = forms.CharField(
        label="Grund, wenn der Eintrag falsch war",
        max_length=200,
        required=False,
        help_text="Nur, wenn Sie Tag und Quelle leeren; steht in der Chronik.",
    )
    layout = (Row(Column("verstorben_am"), Column("verstorben_quelle")), "grund")

    def clean(self) -> dict[str, Any]:
        """Ask for day and source together, for a reason where an entry is taken back."""
        data = super().clean()
        am, quelle = data.get("verstorben_am"), data.get("verstorben_quelle")
        if am and not quelle:
            self.add_error("verstorben_quelle", "Bitte sagen Sie, wodurch der Tod bekannt ist.")
        elif quelle and not am and "verstorben_am" not in self.errors:
            self.add_error("verstorben_am", "An welchem Tag ist die Person verstorben?")
        elif not am and not quelle:
            if not self.gespeichert.get("verstorben_am"):
                self.add_error("verstorben_am", "Bitte ausfüllen.")
            elif not data.get("grund"):
                self.add_error("grund", "Warum war der Eintrag falsch?")
        return data
