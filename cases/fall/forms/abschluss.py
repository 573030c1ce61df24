"""End of a case."""

from __future__ import annotations

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
