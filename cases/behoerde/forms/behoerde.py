"""The facts of the authority."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.behoerde.queries.behoerde import example_aktenzeichen
from cases.forms.felder import PlzField
from cases.forms.stand import StandForm
from cases.models.aktenzeichen import PLATZHALTER
from recht.feiertag import LAENDER


class BehoerdeForm(StandForm):
    """Letter head, Land, scheme of the Aktenzeichen."""

    name = forms.CharField(label="Name", max_length=200, help_text="z. B. Landkreis Musterau")
    amt = forms.CharField(label="Amt", max_length=200)
    traeger_bezeichnung = forms.CharField(label="Bezeichnung als Leistungsträger", max_length=200)
    bezeichnung_bis_2019 = forms.CharField(
        label="Bezeichnung bis 2019",
        max_length=200,
        help_text="steht in Schreiben nach dem bis 31.12.2019 geltenden Recht",
    )
    bezeichnung_sozialhilfe = forms.CharField(
        label="Bezeichnung als Träger der Sozialhilfe",
        max_length=200,
        help_text="so entscheidet die Behörde über Hilfe zur Pflege und Grundsicherung",
    )
    strasse = forms.CharField(label="Straße und Hausnummer", max_length=200)
    plz = PlzField(label="Postleitzahl")
    ort = forms.CharField(label="Ort", max_length=100)
    telefon = forms.CharField(label="Telefon", max_length=40)
    email = forms.EmailField(label="E-Mail", max_length=254)
    elektronischer_zugang = forms.CharField(
        label="Elektronischer Zugang",
        max_length=200,
        help_text="z. B. Adresse des besonderen Behördenpostfachs",
    )
    datenschutzbeauftragte = forms.CharField(
        label="Datenschutzbeauftragte Person",
        required=False,
        max_length=300,
        help_text="Name, Anschrift oder E-Mail; ohne sie wird kein Bescheid freigegeben (Art. 13 "
        "Abs. 1 DSGVO)",
    )
    aufsichtsbehoerde = forms.CharField(
        label="Aufsichtsbehörde für den Datenschutz",
        required=False,
        max_length=300,
        help_text="Name und Anschrift der Stelle des Landes (Art. 77 DSGVO)",
    )
    teilhabeberatung = forms.CharField(
        label="Unabhängige Teilhabeberatung (EUTB) am Ort",
        required=False,
        max_length=300,
        help_text="Name, Anschrift, Telefon; steht im Bescheid (§ 32 SGB IX)",
    )
    land = forms.ChoiceField(
        label="Land",
        choices=[("", "Bitte wählen"), *sorted(LAENDER.items(), key=lambda row: row[1])],
        help_text="Seine Feiertage bestimmen, wann Fristen enden.",
    )
    aktenzeichen_praefix = forms.CharField(label="Anfang der Aktenzeichen", max_length=10)
    aktenzeichen_schema = forms.CharField(
        label="Schema der Aktenzeichen",
        max_length=60,
        help_text=f"Platzhalter: {', '.join('{' + name + '}' for name in PLATZHALTER)}. "
        "{nummer:05} füllt mit Nullen auf fünf Stellen. Vergebene Aktenzeichen bleiben.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "data-fw-schema": ""}
        ),
    )
    layout = (
        Fieldset(
            "Behörde",
            "name",
            "amt",
            "traeger_bezeichnung",
            "bezeichnung_bis_2019",
            "bezeichnung_sozialhilfe",
            "land",
        ),
        Fieldset(
            "Anschrift und Erreichbarkeit",
            "strasse",
            Row(Column("plz"), Column("ort")),
            Row(Column("telefon"), Column("email")),
            "elektronischer_zugang",
        ),
        Fieldset(
            "Was Bescheide nennen",
            "datenschutzbeauftragte",
            "aufsichtsbehoerde",
            "teilhabeberatung",
        ),
        Fieldset("Aktenzeichen", "aktenzeichen_praefix", "aktenzeichen_schema"),
    )

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stichtag = stichtag

    def clean(self) -> dict[str, Any]:
        """Show what is wrong with the scheme at its field."""
        data = super().clean() or {}
        if "aktenzeichen_schema" in data and "aktenzeichen_praefix" in data:
            _, fehler = example_aktenzeichen(
                data["aktenzeichen_schema"], data["aktenzeichen_praefix"], self.stichtag.year
            )
            if fehler:
                self.add_error("aktenzeichen_schema", fehler)
        return data

    @property
    def angaben(self) -> dict[str, str]:
        """Return the facts as the service takes them."""
        return {name: str(v) for name, v in self.eingaben.items()}


class KuerzelForm(StandForm):
    """The abbreviation of a team in new Aktenzeichen."""

    kuerzel = forms.RegexField(
        label="Kürzel",
        regex=r"^[A-Za-zÄÖÜäöü0-9-]{0,6}$",
        required=False,
        max_length=6,
        help_text="bis zu sechs Buchstaben oder Ziffern, z. B. NORD",
        error_messages={"invalid": "Bitte nur Buchstaben, Ziffern und Bindestrich."},
    )


class DienststelleForm(StandForm):
    """Where a team sits, if not in the house of the authority."""

    dienststelle = forms.CharField(
        label="Dienststelle",
        required=False,
        max_length=80,
        help_text="z. B. Außenstelle Nord. Leer, wenn das Team im Haus der Behörde sitzt.",
    )
    strasse = forms.CharField(label="Straße und Hausnummer", required=False, max_length=80)
    plz = PlzField(label="Postleitzahl", required=False)
    ort = forms.CharField(label="Ort", required=False, max_length=60)
    telefon = forms.CharField(label="Telefon", required=False, max_length=40)
    sprechzeiten = forms.CharField(
        label="Sprechzeiten",
        required=False,
        max_length=80,
        help_text="z. B. „Mo bis Do 9-12 Uhr“. Stehen im Kopf der Briefe.",
    )
    layout = (
        "dienststelle",
        "strasse",
        Row(Column("plz"), Column("ort")),
        "telefon",
        "sprechzeiten",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the whole address of an office that has a name, and for its name."""
        data = super().clean()
        if any(data.get(name) for name in data if name not in StandForm.base_fields):
            for name in ("dienststelle", "strasse", "plz", "ort"):
                if name not in self.errors and not data.get(name):
                    self.add_error(name, "Bitte ausfüllen; die Briefe des Teams nennen es.")
        return data
