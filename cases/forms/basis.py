"""The base of all forms: same look, same error summary, same protection from double submit."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.forms.utils import ErrorDict

_DJANGO_PFLICHT = forms.Field.default_error_messages["required"]


def form_helper(layout: tuple[str | LayoutObject, ...] = ()) -> FormHelper:
    """A crispy helper that leaves <form>, CSRF token and buttons to the page."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    helper.render_hidden_fields = True
    if layout:
        helper.layout = Layout(*layout)
    return helper


class BasisForm(forms.Form):
    """A form whose subclass lists its fields and, as field names, their layout.

    `vorgang` is a signed one-time key: drawn anew each time an empty form is shown and sent
    back with it. `cases.services.entwurf` remembers it, so a second click has no effect.
    """

    layout: ClassVar[tuple[str | LayoutObject, ...]] = ()
    absenden: ClassVar[str] = "Speichern"
    # The browser's own bubbles would hide the error summary and speak another tone.
    use_required_attribute = False

    vorgang = forms.CharField(
        required=False, initial=uuid4, max_length=300, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.required and field.error_messages["required"] == _DJANGO_PFLICHT:
                field.error_messages["required"] = pflicht_meldung(field)

    def as_entwurf(self) -> Self:
        """Return the bound form of a draft without judging what is not finished yet."""
        self._errors = ErrorDict()
        return self

    @property
    def helper(self) -> FormHelper:
        return form_helper(self.layout)


def pflicht_meldung(field: forms.Field) -> str:
    """What the reader should do; the label of the field stands beside it."""
    if isinstance(field, forms.ChoiceField) or isinstance(field.widget, forms.Select):
        return "Bitte auswählen."
    if isinstance(field, forms.BooleanField):
        return "Bitte bestätigen."
    if isinstance(field, forms.FileField):
        return "Bitte eine Datei auswählen."
    return "Bitte ausfüllen."
