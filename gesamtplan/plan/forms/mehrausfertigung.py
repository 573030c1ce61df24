"""Forms of a copy for somebody else: first for whom, then which sections."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from cases.forms.basis import BasisForm
from cases.models import Einwilligung


class EmpfaengerForm(forms.Form):
    """On which consent the copy goes out; chosen before the sections are proposed."""

    einwilligung = forms.ModelChoiceField(
        label="Empfänger und Einwilligung",
        queryset=Einwilligung.objects.none(),
        empty_label="Bitte auswählen",
    )

    def __init__(self, *args: Any, einwilligungen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["einwilligung"]).queryset = einwilligungen


class MehrausfertigungForm(BasisForm):
    """Which sections go out, and what for."""

    zweck = forms.CharField(
        label="Zweck",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wofür der Empfänger die Angaben braucht. Steht im Anschreiben.",
    )
    abschnitte = forms.MultipleChoiceField(
        label="Was der Empfänger bekommt",
        widget=forms.CheckboxSelectMultiple,
        help_text="Vorgeschlagen ist, was diese Art von Empfänger gewöhnlich braucht. Was Sie "
        "nicht ankreuzen, ist in der Ausfertigung nicht enthalten, auch nicht verdeckt.",
    )
    absenden = "Auszug zusammenstellen"

    def __init__(self, *args: Any, abschnitte: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["abschnitte"]).choices = abschnitte
