"""The sections of the application form, one form each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.antrag.forms.antrag import StichtagForm
from cases.forms.basis import group_field
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models import (
    Angabe,
    Ausfuehrung,
    Feststellungsverfahren,
    Leistungstraeger,
    Unterlage,
    Vorergebnis,
)
from cases.models.stand import stand_of
from recht.kataloge import Eintrag


def _text(label: str, rows: int = 4, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("required", False)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class AufnahmeForm(StandForm):
    """Section 1: who takes the application, support and further people."""

    aufnehmende_stelle = forms.CharField(label="Aufnehmende Stelle", max_length=200)
    unterstuetzung = forms.ChoiceField(
        label="Ist Unterstützung vorhanden?",
        choices=Angabe.choices,
        help_text="Zum Beispiel durch Angehörige, Assistenz oder eine Beratungsstelle.",
    )
    unterstuetzung_durch = _text("Unterstützung durch", 2)
    weitere_personen = _text(
        "Weitere Personen, die einbezogen werden sollen",
        3,
        help_text="Eine Person je Zeile mit ihrer Rolle; nur mit Zustimmung der Person.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask by whom when there is support."""
        data = super().clean() or {}
        if data.get("unterstuetzung") == Angabe.JA and not data.get("unterstuetzung_durch"):
            self.add_error("unterstuetzung_durch", "Bitte nennen Sie, wer unterstützt.")
        return data


class LeistungenForm(StandForm):
    """Section 3: Leistungsgruppen of the law of the application, each with kind, extent, form."""

    def __init__(self, *args: Any, gruppen: Sequence[Eintrag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gruppen = gruppen
        parts = []
        for gruppe in gruppen:
            key = gruppe.schluessel
            self.fields[key] = forms.BooleanField(
                label="beantragt", required=False, help_text=gruppe.norm
            )
            self.fields[f"{key}_art"] = _text("Art der Leistung", 2)
            self.fields[f"{key}_umfang"] = _text("Umfang", 2)
            self.fields[f"{key}_form"] = forms.ChoiceField(
                label="Form der Ausführung", choices=Ausfuehrung.choices, required=False
            )
            for name in (key, f"{key}_art", f"{key}_umfang", f"{key}_form"):
                group_field(self.fields[name], gruppe.bezeichnung)
            parts.append(
                Fieldset(
                    gruppe.bezeichnung,
                    key,
                    Row(Column(f"{key}_art"), Column(f"{key}_umfang")),
                    f"{key}_form",
                )
            )
        self.layout = tuple(parts)  # the groups follow the Rechtsstand

    def clean(self) -> dict[str, Any]:
        """Refuse details of a group that is not ticked: they would be lost."""
        data = super().clean() or {}
        for gruppe in self.gruppen:
            key = gruppe.schluessel
            if not data.get(key) and (data.get(f"{key}_art") or data.get(f"{key}_umfang")):
                self.add_error(key, f"Bitte kreuzen Sie „{gruppe.bezeichnung}“ an.")
        return data

    def zeilen(self) -> dict[str, dict[str, str]]:
        """Return the ticked groups with their values."""
        data = self.cleaned_data
        return {
            g.schluessel: {
                "art": data[f"{g.schluessel}_art"],
                "umfang": data[f"{g.schluessel}_umfang"],
                "form": data[f"{g.schluessel}_form"] or Ausfuehrung.OFFEN,
            }
            for g in self.gruppen
            if data[g.schluessel]
        }


class TraegerangabeForm(StandForm):
    """Section 4: one Leistungsträger of the directory with its contact.

    `genannt` maps the keys of those that are named already to their contacts: one that is named
    again asks which contact shall hold.
    """

    leistungstraeger = forms.ModelChoiceField(
        label="Leistungsträger",
        queryset=Leistungstraeger.objects.none(),
        empty_label="Bitte wählen",
    )
    ansprechpartner = forms.CharField(label="Ansprechperson", max_length=200, required=False)
    layout = ("leistungstraeger", "ansprechpartner")
    absenden = "Leistungsträger hinzufügen"

    def __init__(self, *args: Any, traeger: Any, genannt: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["leistungstraeger"]).queryset = traeger
        gewaehlt = self.data.get("leistungstraeger", "")
        if gewaehlt in genannt:
            self.gespeichert = {"ansprechpartner": genannt[gewaehlt]}
        self.stand_jetzt = stand_of(self.gespeichert)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        # Which contact is meant is known only once somebody has chosen.
        return (
            "neu" if field_name == "gesehen" else super().get_initial_for_field(field, field_name)
        )


class VorbefundForm(StichtagForm):
    """Section 5: one earlier Bescheid or Befund."""

    stelle = forms.CharField(label="Leistungsträger oder Stelle", max_length=200)
    leistung = forms.CharField(label="Leistung oder Gegenstand", max_length=500)
    datum = DatumField(label="Datum")
    ergebnis = forms.ChoiceField(label="Ergebnis", choices=Vorergebnis.choices)
    unterlage = forms.ModelChoiceField(
        label="Liegt als Unterlage vor",
        queryset=Unterlage.objects.none(),
        required=False,
        empty_label="nicht in der Akte",
    )
    layout = (
        "stelle",
        "leistung",
        Row(Column("datum"), Column("ergebnis")),
        "unterlage",
    )
    absenden = "Bescheid oder Befund hinzufügen"

    def __init__(self, *args: Any, unterlagen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["unterlage"]).queryset = unterlagen

    def clean_datum(self) -> date | None:
        """Refuse a paper from the future."""
        return self.not_later_than_today("datum", "Der Bescheid oder Befund")


class WuenscheForm(StandForm):
    """Section 6: what the person wants to be heard on (§ 8, § 104 SGB IX)."""

    wuensche = _text(
        "Wünsche und Hinweise",
        6,
        help_text="In den Worten der Person: Wünsche zur Leistung, zum Anbieter, zum Ort.",
    )
    ausfuehrung = forms.ChoiceField(label="Gewünschte Ausführung", choices=Ausfuehrung.choices)


class HinweisForm(StandForm, StichtagForm):
    """Section 7: on which day the person was told, and whether she objects."""

    hinweis_am = DatumField(label="Hinweis gegeben am", required=False)
    widerspruch_am = DatumField(
        label="Der Übermittlung widersprochen am",
        required=False,
        help_text="Leer, wenn die Person nicht widerspricht.",
    )

    def clean_hinweis_am(self) -> date | None:
        """Refuse a future day."""
        return self.not_later_than_today("hinweis_am", "Der Hinweis")

    def clean_widerspruch_am(self) -> date | None:
        """Refuse a future day."""
        return self.not_later_than_today("widerspruch_am", "Der Widerspruch")


class UnterschriftForm(StandForm, StichtagForm):
    """Section 8: day of the signature, and the scan when there is one."""

    unterschrift_am = DatumField(label="Unterschrieben am", required=False)
    unterschrift_durch = forms.CharField(
        label="Unterschrieben durch", max_length=200, required=False
    )
    unterschrift_unterlage = forms.ModelChoiceField(
        label="Unterschriebener Antrag",
        queryset=Unterlage.objects.none(),
        required=False,
        empty_label="nicht in der Akte",
    )
    layout = (
        Row(Column("unterschrift_am"), Column("unterschrift_durch")),
        "unterschrift_unterlage",
    )

    def __init__(self, *args: Any, unterlagen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField", self.fields["unterschrift_unterlage"])
        field.queryset = unterlagen

    def clean_unterschrift_am(self) -> date | None:
        """Refuse a future signature."""
        return self.not_later_than_today("unterschrift_am", "Die Unterschrift")


class BestaetigungForm(StandForm, StichtagForm):
    """Section 9: the intake is confirmed by whoever is logged in."""

    bestaetigt_am = DatumField(label="Antrag aufgenommen am")
    bestaetigt_ort = forms.CharField(label="Ort", max_length=100)
    layout = (Row(Column("bestaetigt_ort"), Column("bestaetigt_am")),)
    absenden = "Aufnahme bestätigen"

    def clean_bestaetigt_am(self) -> date | None:
        """Refuse a future day."""
        return self.not_later_than_today("bestaetigt_am", "Die Aufnahme")


class ErgebnisForm(StandForm, StichtagForm):
    """Section 10: how it goes on; a day makes a Wiedervorlage."""

    verlauf = _text("Verlauf der Beratung, Ergebnis", 4)
    stellungnahmen = forms.CharField(
        label="Stellungnahmen einholen von", max_length=300, required=False
    )
    verfahren = forms.ChoiceField(
        label="Feststellung des Bedarfs", choices=Feststellungsverfahren.choices
    )
    verfahren_grund = _text("Ausführliches Verfahren, weil", 2)
    wiedervorlage_am = DatumField(label="Wiedervorlage am", required=False)
    wiedervorlage_anlass = forms.CharField(
        label="Anlass der Wiedervorlage", max_length=200, required=False
    )
    layout = (
        "verlauf",
        "stellungnahmen",
        "verfahren",
        "verfahren_grund",
        Row(Column("wiedervorlage_am"), Column("wiedervorlage_anlass")),
    )

    def clean_wiedervorlage_am(self) -> date | None:
        """Refuse a day that has passed."""
        value: date | None = self.cleaned_data["wiedervorlage_am"]
        if value is not None and value < self.stichtag:
            raise forms.ValidationError(f"Der {value:%d.%m.%Y} liegt in der Vergangenheit.")
        return value

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of the longer way and for the occasion of a Wiedervorlage."""
        data = super().clean() or {}
        longer = data.get("verfahren") == Feststellungsverfahren.AUSFUEHRLICH
        if longer and not data.get("verfahren_grund"):
            self.add_error("verfahren_grund", "Bitte begründen Sie das ausführliche Verfahren.")
        if data.get("wiedervorlage_am") and not data.get("wiedervorlage_anlass"):
            self.add_error("wiedervorlage_anlass", "Bitte nennen Sie, woran erinnert werden soll.")
        return data
