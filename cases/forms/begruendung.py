"""Forms of steps that need no more than a reason, or only a yes."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms.basis import BasisForm


class BegruendungForm(BasisForm):
    """One reason in a sentence: occasion of a review, its result, end of a case."""

    text = forms.CharField(label="Grund", widget=forms.Textarea(attrs={"rows": 3}), max_length=200)

    def __init__(self, *args: Any, label: str, absenden: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        self.fields["text"].error_messages["required"] = f"Bitte füllen Sie aus: {label}"
        self.absenden = absenden  # one form, several buttons


class BestaetigungForm(BasisForm):
    """A step that is confirmed after everything was shown once more."""

    def __init__(self, *args: Any, absenden: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.absenden = absenden  # one form, several buttons
