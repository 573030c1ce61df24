"""Personal data that do not change from day to day, each with the purpose of holding it."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.forms.felder import (
    DatumField,
    GeburtsdatumField,
    RentenversicherungsnummerField,
    genauigkeit_of,
)
from cases.forms.stand import StandForm
from cases.models import (
    Anrede,
    Aufenthalt,
    BarrierefreiesFormat,
    Behinderungsart,
    Entschaedigung,
    Familienstand,
    Geburtsgenauigkeit,
    Unbekanntgrund,
    Verstaendigung,
)
from recht.laender import DEUTSCHLAND, LAENDER

# Two codes that no country has: nobody's citizen, and not settled.
STAATENLOS, UNGEKLAERT = "XX", "ZZ"
STAATEN = [
    ("", "nicht erfragt"),
    (DEUTSCHLAND, "deutsch"),
    (STAATENLOS, "staatenlos"),
    (UNGEKLAERT, "ungeklärt"),
    *((code, name) for code, name in LAENDER.items() if code != DEUTSCHLAND),
]
_FESTGESTELLT = [c for c in Behinderungsart.choices if c[0] != Behinderungsart.UNBEKANNT]


class PersonForm(StandForm):
    """Name, contact, understanding, kind of disability; each field says what it is held for."""

    anrede = forms.ChoiceField(
        label="Anrede",
        choices=Anrede.choices,
        help_text="Nur für die Anrede in Schreiben; das Geschlecht wird hier nicht gespeichert.",
    )
    titel = forms.CharField(
        label="Titel", max_length=60, required=False, help_text="Steht in Anschrift und Anrede."
    )
    vorname = forms.CharField(
        label="Vorname",
        max_length=100,
        required=False,
        help_text="Alle Vornamen. Leer, wenn die Person nur einen Namen hat.",
    )
    nachname = forms.CharField(label="Nachname", max_length=100)
    rufname = forms.CharField(
        label="Rufname",
        max_length=100,
        required=False,
        help_text="Wie die Person gerufen wird; damit findet man sie.",
    )
    geburtsname = forms.CharField(
        label="Geburtsname",
        max_length=100,
        required=False,
        help_text="Hilft, dieselbe Person nicht zweimal anzulegen (§ 67a Abs. 1 SGB X).",
    )
    geburtsdatum = GeburtsdatumField(
        label="Geburtsdatum",
        help_text="Unterscheidet Personen gleichen Namens; entscheidet, wer handeln kann "
        "(§ 36 SGB I). Auch nur das Jahr (1960) oder Monat und Jahr (05.1960).",
    )
    geburt_genau = forms.ChoiceField(
        label="Davon ist bekannt",
        required=False,
        choices=Geburtsgenauigkeit.choices,
        help_text="Ein erfundener 1. Januar führt zu falschen Altersgrenzen.",
    )
    geburtsort = forms.CharField(
        label="Geburtsort",
        max_length=100,
        required=False,
        help_text="Nur, wenn die Rentenversicherung oder ein Standesamt danach fragt.",
    )
    familienstand = forms.ChoiceField(
        label="Familienstand",
        required=False,
        choices=[("", "nicht erfragt"), *Familienstand.choices],
        help_text="Nur, wenn ein Beitrag zu prüfen ist (§ 136 SGB IX).",
    )
    staatsangehoerigkeit = forms.ChoiceField(
        label="Staatsangehörigkeit",
        required=False,
        choices=STAATEN,
        help_text="Für Leistungen an Ausländerinnen und Ausländer (§ 100 SGB IX) und die "
        "Bundesstatistik (§ 144 Abs. 1 Nr. 1 SGB IX).",
    )
    aufenthalt = forms.ChoiceField(
        label="Aufenthaltsrecht",
        required=False,
        choices=[("", "nicht erfragt"), *Aufenthalt.choices],
        help_text="Nur ohne deutsche Staatsangehörigkeit (§ 100 SGB IX).",
    )
    aufenthalt_bis = DatumField(label="Aufenthaltsrecht gültig bis", required=False)
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
    geschaeftsunfaehig_seit = DatumField(
        label="Geschäftsunfähigkeit festgestellt seit",
        required=False,
        help_text="Nur wenn sie festgestellt ist: Schreiben gehen dann an die gesetzliche "
        "Vertretung (§ 104 Nr. 2, § 131 Abs. 1 BGB). Eine Betreuung allein ist kein Grund.",
    )
    geschaeftsunfaehig_quelle = forms.CharField(
        label="Festgestellt durch",
        required=False,
        max_length=200,
        help_text="Zum Beispiel Gutachten oder Beschluss mit Datum und Aktenzeichen.",
    )

    layout = (
        Fieldset(
            "Person",
            Row(Column("anrede"), Column("titel")),
            Row(Column("vorname"), Column("nachname")),
            Row(Column("rufname"), Column("geburtsname")),
            Row(Column("geburtsdatum"), Column("geburt_genau")),
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
            "Herkunft und Familie",
            Row(Column("geburtsort"), Column("familienstand")),
            Row(Column("staatsangehoerigkeit"), Column("aufenthalt")),
            "aufenthalt_bis",
        ),
        Fieldset(
            "Handeln im Verfahren",
            Row(Column("geschaeftsunfaehig_seit"), Column("geschaeftsunfaehig_quelle")),
        ),
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
        self._clean_geburt(data)
        self._clean_aufenthalt(data)
        self._clean_geschaeftsunfaehigkeit(data)
        return data

    def _clean_geburt(self, data: dict[str, Any]) -> None:
        """Let a part of a birth date say itself how much is known."""
        getippt = genauigkeit_of(self.data.get("geburtsdatum"))
        gewaehlt = data.get("geburt_genau") or Geburtsgenauigkeit.TAG
        data["geburt_genau"] = getippt if getippt != Geburtsgenauigkeit.TAG else gewaehlt
        geboren = data.get("geburtsdatum")
        if geboren and data["geburt_genau"] == Geburtsgenauigkeit.JAHR:
            data["geburtsdatum"] = geboren.replace(month=1, day=1)
        elif geboren and data["geburt_genau"] == Geburtsgenauigkeit.MONAT:
            data["geburtsdatum"] = geboren.replace(day=1)

    def _clean_aufenthalt(self, data: dict[str, Any]) -> None:
        """A right to stay is asked of those only who need one."""
        if data.get("staatsangehoerigkeit") == DEUTSCHLAND and data.get("aufenthalt"):
            self.add_error("aufenthalt", "Deutsche brauchen keinen Aufenthaltstitel.")
        if data.get("aufenthalt_bis") and not data.get("aufenthalt"):
            self.add_error("aufenthalt", "Welches Aufenthaltsrecht gilt bis zu diesem Tag?")

    def _clean_geschaeftsunfaehigkeit(self, data: dict[str, Any]) -> None:
        """Such a finding has a day and a source, and lies neither ahead nor before the birth."""
        if {"geschaeftsunfaehig_seit", "geschaeftsunfaehig_quelle"} & set(self.errors):
            return
        seit, quelle = data.get("geschaeftsunfaehig_seit"), data.get("geschaeftsunfaehig_quelle")
        if seit and not quelle:
            self.add_error("geschaeftsunfaehig_quelle", "Wodurch ist sie festgestellt?")
        elif quelle and not seit:
            self.add_error("geschaeftsunfaehig_seit", "Seit welchem Tag ist sie festgestellt?")
        elif seit and seit > self.stichtag:
            self.add_error("geschaeftsunfaehig_seit", "Der Tag liegt in der Zukunft.")
        elif seit and (geburt := data.get("geburtsdatum")) and seit < geburt:
            self.add_error("geschaeftsunfaehig_seit", "Der Tag liegt vor der Geburt.")
