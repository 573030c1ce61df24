"""The decision about a move."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from budget.states.umzug import Gebiet, Umzugsstand
from budget.umzug import guards
from cases.forms.basis import BasisForm
from recht.umzug import Umzugsfolge


class UmzugForm(BasisForm):
    """Where the new home lies, what follows from the move, and why."""

    gebiet = forms.ChoiceField(
        label="Wo liegt die neue Anschrift?", choices=Gebiet.choices, widget=forms.RadioSelect
    )
    entscheidung = forms.ChoiceField(
        label="Was folgt aus dem Umzug?",
        choices=[
            (Umzugsstand.UNVERAENDERT.value, "Der Bedarf ist derselbe, es bleibt, wie es ist"),
            (
                Umzugsstand.FORTSCHREIBUNG.value,
                "Der Bedarf hat sich geändert, der Gesamtplan wird fortgeschrieben",
            ),
            (Umzugsstand.TRAEGERWECHSEL.value, "Ein anderer Träger wird zuständig"),
        ],
        widget=forms.RadioSelect,
    )
    grund = forms.CharField(
        label="Begründung",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="Zum Beispiel, was die Person zum Bedarf am neuen Ort gesagt hat. Bleibt in der "
        "Akte.",
    )
    layout = ("gebiet", "entscheidung", "grund")
    absenden = "Entscheidung speichern"

    def __init__(self, *args: Any, folge: Umzugsfolge, am: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folge, self.am = folge, am

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        gebiet, entscheidung = data.get("gebiet"), data.get("entscheidung")
        if not gebiet or not entscheidung:
            return data
        bleibt = self.folge.bleibt
        for feld, grund in (
            ("gebiet", guards.wohnform_bekannt(bleibt, gebiet, self.am)),
            (
                "entscheidung",
                guards.wechsel_nur_wenn_nicht_zustaendig(entscheidung, bleibt, gebiet, self.am),
            ),
        ):
            if grund is not None:
                self.add_error(feld, f"{grund.text} ({grund.norm})")
                break
        return data
