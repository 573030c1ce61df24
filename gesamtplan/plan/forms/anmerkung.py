"""Forms of a remark: where and what, and the answer to it."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from cases.forms.basis import BasisForm


class AnmerkungForm(BasisForm):
    """A remark at one section of the plan."""

    abschnitt = forms.ChoiceField(label="Abschnitt")
    text = forms.CharField(label="Anmerkung", widget=forms.Textarea(attrs={"rows": 4}))
    absenden = "Anmerkung speichern"

    def __init__(self, *args: Any, abschnitte: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["abschnitt"]).choices = abschnitte


class AntwortForm(BasisForm):
    """What was changed, or why nothing was."""

    antwort = forms.CharField(
        label="Antwort",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Was Sie geändert haben, oder warum es so bleiben soll.",
    )
    absenden = "Antwort speichern"
