"""The form of a Leistung in the Gesamtplan."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms

from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from gesamtplan.models import Leistung, Teilhabeziel
from gesamtplan.models.angaben import Leistungsangaben
from gesamtplan.states import Leistungsform

_FELDER = (
    "teilhabeziel",
    "leistungstraeger",
    "bezeichnung",
    "norm",
    "leistungsform",
    "umfang",
    "beginn",
    "ende",
    "ergaenzend",
)


class ZielField(forms.ModelChoiceField):
    """A choice among the goals of one version, shown with number and text."""

    def label_from_instance(self, obj: Any) -> str:
        text = obj.text if len(obj.text) <= 90 else f"{obj.text[:89]}…"
        return f"{obj.nummer}. {text}"


class LeistungForm(StandForm):
    """Who gives what, in which form (§ 105 SGB IX), how much, for which goal."""

    fields: dict[str, Any]

    teilhabeziel = ZielField(
        label="Dient dem Ziel",
        queryset=Teilhabeziel.objects.none(),
        empty_label="Bitte auswählen",
    )
    leistungstraeger = forms.ModelChoiceField(
        label="Leistungsträger",
        queryset=Leistung.objects.none(),
        empty_label="Bitte auswählen",
    )
    bezeichnung = forms.CharField(
        label="Leistung",
        max_length=200,
        help_text="Zum Beispiel „Assistenz im eigenen Wohnraum“ oder „Pflegesachleistung“.",
    )
    norm = forms.CharField(
        label="Rechtsgrundlage",
        max_length=200,
        help_text="Zum Beispiel § 113 Abs. 2 Nr. 2, § 78 SGB IX.",
    )
    leistungsform = forms.ChoiceField(
        label="Form",
        choices=[("", "Bitte auswählen"), *Leistungsform.choices],
        help_text="§ 105 SGB IX. Eine pauschale Geldleistung braucht die Zustimmung der Person.",
    )
    umfang = forms.CharField(
        label="Art und Umfang",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Zum Beispiel „6 Fachleistungsstunden in der Woche, überwiegend in der Wohnung“.",
    )
    beginn = DatumField(label="Beginn")
    ende = DatumField(label="Ende", required=False, help_text="Leer, wenn ohne Enddatum.")
    ergaenzend = forms.BooleanField(
        label="Ergänzende Leistung",
        required=False,
        help_text="Sie tritt zu einem Persönlichen Budget hinzu, ist aber selbst nicht "
        "budgetfähig, zum Beispiel Grundsicherung.",
    )
    layout = (
        Fieldset("Wofür und von wem", "teilhabeziel", "leistungstraeger"),
        Fieldset("Was", "bezeichnung", "norm", "leistungsform", "umfang", "ergaenzend"),
        Fieldset("Von wann bis wann", Row("beginn", "ende")),
    )
    absenden = "Leistung speichern"

    def __init__(self, *args: Any, ziele: Any, traeger: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teilhabeziel"].queryset = ziele
        self.fields["leistungstraeger"].queryset = traeger

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        beginn, ende = cleaned.get("beginn"), cleaned.get("ende")
        if beginn and ende and ende < beginn:
            self.add_error("ende", "Das Ende liegt vor dem Beginn.")
        return cleaned

    def angaben(self) -> Leistungsangaben:
        """Return what was typed as the service takes it."""
        return Leistungsangaben(**{name: self.cleaned_data[name] for name in _FELDER})
