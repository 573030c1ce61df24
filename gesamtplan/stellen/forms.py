"""Form of what was said to another body, or by it, without a letter."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.models import Case, Einwilligung
from gesamtplan.models.uebermittlung import (
    Uebermittlungsgrund,
    Uebermittlungsrichtung,
    Uebermittlungsweg,
)
from gesamtplan.stellen import guards


class EinwilligungField(forms.ModelChoiceField):
    """A consent of the case, with what it covers."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}: {', '.join(obj.teile_text)}"


class UebermittlungForm(BasisForm):
    """Day, way, body, what was said, and on which ground."""

    am = DatumField(label="Am")
    weg = forms.ChoiceField(label="Weg", choices=Uebermittlungsweg.choices)
    richtung = forms.ChoiceField(
        label="Richtung", choices=Uebermittlungsrichtung.choices, widget=forms.RadioSelect
    )
    stelle = forms.CharField(
        label="Stelle",
        max_length=200,
        help_text="Mit dem Namen der Person, mit der Sie gesprochen haben.",
    )
    inhalt = forms.CharField(
        label="Was mitgeteilt wurde",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Nur, was für den Zweck nötig war.",
    )
    grund = forms.ChoiceField(
        label="Grundlage", choices=Uebermittlungsgrund.choices, widget=forms.RadioSelect
    )
    einwilligung = EinwilligungField(
        label="Einwilligung",
        queryset=Einwilligung.objects.none(),
        required=False,
        empty_label="keine",
        help_text="Sie muss an dem Tag gegolten haben.",
    )
    layout = (Row("am", "weg"), "richtung", "stelle", "inhalt", "grund", "einwilligung")
    absenden = "Mitteilung vermerken"

    def __init__(self, *args: Any, case: Case, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.heute = case, heute
        feld: Any = self.fields["einwilligung"]
        feld.queryset = Einwilligung.objects.filter(case=case)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        am, grund = cleaned.get("am"), cleaned.get("grund", "")
        if am and (found := guards.gespraech_liegt_zurueck(am, self.heute)):
            self.add_error("am", found.text)
        if found := guards.grundlage_passt(cleaned.get("richtung", ""), grund):
            self.add_error("grund", f"{found.text} ({found.norm})")
        einwilligung = cleaned.get("einwilligung")
        if am and (found := guards.einwilligung_traegt(self.case, grund, einwilligung, am)):
            self.add_error("einwilligung", f"{found.text} ({found.norm})")
        return cleaned
