"""The Prüfkatalog on one page: result, reason, evidence per Voraussetzung; nothing is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.forms.basis import group_field
from cases.forms.stand import StandForm
from cases.models import Pruefergebnis
from recht.pruefkatalog import Pruefkriterium

_LISTEN = (
    ("ziel", "Ziele, die mit einem Persönlichen Budget besser erreichbar sind"),
    ("dafuer", "Was dafür spricht"),
    ("dagegen", "Was dagegen spricht"),
    ("budgetfaehig", "Wofür das Persönliche Budget verwendet werden soll"),
)


def _beleg(label: str, rows: Any, angebot: list[tuple[Any, str]]) -> forms.ModelChoiceField[Any]:
    """Return the choice of a paper that offers what was read already."""
    feld: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=label, queryset=rows, required=False
    )
    feld.choices = angebot
    return feld


class PruefkatalogForm(StandForm):
    """Fields follow the law of the application: `kriterien` maps lists to their lines."""

    absenden = "Prüfkatalog speichern"

    def __init__(
        self,
        *args: Any,
        kriterien: dict[str, Sequence[Pruefkriterium]],
        unterlagen: Any,
        vorbefunde: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kriterien = kriterien
        # The papers of the case are the same for every line and read once for all of them.
        self._belege = {
            name: [("", leer), *((row.pk, str(row)) for row in rows)]
            for name, leer, rows in (
                ("unterlage", "keine", unterlagen),
                ("vorbefund", "keiner", vorbefunde),
            )
        }
        parts = [self._voraussetzung(k, unterlagen, vorbefunde) for k in kriterien["voraussetzung"]]
        for liste, titel in _LISTEN:
            self.fields[liste] = forms.MultipleChoiceField(
                label=titel,
                required=False,
                choices=[(k.schluessel, k.bezeichnung) for k in kriterien[liste]],
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["abwaegung"] = forms.CharField(
            label="Abwägung im Einzelfall",
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text="Die Listen helfen beim Überlegen. Gezählt wird nichts.",
        )
        self.layout = (  # the lists follow the Rechtsstand
            *parts,
            *(liste for liste, _ in _LISTEN),
            "abwaegung",
        )

    def _voraussetzung(self, k: Pruefkriterium, unterlagen: Any, vorbefunde: Any) -> Fieldset:
        key = k.schluessel
        self.fields[f"{key}_ergebnis"] = forms.ChoiceField(
            label="Ergebnis",
            choices=Pruefergebnis.choices,
            initial=Pruefergebnis.OFFEN,
            help_text=f"{k.hinweis} ({k.norm})" if k.hinweis else k.norm,
        )
        self.fields[f"{key}_begruendung"] = forms.CharField(
            label="Begründung", required=False, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields[f"{key}_unterlage"] = _beleg(
            "Nachweis: Unterlage", unterlagen, self._belege["unterlage"]
        )
        self.fields[f"{key}_vorbefund"] = _beleg(
            "Nachweis: Bescheid oder Befund aus dem Antrag",
            vorbefunde,
            self._belege["vorbefund"],
        )
        for name in ("ergebnis", "begruendung", "unterlage", "vorbefund"):
            group_field(self.fields[f"{key}_{name}"], k.bezeichnung)
        return Fieldset(
            f"{k.nummer}. {k.bezeichnung}",
            f"{key}_ergebnis",
            f"{key}_begruendung",
            Row(Column(f"{key}_unterlage"), Column(f"{key}_vorbefund")),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where a Voraussetzung is not fulfilled or does not apply."""
        data = super().clean() or {}
        ohne = {Pruefergebnis.NICHT_ERFUELLT, Pruefergebnis.ENTFAELLT}
        for k in self.kriterien["voraussetzung"]:
            key = k.schluessel
            if data.get(f"{key}_ergebnis") in ohne and not data.get(f"{key}_begruendung"):
                self.add_error(f"{key}_begruendung", "Bitte begründen Sie dieses Ergebnis.")
        return data

    def punkte(self) -> dict[str, dict[str, Any]]:
        """Return the values per Voraussetzung."""
        names = ("ergebnis", "begruendung", "unterlage", "vorbefund")
        return {
            k.schluessel: {name: self.cleaned_data[f"{k.schluessel}_{name}"] for name in names}
            for k in self.kriterien["voraussetzung"]
        }

    def merkmale(self) -> list[str]:
        """Return the keys of all ticked points."""
        return [key for liste, _ in _LISTEN for key in self.cleaned_data[liste]]
