"""How a letter leaves the house, and the day on which it did."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.models import Versandweg


class VersandForm(BasisForm):
    """The way of one letter."""

    weg = forms.ChoiceField(
        label="Weg", choices=Versandweg.choices, widget=forms.RadioSelect, help_text=""
    )
    uebergeben_am = DatumField(
        label="Übergeben am", required=False, help_text="Nur bei persönlicher Übergabe."
    )
    layout = ("weg", "uebergeben_am")
    absenden = "Versand veranlassen"

    def __init__(self, *args: Any, hinweis: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weg"].help_text = hinweis

    def clean(self) -> dict[str, Any]:
        """Ask for the day of an Übergabe; the other ways get theirs later."""
        data = super().clean() or self.cleaned_data
        fehlt = not data.get("uebergeben_am") and "uebergeben_am" not in self.errors
        if data.get("weg") == Versandweg.UEBERGABE and fehlt:
            self.add_error(
                "uebergeben_am", "Bitte tragen Sie ein, wann das Schreiben übergeben wurde."
            )
        return data


class AufgabeForm(BasisForm):
    """The day on which something was given to the post or sent."""

    aufgabe_am = DatumField(label="Zur Post gegeben am")
    layout = ("aufgabe_am",)
    absenden = "Tag vermerken"

    def __init__(
        self, *args: Any, stichtag: date, label: str = "Zur Post gegeben am", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast(DatumField, self.fields["aufgabe_am"])
        field.label = label
        field.spaetestens = stichtag
        field.error_messages["required"] = f"Bitte füllen Sie aus: {label}."
