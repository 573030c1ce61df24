"""Intake: a person and an application on one page."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, PlzField
from cases.models import Anrede, Antragsweg, User


class CaseworkerField(forms.ModelChoiceField):
    """A list of people by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name())


class AntragForm(BasisForm):
    """First form of a new case: as short as the law allows, the rest comes when it is needed."""

    anrede = forms.ChoiceField(label="Anrede", choices=[("", "Bitte wählen"), *Anrede.choices])
    vorname = forms.CharField(label="Vorname", max_length=100)
    nachname = forms.CharField(label="Nachname", max_length=100)
    geburtsdatum = DatumField(label="Geburtsdatum")
    zusatz = forms.CharField(
        label="Zusatz", max_length=100, required=False, help_text="z. B. c/o Muster"
    )
    strasse = forms.CharField(label="Straße und Hausnummer", max_length=200)
    plz = PlzField(label="Postleitzahl")
    ort = forms.CharField(label="Ort", max_length=100)
    telefon = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(label="E-Mail", max_length=254, required=False)
    email_zugang = forms.BooleanField(
        label="Die Person möchte Schreiben per E-Mail erhalten",
        required=False,
        help_text="Nur dann darf ein Bescheid per E-Mail gehen (§ 36a Abs. 1 SGB I).",
    )
    eingang = DatumField(
        label="Eingang des Antrags",
        help_text="Tag, an dem der Antrag bei der Behörde einging. Von da an laufen die Fristen.",
    )
    weg = forms.ChoiceField(label="Form des Antrags", choices=Antragsweg.choices)
    begehren = forms.CharField(
        label="Was wird beantragt?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In den Worten der Person, z. B. Assistenz in der eigenen Wohnung.",
    )
    persoenliches_budget = forms.BooleanField(
        label="Die Leistungen sollen als Persönliches Budget erbracht werden", required=False
    )
    caseworker = CaseworkerField(
        label="Fallmanagement", queryset=User.objects.none(), empty_label="Bitte wählen"
    )
    dublette_bestaetigt = forms.BooleanField(
        label="Neuer Fall trotz ähnlicher Person",
        required=False,
        widget=forms.HiddenInput,
    )

    layout = (
        Fieldset(
            "Person",
            "anrede",
            Row(Column("vorname"), Column("nachname")),
            "geburtsdatum",
            "zusatz",
            "strasse",
            Row(Column("plz"), Column("ort")),
            Row(Column("telefon"), Column("email")),
            "email_zugang",
        ),
        Fieldset(
            "Antrag",
            Row(Column("eingang"), Column("weg")),
            "begehren",
            "persoenliches_budget",
            "caseworker",
        ),
        "dublette_bestaetigt",
    )
    absenden = "Fall anlegen"

    def __init__(
        self,
        *args: Any,
        caseworker: Any,
        stichtag: date,
        dublette: bool = False,
        offene_dublette: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stichtag = stichtag
        self.offene_dublette = offene_dublette
        field = cast("CaseworkerField", self.fields["caseworker"])
        field.queryset = caseworker
        if dublette:
            self.fields["dublette_bestaetigt"].widget = forms.CheckboxInput()

    def clean_geburtsdatum(self) -> date:
        """Refuse a birth date in the future or more than 120 years ago."""
        value: date = self.cleaned_data["geburtsdatum"]
        if value > self.stichtag:
            raise forms.ValidationError("Das Geburtsdatum liegt in der Zukunft.")
        if value.year < self.stichtag.year - 120:
            raise forms.ValidationError("Das Geburtsdatum liegt mehr als 120 Jahre zurück.")
        return value

    def clean_eingang(self) -> date:
        """Refuse a receipt in the future; the message names the day."""
        value: date = self.cleaned_data["eingang"]
        if value > self.stichtag:
            raise forms.ValidationError(f"Der Eingang am {value:%d.%m.%Y} liegt in der Zukunft.")
        return value

    def clean(self) -> dict[str, Any]:
        """Hold fields against each other."""
        data = super().clean() or {}
        born, received = data.get("geburtsdatum"), data.get("eingang")
        if born and received and received < born:
            self.add_error("eingang", f"Der Eingang liegt vor der Geburt ({born:%d.%m.%Y}).")
        if data.get("email_zugang") and not data.get("email"):
            self.add_error("email", "Für Schreiben per E-Mail fehlt die Adresse.")
        if self.offene_dublette:
            self.add_error(
                "dublette_bestaetigt",
                "Bitte vergleichen Sie und bestätigen Sie, dass es eine andere Person ist.",
            )
        return data
