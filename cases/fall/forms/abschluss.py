"""End of a case."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms.basis import BasisForm
from cases.models import Endeart


class BeendenForm(BasisForm):
    """Why a case ends."""

    art = forms.ChoiceField(label="Art des Endes", choices=[("", "Bitte wählen"), *Endeart.choices])
    text = forms.CharField(
        label="Grund des Endes",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="steht in der Chronik",
    )
    absenden = "Fall beenden"

    def __init__(self, *args: Any, verstorben: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verstorben = verstorben

    def clean_art(self) -> str:
        """Ask for the death of the person first: it is more than the end of one case."""
        art = str(self.cleaned_data["art"])
        if art == Endeart.VERSTORBEN and not self.verstorben:
            raise forms.ValidationError(
                "Bitte tragen Sie den Tod zuerst bei der Person ein (Reiter „Person“, „Tod der "
                "Person eintragen“). Er gilt dann für alle ihre Fälle, Schreiben und Zahlungen."
            )
        return art
