"""Documents: taking in, correcting, marking as filed by mistake, searching."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.dateien import DateienField
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models import Unterlagenart

VORLAUF = [("", "keine"), ("28", "4 Wochen vorher"), ("56", "8 Wochen vorher"), ("91", "3 Monate")]


class _AngabenForm(StandForm):
    """What is known about a document; shared by taking in and correcting."""

    art = forms.ChoiceField(label="Art", choices=[("", "Bitte wählen"), *Unterlagenart.choices])
    titel = forms.CharField(label="Titel", max_length=180)
    datum = DatumField(
        label="Datum der Unterlage",
        help_text="Datum auf dem Schriftstück; steht keines darauf, der Tag des Eingangs.",
    )
    verfasser = forms.CharField(
        label="Verfasser",
        max_length=200,
        required=False,
        help_text="Stelle oder Person, von der die Unterlage stammt.",
    )
    eingegangen_am = DatumField(label="Eingegangen am")
    gueltig_bis = DatumField(
        label="Gültig bis",
        required=False,
        help_text="Zum Beispiel bei Ausweis, Betreuerausweis oder Gutachten.",
    )
    wiedervorlage = forms.TypedChoiceField(
        label="Wiedervorlage vor Ablauf",
        choices=VORLAUF,
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Erinnert Sie, bevor die Unterlage ungültig wird.",
    )

    angaben = Fieldset(
        "Angaben",
        Row(Column("art"), Column("titel")),
        Row(Column("datum"), Column("eingegangen_am")),
        "verfasser",
        Row(Column("gueltig_bis"), Column("wiedervorlage")),
    )

    def __init__(self, *args: Any, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heute = heute

    def _not_in_future(self, name: str) -> date:
        tag: date = self.cleaned_data[name]
        if tag > self.heute:
            raise forms.ValidationError(f"Der {tag:%d.%m.%Y} liegt in der Zukunft.")
        return tag

    def clean_datum(self) -> date:
        """Refuse a date in the future."""
        return self._not_in_future("datum")

    def clean_eingegangen_am(self) -> date:
        """Refuse a receipt in the future."""
        return self._not_in_future("eingegangen_am")

    def clean(self) -> dict[str, Any]:
        """Hold the dates against each other."""
        data = super().clean() or {}
        datum, eingang, bis = (data.get(n) for n in ("datum", "eingegangen_am", "gueltig_bis"))
        if datum and eingang and eingang < datum:
            self.add_error(
                "eingegangen_am",
                f"Der Eingang liegt vor dem Datum der Unterlage ({datum:%d.%m.%Y}).",
            )
        if datum and bis and bis < datum:
            self.add_error(
                "gueltig_bis", f"Das Ende liegt vor dem Datum der Unterlage ({datum:%d.%m.%Y})."
            )
        if data.get("wiedervorlage") and not bis and "gueltig_bis" not in self.errors:
            self.add_error("gueltig_bis", "Für die Wiedervorlage fehlt, bis wann sie gilt.")
        return data


class UnterlageNeuForm(_AngabenForm):
    """Files with what they are; several files share what is typed."""

    dateien = DateienField(label="Dateien")
    layout = ("dateien", _AngabenForm.angaben)
    absenden = "Unterlagen ablegen"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["titel"].required = False
        self.fields["titel"].help_text = "Leer: der Name der Datei."


class UnterlageForm(_AngabenForm):
    """Corrects what is known about a document; the file itself never changes."""

    layout = (_AngabenForm.angaben,)
    absenden = "Angaben berichtigen"


class IrrtumForm(BasisForm):
    """Why a document does not belong here, or does after all."""

    grund = forms.CharField(label="Grund", widget=forms.Textarea(attrs={"rows": 3}), max_length=300)


class SuchwortForm(forms.Form):
    """Words to look for in documents."""

    suchtext = forms.CharField(
        max_length=200,
        required=False,
        strip=True,
    )
