"""Notes and what is added to them; the filter of the Chronik."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any, cast

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models import User, Vermerkart


class UhrzeitField(forms.TimeField):
    """A time of day as an office writes it: 9:30, 09.30, 0930."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H.%M", "%H%M", "%H:%M:%S"],
            widget=forms.TimeInput(
                format="%H:%M",
                attrs={"type": "text", "inputmode": "numeric", "class": "fw-eingabe--datum"},
            ),
            error_messages={"invalid": "Bitte schreiben Sie die Uhrzeit als 09:30."},
            help_text="Form: HH:MM",
            **kwargs,
        )

    def to_python(self, value: Any) -> time | None:
        text = value.replace("Uhr", "").strip() if isinstance(value, str) else value
        return super().to_python(text)


class VermerkForm(StandForm):
    """What was said, when, with whom."""

    art = forms.ChoiceField(label="Art", choices=[("", "Bitte wählen"), *Vermerkart.choices])
    am = DatumField(label="Tag")
    uhrzeit = UhrzeitField(label="Uhrzeit", required=False)
    beteiligte = forms.CharField(
        label="Beteiligte",
        max_length=300,
        required=False,
        help_text="Mit wem? Zum Beispiel: Frau Berg, rechtliche Betreuerin.",
    )
    text = forms.CharField(
        label="Vermerk", max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    layout: tuple[Any, ...] = (
        Row(Column("art"), Column("am"), Column("uhrzeit")),
        "beteiligte",
        "text",
    )
    # A note quotes what people write, and no letter prints it.
    frei = ("beteiligte", "text")
    absenden = "Vermerk speichern"

    def __init__(self, *args: Any, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heute = heute

    def clean_am(self) -> date:
        """Refuse a day in the future: a note tells what has been."""
        tag: date = self.cleaned_data["am"]
        if tag > self.heute:
            raise forms.ValidationError(f"Der {tag:%d.%m.%Y} liegt in der Zukunft.")
        return tag


class VermerkNeuForm(VermerkForm):
    """A new note, with a Wiedervorlage in one go."""

    wiedervorlage_am = DatumField(label="Wiedervorlage am", required=False)
    wiedervorlage_anlass = forms.CharField(
        label="Anlass der Wiedervorlage", max_length=200, required=False
    )
    layout: tuple[Any, ...] = (
        *VermerkForm.layout,
        Fieldset(
            "Wiedervorlage (freiwillig)",
            Row(Column("wiedervorlage_am"), Column("wiedervorlage_anlass")),
        ),
    )

    def clean(self) -> dict[str, Any]:
        """A Wiedervorlage lies ahead; an occasion without a day would be lost."""
        data = super().clean() or {}
        am = data.get("wiedervorlage_am")
        if am and am < self.heute:
            self.add_error("wiedervorlage_am", f"Der {am:%d.%m.%Y} liegt in der Vergangenheit.")
        if data.get("wiedervorlage_anlass") and not am and "wiedervorlage_am" not in self.errors:
            self.add_error("wiedervorlage_am", "Für die Wiedervorlage fehlt der Tag.")
        return data


class NachtragForm(BasisForm):
    """What is added to a note that stands."""

    frei = ("text",)
    text = forms.CharField(
        label="Nachtrag", max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    absenden = "Nachtrag speichern"


class PersonField(forms.ModelChoiceField):
    """A list of accounts by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name())


class ChronikForm(BasisForm):
    """Narrows the Chronik by kind, person, period and words."""

    gruppe = forms.ChoiceField(label="Art", required=False)
    person = PersonField(
        label="Wer", queryset=User.objects.none(), required=False, empty_label="alle"
    )
    von = DatumField(label="Von", required=False)
    bis = DatumField(label="Bis", required=False)
    text = forms.CharField(label="Enthält", max_length=100, required=False)
    layout: tuple[Any, ...] = (
        Row(Column("gruppe"), Column("person")),
        Row(Column("von"), Column("bis")),
        "text",
    )
    absenden = "Anzeigen"

    def __init__(
        self, *args: Any, gruppen: Sequence[tuple[str, str]], personen: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["gruppe"]).choices = [("", "alle"), *gruppen]
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = personen

    def clean(self) -> dict[str, Any]:
        """Hold the days against each other."""
        data = super().clean() or {}
        if data.get("von") and data.get("bis") and data["bis"] < data["von"]:
            self.add_error("bis", f"Das Ende liegt vor dem Beginn ({data['von']:%d.%m.%Y}).")
        return data
