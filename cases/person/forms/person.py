"""Personal data that do not change from day to day, each with the purpose of holding it."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.forms.felder import DatumField, RentenversicherungsnummerField
from cases.forms.stand import StandForm
from cases.models import (
    Anrede,
    BarrierefreiesFormat,
    Behinderungsart,
    Entschaedigung,
    Unbekanntgrund,
    Verstaendigung,
)

_FESTGESTELLT = [c for c in Behinderungsart.choices if c[0] != Behinderungsart.UNBEKANNT]


class PersonForm(StandForm):
    """Name, contact, understanding, kind of disability; each field says what it is held for."""

    anrede = forms.ChoiceField(
        label="Anrede",
        choices=Anrede.choices,
        help_text="Nur für die Anrede in Schreiben; das Geschlecht wird nicht gespeichert.",
    )
    vorname = forms.CharField(label="Vorname", max_length=100)
    nachname = forms.CharField(label="Nachname", max_length=100)
    geburtsdatum = DatumField(
        label="Geburtsdatum",
        help_text="Unterscheidet Personen gleichen Namens; entscheidet, wer handeln kann "
        "(§ 36 SGB I).",
    )
    telefon = forms.CharField(
        label="Telefon",
        max_length=40,
        required=False,
        help_text="Freiwillig, für Rückfragen und Termine.",
    )
    email = forms.EmailField(
        label="E-Mail",
        max_length=254,
        required=False,
        help_text="Freiwillig, für Rückfragen und Termine.",
    )
    email_zugang_seit = DatumField(
        label="Zugang per E-Mail eröffnet am",
        required=False,
        help_text="Tag des Wunsches (§ 36a Abs. 1 SGB I). Leer: Schreiben gehen nur per Post.",
    )
    barrierefreies_format = forms.ChoiceField(
        label="Schreiben in barrierefreiem Format",
        choices=BarrierefreiesFormat.choices,
        help_text="Anspruch der Person (§ 17 Abs. 2a SGB I, § 10 BGG).",
    )
    sprache = forms.CharField(
        label="Sprache",
        max_length=60,
        help_text="In der sich die Person am besten verständigt (§ 19 Abs. 2 SGB X).",
    )
    verstaendigung = forms.ChoiceField(
        label="Unterstützung bei Gesprächen",
        choices=Verstaendigung.choices,
        help_text="Wer für Gespräche zu bestellen ist (§ 17 Abs. 2 SGB I, § 19 Abs. 1 SGB X).",
    )
    behinderungsart = forms.ChoiceField(
        label="Vorrangige Behinderungsart",
        choices=Behinderungsart.choices,
        help_text="Voraussetzung der Leistung (§ 99 SGB IX) und Spalte des Richtwerts.",
    )
    weitere_behinderungsarten = forms.MultipleChoiceField(
        label="Weitere Behinderungsarten",
        choices=_FESTGESTELLT,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Für die Ermittlung des Bedarfs (§ 118 SGB IX).",
    )
    rentenversicherungsnummer = RentenversicherungsnummerField(
        label="Rentenversicherungsnummer",
        required=False,
        help_text="Nur nötig, wenn die Rentenversicherung zu beteiligen ist "
        "(§§ 14, 15 SGB IX, § 18f SGB IV).",
    )
    rentenversicherungsnummer_unbekannt = forms.ChoiceField(
        label="Nummer unbekannt, weil",
        required=False,
        choices=[("", "–"), *Unbekanntgrund.choices],
    )
    soziale_entschaedigung = forms.ChoiceField(
        label="Anspruch auf Soziale Entschädigung",
        choices=Entschaedigung.choices,
        help_text="Zeigt einen möglichen anderen Leistungsträger (§ 6 Abs. 1 Nr. 5 SGB IX; "
        "bis 2023: Anerkennung nach dem Bundesversorgungsgesetz).",
    )

    layout = (
        Fieldset(
            "Person",
            Row(Column("anrede"), Column("geburtsdatum")),
            Row(Column("vorname"), Column("nachname")),
            Row(Column("telefon"), Column("email")),
            "email_zugang_seit",
        ),
        Fieldset(
            "Verständigung",
            "barrierefreies_format",
            Row(Column("sprache"), Column("verstaendigung")),
        ),
        Fieldset("Behinderung", "behinderungsart", "weitere_behinderungsarten"),
        Fieldset(
            "Andere Leistungsträger",
            Row(
                Column("rentenversicherungsnummer"),
                Column("rentenversicherungsnummer_unbekannt"),
            ),
            "soziale_entschaedigung",
        ),
    )

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stichtag = stichtag

    def clean_geburtsdatum(self) -> date:
        """Refuse a birth date in the future or more than 120 years ago."""
        value: date = self.cleaned_data["geburtsdatum"]
        if value > self.stichtag:
            raise forms.ValidationError("Das Geburtsdatum liegt in der Zukunft.")
        if value.year < self.stichtag.year - 120:
            raise forms.ValidationError("Das Geburtsdatum liegt mehr als 120 Jahre zurück.")
        return value

    def clean(self) -> dict[str, Any]:
        """Hold fields against each other."""
        data = super().clean() or self.cleaned_data
        nummer = data.get("rentenversicherungsnummer")
        if nummer and data.get("rentenversicherungsnummer_unbekannt"):
            self.add_error(
                "rentenversicherungsnummer_unbekannt",
                "Die Nummer ist eingetragen; ein Grund für „unbekannt“ passt nicht dazu.",
            )
        if data.get("behinderungsart") in data.get("weitere_behinderungsarten", []):
            self.add_error(
                "weitere_behinderungsarten", "Die vorrangige Behinderungsart steht schon oben."
            )
        deutsch = str(data.get("sprache", "")).strip().casefold() == "deutsch"
        if deutsch and data.get("verstaendigung") == Verstaendigung.SPRACHE:
            self.add_error("sprache", "In welche Sprache wird gedolmetscht?")
        return data
