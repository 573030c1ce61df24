"""The form by which the handing over of a plan is noted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from gesamtplan.models import Uebergabeweg


class UebergabeForm(BasisForm):
    """To whom, when, how, and whether the person has signed."""

    an = forms.CharField(label="Übergeben an", max_length=200)
    am = DatumField(label="Übergeben am")
    weg = forms.ChoiceField(label="Weg", choices=Uebergabeweg.choices)
    unterschrieben = forms.BooleanField(
        label="Von der Person unterschrieben",
        required=False,
        help_text="Die Unterschrift ist keine Voraussetzung. Das unterschriebene Exemplar legen "
        "Sie unter „Unterlagen“ ab.",
    )
    absenden = "Übergabe vermerken"

    def __init__(self, *args: Any, frueheste: date | None, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frueheste, self.heute = frueheste, heute

    def clean_am(self) -> date:
        """Refuse a day ahead and one before the release."""
        am: date = self.cleaned_data["am"]
        if am > self.heute:
            raise forms.ValidationError("Dieser Tag liegt in der Zukunft.")
        if self.frueheste is not None and am < self.frueheste:
            raise forms.ValidationError(
                f"Freigegeben ist der Plan seit dem {self.frueheste:%d.%m.%Y}."
            )
        return am
