"""The base of all forms: same look, same error summary, same protection from double submit."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.utils import ErrorDict

from cases.export.zeichen import clean_text, name_zeichen, unprintable
from recht.fehler import RechtFehler

#: Characters of a text that names no limit of its own; ten pages of a letter.
TEXT_HOECHSTENS = 20_000
#: A dot or a dash gets past an empty field, but nobody can later read from it why.
OHNE_WORTE = "Hier stehen nur Satzzeichen. Bitte schreiben Sie die Angabe in Worten."
OHNE_WORTE_LEER = f"{OHNE_WORTE[:-1]}, oder lassen Sie das Feld leer."
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


def group_field(field: forms.Field, bereich: str) -> None:
    """Say to which part of a form a field belongs; a message about it names that part."""
    field.bereich = bereich  # type: ignore[attr-defined]  # Django's fields take what they are given


class BasisForm(forms.Form):
    """A form whose subclass lists its fields and, as field names, their layout.

    `vorgang` is a signed one-time key: drawn anew each time an empty form is shown and sent
    back with it. `cases.services.entwurf` remembers it, so a second click has no effect.
    """

    layout: tuple[str | LayoutObject, ...] = ()
    absenden: str = "Speichern"
    # The browser's own bubbles would hide the error summary and speak another tone.
    use_required_attribute = False
    #: Fields whose text is never printed: there every character may stand.
    frei: ClassVar[tuple[str, ...]] = ()
    #: The button that puts what was chosen into the fields before anything is saved; mostly none.
    einfuegen = ""

    vorgang = forms.CharField(
        required=False, initial=uuid4, max_length=300, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.bereinigt: list[str] = []
        for field in self.fields.values():
            if field.required and field.error_messages["required"] == _DJANGO_PFLICHT:
                field.error_messages["required"] = pflicht_meldung(field)
            limit_text(field)
            # The browser of an office must not offer the name of one person at the next.
            if isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs.setdefault("autocomplete", "off")

    def full_clean(self) -> None:
        """Limit the texts that a subclass has added later and bring them into plain characters.

        What was pasted is cleaned before it is judged.
        """
        for field in self.fields.values():
            limit_text(field)
        if self.is_bound:
            self.data, self.bereinigt = _clean_typed(self)
        super().full_clean()

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # not in the stubs
        for name, wert in list(self.cleaned_data.items()):
            field = self.fields[name]
            if not isinstance(wert, str) or not _is_text(field):
                continue
            if wert.strip() and _wants_words(name, field) and not any(z.isalnum() for z in wert):
                self.add_error(name, OHNE_WORTE if field.required else OHNE_WORTE_LEER)
            elif name not in self.frei and (fehlend := unprintable(wert)):
                self._refuse_zeichen(name, fehlend)

    def _clean_form(self) -> None:
        """Tell what `recht` refuses, as for a day that no law here covers, like any other error."""
        try:
            super()._clean_form()  # type: ignore[misc]  # not in the stubs
        except RechtFehler as error:
            self.add_error(None, str(error))

    def _refuse_zeichen(self, name: str, fehlend: list[str]) -> None:
        was = "Dieses Zeichen lässt" if len(fehlend) == 1 else "Diese Zeichen lassen"
        self.add_error(
            name,
            f"{was} sich in Schreiben nicht drucken: {name_zeichen(fehlend)}. Bitte schreiben Sie "
            "lateinische Buchstaben, bei Namen die Schreibweise des Ausweises.",
        )

    def take_over(self) -> None:
        """Put what was chosen into the fields; most forms have nothing to choose."""

    def as_entwurf(self) -> Self:
        """Return the bound form of a draft without judging what is not finished yet."""
        self._errors = ErrorDict()
        return self

    @property
    def helper(self) -> FormHelper:
        return form_helper(self.layout)


def _is_text(field: forms.Field) -> bool:
    widget = field.widget
    heimlich = isinstance(widget, forms.PasswordInput) or widget.is_hidden
    return isinstance(field, forms.CharField) and not heimlich


def _wants_words(name: str, field: forms.Field) -> bool:
    """Say whether a text answers a question: it is demanded, long, or a reason."""
    return field.required or isinstance(field.widget, forms.Textarea) or name.endswith("grund")


def _clean_typed(form: forms.BaseForm) -> tuple[Any, list[str]]:
    """Return the data of a form in plain characters, and what was changed in which field."""
    data: Any = form.data
    saetze = []
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        typed = data.get(key)
        datum = isinstance(field, forms.DateField | forms.DecimalField)
        if not isinstance(typed, str) or not (datum or _is_text(field)):
            continue
        rein = clean_text(typed)
        if not rein.geaendert:
            continue
        if data is form.data:
            data = form.data.copy()
        data[key] = rein.text
        saetze.append(f"„{field.label or name}“: {', '.join(rein.geaendert)}")
    return data, saetze


def limit_text(field: forms.Field) -> None:
    """Give a text without a limit the one of the house: no input is larger than what is meant."""
    if type(field) is forms.CharField and field.max_length is None:
        field.max_length = TEXT_HOECHSTENS
        field.validators = [*field.validators, MaxLengthValidator(TEXT_HOECHSTENS)]
        field.widget.attrs.setdefault("maxlength", str(TEXT_HOECHSTENS))


def pflicht_meldung(field: forms.Field) -> str:
    """What the reader should do; the label of the field stands beside it."""
    if isinstance(field, forms.ChoiceField) or isinstance(field.widget, forms.Select):
        return "Bitte auswählen."
    if isinstance(field, forms.BooleanField):
        return "Bitte bestätigen."
    if isinstance(field, forms.FileField):
        return "Bitte eine Datei auswählen."
    return "Bitte ausfüllen."
