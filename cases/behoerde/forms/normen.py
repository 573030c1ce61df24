"""The filter of the page of cited norms."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from recht.normen import quellen


class NormenfilterForm(forms.Form):
    """Which law is shown, and whether only what no text of the law has confirmed."""

    gesetz = forms.ChoiceField(label="Gesetz", required=False)
    gedaechtnis = forms.BooleanField(label="Nur aus dem Gedächtnis", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wahl = [("", "alle"), *((name, name) for name in quellen())]
        cast("forms.ChoiceField", self.fields["gesetz"]).choices = wahl
