"""A Widerspruch as it comes in, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from budget.states.widerspruch import Verfahrensausgang, Widerspruchsform, Wiedereinsetzung
from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models import Schreiben


class WiderspruchForm(StandForm):
    """Against which decision, when and how; Frist and Form are judged by the program."""

    eingang_am = DatumField(
        label="Eingegangen am",
        help_text="Der Tag des ersten Eingangs, auch bei einer anderen Behörde. Ein Widerspruch im "
        "Briefkasten bis 24 Uhr zählt noch zu diesem Tag.",
    )
    andere_stelle = forms.CharField(
        label="Zuerst eingegangen bei",
        required=False,
        max_length=200,
        help_text="Nur wenn er zuerst bei einer anderen inländischen Behörde, einem "
        "Versicherungsträger oder Konsulat einging: Das wahrt die Frist (§ 84 Abs. 2 S. 1 SGG).",
    )
    form = forms.ChoiceField(
        label="Form", choices=Widerspruchsform.choices, widget=forms.RadioSelect
    )
    vorbringen = forms.CharField(
        label="Was die Person vorbringt",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ein Widerspruch braucht keine Begründung.",
    )
    wiedereinsetzung = forms.ChoiceField(
        label="Wiedereinsetzung",
        required=False,
        choices=Wiedereinsetzung.choices,
        widget=forms.RadioSelect,
        help_text="Nur bei einem verspäteten Widerspruch, der ohne Verschulden verspätet ist "
        "(§ 67 SGG).",
    )
    wiedereinsetzung_grund = forms.CharField(
        label="Grund dazu",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Steht so im Widerspruchsbescheid.",
    )
    stellungnahme_von = forms.CharField(
        label="Stellungnahme von",
        required=False,
        max_length=200,
        help_text="Der Leistungsträger, dessen Teilbudget angegriffen ist.",
    )
    stellungnahme_am = DatumField(label="Stellungnahme vom", required=False)
    absenden = "Widerspruch speichern"

    def __init__(
        self, *args: Any, heute: date, schreiben: Sequence[Schreiben] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.heute, self._schreiben = heute, schreiben
        if len(schreiben) > 1:
            self.fields["schreiben"] = forms.ChoiceField(
                label="Gegen welchen Bescheid?",
                choices=[(str(s.pk), str(s)) for s in schreiben],
                widget=forms.RadioSelect,
            )
        felder = [n for n in self.fields if n not in StandForm.base_fields]
        vorn = ["schreiben"] if "schreiben" in felder else []
        self.layout = (*vorn, *(n for n in felder if n != "schreiben"))

    @property
    def angegriffen(self) -> Schreiben:
        """Return the letter that is attacked, the only one where there is no choice."""
        wahl = self.cleaned_data.get("schreiben", str(self._schreiben[0].pk))
        return next(s for s in self._schreiben if str(s.pk) == wahl)

    @property
    def angaben(self) -> dict[str, Any]:
        """Return the values of the Widerspruch."""
        return {n: v for n, v in self.eingaben.items() if n != "schreiben"}

    def clean_eingang_am(self) -> date:
        tag: date = self.cleaned_data["eingang_am"]
        if tag > self.heute:
            raise forms.ValidationError("Der Eingang darf nicht in der Zukunft liegen.")
        return tag

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        entschieden = data.get("wiedereinsetzung") in {"gewaehrt", "abgelehnt"}
        if entschieden and not data.get("wiedereinsetzung_grund", "").strip():
            self.add_error("wiedereinsetzung_grund", "Bitte begründen Sie die Entscheidung.")
        if data.get("stellungnahme_am") and not data.get("stellungnahme_von", "").strip():
            self.add_error("stellungnahme_von", "Bitte nennen Sie, wer Stellung genommen hat.")
        return data


class TagForm(BasisForm):
    """One day that is past; label and button come from the page."""

    am = DatumField(label="Tag")
    layout: tuple[Any, ...] = ("am",)

    def __init__(self, *args: Any, heute: date, label: str, knopf: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heute = heute
        self.fields["am"].label = label
        self.absenden = knopf  # one form, several buttons

    def clean_am(self) -> date:
        tag: date = self.cleaned_data["am"]
        if tag > self.heute:
            raise forms.ValidationError("Das Datum darf nicht in der Zukunft liegen.")
        return tag


class KlageForm(TagForm):
    """When and before which court."""

    gericht = forms.CharField(label="Gericht und Aktenzeichen", max_length=200)
    layout: tuple[Any, ...] = ("am", "gericht")


class AusgangForm(TagForm):
    """How a Klage ended."""

    ausgang = forms.ChoiceField(
        label="Ergebnis aus Sicht der Person",
        choices=[c for c in Verfahrensausgang.choices if c[0]],
        widget=forms.RadioSelect,
        help_text="Für den Bericht über die Teilhabeverfahren.",
    )
    layout: tuple[Any, ...] = ("am", "ausgang")
