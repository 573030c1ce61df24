"""The form of a Wiedervorlage."""

from __future__ import annotations

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField


class WiedervorlageForm(BasisForm):
    """A reminder of one's own."""

    am = DatumField(label="Vorlegen am")
    anlass = forms.CharField(label="Anlass", max_length=200)
    layout = ("am", "anlass")
    absenden = "Wiedervorlage anlegen"
