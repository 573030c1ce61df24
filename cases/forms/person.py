"""Personal data that the work needs after intake."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, IbanField, PlzField
from cases.models import Anrede, BarrierefreiesFormat, Behinderungsart


class PersonForm(BasisForm):
    """Contact, account, disability and wished format of letters."""

    anrede = forms.ChoiceField(label="Anrede", choices=Anrede.choices)
    vorname = forms.CharField(label="Vorname", max_length=100)
    nachname = forms.CharField(label="Nachname", max_length=100)
    geburtsdatum = DatumField(label="Geburtsdatum")
    telefon = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(label="E-Mail", max_length=254, required=False)
    email_zugang_seit = DatumField(
        label="Zugang per E-Mail eröffnet am",
        required=False,
        help_text="Tag des Wunsches (§ 36a Abs. 1 SGB I). Leer: Schreiben gehen nur per Post.",
    )
    iban = IbanField(label="IBAN", required=False)
    behinderungsart = forms.ChoiceField(
        label="Vorrangige Behinderungsart", choices=Behinderungsart.choices
    )
    hilfebedarfsgruppe = forms.TypedChoiceField(
        label="Hilfebedarfsgruppe",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "nicht eingestuft"), *((n, str(n)) for n in range(1, 6))],
        help_text="Ergebnis des Fachdienstes; bestimmt den Richtwert der Pauschale.",
    )
    barrierefreies_format = forms.ChoiceField(
        label="Schreiben in barrierefreiem Format", choices=BarrierefreiesFormat.choices
    )

    stand = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    layout = (
        Fieldset(
            "Person",
            Row(Column("anrede"), Column("geburtsdatum")),
            Row(Column("vorname"), Column("nachname")),
            Row(Column("telefon"), Column("email")),
            "email_zugang_seit",
            "barrierefreies_format",
        ),
        Fieldset("Für die Bemessung", Row(Column("behinderungsart"), Column("hilfebedarfsgruppe"))),
        Fieldset("Konto", "iban"),
    )

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stichtag = stichtag

    def clean_geburtsdatum(self) -> date:
        """Refuse a birth date in the future."""
        value: date = self.cleaned_data["geburtsdatum"]
        if value > self.stichtag:
            raise forms.ValidationError("Das Geburtsdatum liegt in der Zukunft.")
        return value


class AnschriftForm(BasisForm):
    """A new address from a day on; the one before ends the day before."""

    zusatz = forms.CharField(
        label="Zusatz", max_length=100, required=False, help_text="z. B. c/o Muster"
    )
    strasse = forms.CharField(label="Straße und Hausnummer", max_length=200)
    plz = PlzField(label="Postleitzahl")
    ort = forms.CharField(label="Ort", max_length=100)
    gueltig_ab = DatumField(label="Gültig ab")

    layout = ("zusatz", "strasse", Row(Column("plz"), Column("ort")), "gueltig_ab")
    absenden = "Anschrift übernehmen"
