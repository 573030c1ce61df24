"""Forms of a conference: proposal, day and minutes, who takes part, refusal."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from gesamtplan.konferenz.guards import art_gibt_es, zustimmungsnorm
from gesamtplan.states.konferenz import Ablehnungsgrund, Konferenzart, Teilnahmerolle


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class VorschlagForm(BasisForm):
    """Who proposes which conference."""

    art = forms.ChoiceField(label="Art", choices=Konferenzart.choices)
    vorgeschlagen_von = forms.CharField(
        label="Vorgeschlagen von",
        max_length=200,
        help_text="Die Person, ein Rehabilitationsträger, das Jobcenter; bei Minderjährigen auch "
        "das Jugendamt.",
    )
    vorgeschlagen_am = DatumField(label="Vorgeschlagen am")
    elternfall = forms.BooleanField(
        label="Es geht um die Versorgung eigener Kinder",
        required=False,
        help_text="Dann findet die Konferenz statt, wenn die Eltern zustimmen (§ 119 Abs. 4 "
        "SGB IX).",
    )
    absenden = "Vorschlag festhalten"

    def __init__(self, *args: Any, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heute = heute

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        art, tag = cleaned.get("art"), cleaned.get("vorgeschlagen_am")
        if tag is not None and tag > self.heute:
            self.add_error("vorgeschlagen_am", "Der Tag des Vorschlags liegt in der Zukunft.")
        elif art and tag and (hindernis := art_gibt_es(art, tag)):
            self.add_error("art", f"{hindernis.text} ({hindernis.norm})")
        return cleaned


class KonferenzForm(StandForm):
    """Consent, day, agenda and minutes."""

    zustimmung_am = DatumField(
        label="Zustimmung der Person am",
        required=False,
        help_text="Ohne sie gibt es keine Konferenz (§ 119 Abs. 1 SGB IX).",
    )
    termin = DatumField(label="Tag", required=False)
    uhrzeit = forms.TimeField(
        label="Uhrzeit",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "fw-eingabe--kurz"}),
        help_text="Zum Beispiel 14:30.",
        error_messages={"invalid": "Bitte schreiben Sie die Uhrzeit wie 14:30."},
    )
    ort = forms.CharField(label="Ort", required=False, max_length=200)
    tagesordnung = forms.CharField(
        label="Tagesordnung", required=False, widget=_area(7), help_text="Ein Punkt je Zeile."
    )
    ergebnis = forms.CharField(
        label="Ergebnisse",
        required=False,
        widget=_area(6),
        help_text="Je Ziel und Leistung. Der Gesamtplan übernimmt sie.",
    )
    zahlungsweise = forms.CharField(
        label="Zahlungsmodalitäten",
        required=False,
        widget=_area(3),
        help_text="Nur bei einer Budgetkonferenz: wer an wen zahlt, zu welchem Tag, Geld oder "
        "Gutschein, wie die Träger untereinander abrechnen.",
    )
    abweichend = forms.CharField(
        label="Abweichende Sichtweisen",
        required=False,
        widget=_area(3),
        help_text="Wer es anders sieht, mit Namen.",
    )
    layout = (
        Fieldset("Einladung", "zustimmung_am", Row("termin", "uhrzeit"), "ort", "tagesordnung"),
        Fieldset("Niederschrift", "ergebnis", "zahlungsweise", "abweichend"),
    )
    absenden = "Speichern"


class TeilnahmeForm(BasisForm):
    """Somebody who takes part."""

    name = forms.CharField(label="Name", max_length=200)
    rolle = forms.ChoiceField(label="Rolle", choices=Teilnahmerolle.choices)
    anschrift = forms.CharField(
        label="Anschrift",
        required=False,
        widget=_area(3),
        help_text="Für die Einladung: Straße, dann Postleitzahl und Ort.",
    )
    zustimmung_am = DatumField(
        label="Zustimmung der Person am",
        required=False,
        help_text="Pflegekasse, andere Sozialleistungsträger, Betreuungsbehörde, Jugendamt, "
        "Vertrauensperson und Leistungserbringer nehmen nur mit Zustimmung teil.",
    )
    absenden = "Aufnehmen"

    def __init__(self, *args: Any, anberaumt: bool, tag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.anberaumt = anberaumt
        self.tag = tag

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        norm = zustimmungsnorm(cleaned.get("rolle", ""), self.tag)
        fehlt = "zustimmung_am" not in self.errors and cleaned.get("zustimmung_am") is None
        if self.anberaumt and norm and fehlt:
            self.add_error(
                "zustimmung_am", f"Die Konferenz ist anberaumt: Die Zustimmung fehlt ({norm})."
            )
        return cleaned


class AblehnungForm(BasisForm):
    """Why a conference is not held."""

    grund = forms.ChoiceField(
        label="Grund", choices=Ablehnungsgrund.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="Begründung",
        widget=_area(3),
        help_text="Die Person wird darüber unterrichtet.",
    )
    absenden = "Konferenz ablehnen"
