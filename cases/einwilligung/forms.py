"""Forms of the register of consents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.models import (
    Einwilligungsform,
    Einwilligungsteil,
    Erklaerender,
    Schreiben,
    Unterlage,
)

_NICHT_DABEI = [("", "steht nicht im Verzeichnis")]


class VordruckForm(BasisForm):
    """Who may get what for which purpose: enough to print the form that is to be signed."""

    empfaenger = forms.ChoiceField(label="An wen", required=False)
    name = forms.CharField(label="Name, falls nicht im Verzeichnis", required=False, max_length=200)
    anschrift = forms.CharField(
        label="Anschrift dazu",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Straße und Ort, je eine Zeile. Ohne Anschrift lässt sich nichts versenden.",
    )
    teile = forms.MultipleChoiceField(
        label="Welche Teile der Akte",
        choices=Einwilligungsteil.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    zweck = forms.CharField(
        label="Wozu",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="So genau, dass die Person weiß, was mit den Angaben geschieht "
        "(§ 67b Abs. 2 SGB X).",
    )
    gueltig_bis = DatumField(
        label="Gültig bis", required=False, help_text="Leer heißt: bis zum Widerruf."
    )
    absenden = "Vordruck erstellen"

    def __init__(
        self, *args: Any, auswahl: Sequence[tuple[str, list[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["empfaenger"]).choices = [*_NICHT_DABEI, *auswahl]

    def clean(self) -> dict[str, Any]:
        """Ask for a recipient, by the directory or by name, but not for both."""
        data = super().clean() or self.cleaned_data
        if not data.get("empfaenger") and not data.get("name"):
            self.add_error("empfaenger", "Bitte wählen Sie aus, oder tragen Sie einen Namen ein.")
        if data.get("empfaenger") and data.get("name"):
            self.add_error("name", "Bitte nur eines: Auswahl aus dem Verzeichnis oder Name.")
        return data


class EinwilligungForm(VordruckForm):
    """A consent as it was declared."""

    erklaert_durch = forms.ChoiceField(
        label="Erklärt durch", choices=Erklaerender.choices, widget=forms.RadioSelect
    )
    vertreten_durch = forms.CharField(label="Name der Vertretung", required=False, max_length=200)
    form = forms.ChoiceField(
        label="Form",
        choices=Einwilligungsform.choices,
        widget=forms.RadioSelect,
        help_text="Mündlich genügt bei Gesundheitsdaten nicht.",
    )
    erteilt_am = DatumField(label="Erteilt am")
    gueltig_ab = DatumField(label="Gültig ab", required=False, help_text="Leer: ab Erteilung.")
    unterlage = forms.ModelChoiceField(
        label="Scan der unterschriebenen Erklärung",
        queryset=Unterlage.objects.none(),
        required=False,
        empty_label="noch nicht hochgeladen",
    )
    field_order = (
        "empfaenger",
        "name",
        "anschrift",
        "teile",
        "zweck",
        "erklaert_durch",
        "vertreten_durch",
        "form",
        "erteilt_am",
        "gueltig_ab",
        "gueltig_bis",
        "unterlage",
    )
    absenden = "Einwilligung eintragen"

    def __init__(self, *args: Any, unterlagen: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["unterlage"]).queryset = unterlagen
        cast(DatumField, self.fields["erteilt_am"]).spaetestens = stichtag

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a representative."""
        data = super().clean()
        if data.get("erklaert_durch") == Erklaerender.VERTRETUNG and not data.get(
            "vertreten_durch"
        ):
            self.add_error("vertreten_durch", "Bitte tragen Sie ein, wer vertreten hat.")
        return data


class WiderrufForm(BasisForm):
    """A withdrawal as it was declared."""

    erklaert_am = DatumField(label="Widerrufen am")
    erklaert_durch = forms.ChoiceField(
        label="Widerrufen durch", choices=Erklaerender.choices, widget=forms.RadioSelect
    )
    vertreten_durch = forms.CharField(label="Name der Vertretung", required=False, max_length=200)
    weg = forms.CharField(
        label="Wie erklärt", max_length=200, help_text="z. B. Brief, Anruf, im Gespräch."
    )
    absenden = "Widerruf eintragen"

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DatumField, self.fields["erklaert_am"]).spaetestens = stichtag


class AbdruckForm(BasisForm):
    """Which frozen letter goes to the recipient as a copy."""

    abdruck = forms.ModelChoiceField(label="Schreiben", queryset=Schreiben.objects.none())
    absenden = "Abdruck erstellen"

    def __init__(self, *args: Any, schreiben: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["abdruck"]).queryset = schreiben
