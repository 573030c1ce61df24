"""Protection of a person: ground and period, and why it should end."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.states.schutz import Schutzgrund


class SchutzForm(BasisForm):
    """Why and for how long only few see the cases of a person."""

    grund = forms.ChoiceField(label="Grund", choices=[("", "Bitte wählen"), *Schutzgrund.choices])
    begruendung = forms.CharField(
        label="Begründung",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wird verschlüsselt gespeichert; nur, was für den Schutz nötig ist.",
    )
    gueltig_ab = DatumField(label="Geschützt ab")
    gueltig_bis = DatumField(
        label="Geschützt bis", required=False, help_text="Letzter Tag. Leer: bis zur Aufhebung."
    )
    layout = ("grund", "begruendung", Row(Column("gueltig_ab"), Column("gueltig_bis")))
    absenden = "Person schützen"

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning, at the field."""
        data = super().clean() or self.cleaned_data
        ab, bis = data.get("gueltig_ab"), data.get("gueltig_bis")
        if ab and bis and bis < ab:
            self.add_error("gueltig_bis", f"Das Ende liegt vor dem Beginn am {ab:%d.%m.%Y}.")
        return data
