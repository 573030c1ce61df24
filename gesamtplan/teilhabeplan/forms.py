"""Forms of the Teilhabeplan: ask a carrier, note what it says."""

from __future__ import annotations

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField


class AnfrageForm(BasisForm):
    """When a carrier is asked, and until when it may answer."""

    angefragt_am = DatumField(label="Gefragt am")
    bis = DatumField(
        label="Antwort bis", help_text="Der Teilhabeplan entsteht in der Frist der Entscheidung."
    )
    absenden = "Anfrage festhalten"


class ZustimmungForm(BasisForm):
    """When a carrier has agreed."""

    am = DatumField(label="Einverstanden am")
    absenden = "Einverständnis festhalten"


class AbweichungForm(BasisForm):
    """What a carrier sees differently, and when it has said so."""

    am = DatumField(label="Erklärt am")
    grund = forms.CharField(
        label="Was der Träger anders sieht, und warum",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Steht im Teilhabeplan.",
    )
    absenden = "Andere Ansicht festhalten"
