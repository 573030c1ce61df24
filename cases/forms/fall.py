"""Short forms of the steps of a case."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField


class ZustaendigkeitForm(BasisForm):
    """Why the authority is competent."""

    begruendung = forms.CharField(
        label="Warum ist die Behörde zuständig?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=400,
        help_text="z. B. gewöhnlicher Aufenthalt im Landkreis seit 2019 (§ 98 Abs. 1 SGB IX).",
    )
    absenden = "Zuständigkeit feststellen"


class BegruendungForm(BasisForm):
    """One reason in a sentence: occasion of a review, its result, end of a case."""

    text = forms.CharField(label="Grund", widget=forms.Textarea(attrs={"rows": 3}), max_length=200)

    def __init__(self, *args: Any, label: str, absenden: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        self.fields["text"].error_messages["required"] = f"Bitte füllen Sie aus: {label}"
        self.absenden = absenden  # type: ignore[misc]  # one form, several buttons


class WiedervorlageForm(BasisForm):
    """A reminder of one's own."""

    am = DatumField(label="Vorlegen am")
    anlass = forms.CharField(label="Anlass", max_length=200)
    layout = ("am", "anlass")
    absenden = "Wiedervorlage anlegen"
