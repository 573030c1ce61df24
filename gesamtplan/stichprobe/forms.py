"""The form of the second look."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms.basis import BasisForm
from gesamtplan.states.stichprobe import Stichprobenergebnis


class StichprobeForm(BasisForm):
    """What the second look has found."""

    ergebnis = forms.ChoiceField(
        label="Ergebnis", choices=Stichprobenergebnis.choices, widget=forms.RadioSelect
    )
    bemerkung = forms.CharField(
        label="Bemerkung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bei einem Mangel: was zu berichtigen ist. Das Fallmanagement bekommt eine "
        "Wiedervorlage; die freigegebene Fassung bleibt.",
    )
    absenden = "Ergebnis festhalten"

    def clean(self) -> dict[str, Any]:
        """Ask for the explanation of a fault."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        mangel = cleaned.get("ergebnis") == Stichprobenergebnis.MANGEL
        if mangel and not cleaned.get("bemerkung"):
            self.add_error("bemerkung", "Bitte sagen Sie, was zu berichtigen ist.")
        return cleaned
