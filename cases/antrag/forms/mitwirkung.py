"""What the hint on the duty to take part asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from cases.antrag.schreiben.mitwirkung import PFLICHTEN, UEBLICHE_TAGE, expected_bekanntgabe
from cases.forms.felder import DatumField
from cases.models import Case
from cases.schreiben.forms.brief import AngabenForm, text_field
from cases.textbaustein.forms import stellen_of


class MitwirkungForm(AngabenForm):
    """What exactly is asked of the person, until when, and what follows without it."""

    pflicht = forms.ChoiceField(
        label="Was ist zu tun?",
        choices=[(wert, f"{text} ({norm})") for wert, (text, norm) in PFLICHTEN.items()],
        widget=forms.RadioSelect,
    )
    verlangt = text_field(
        "Was genau?", "Je Zeile ein Punkt, so genau, dass die Person es erfüllen kann.", rows=4
    )
    warum = text_field(
        "Warum ist das nötig?",
        "Nicht verlangt werden darf, was außer Verhältnis steht, unzumutbar ist oder was wir "
        "leichter selbst beschaffen (§ 65 Abs. 1 SGB I).",
        rows=3,
    )
    bis = DatumField(
        label="Frist bis",
        help_text=f"Angemessen muss sie sein; üblich sind {UEBLICHE_TAGE} Tage nach der "
        "Bekanntgabe (§ 66 Abs. 3 SGB I).",
    )
    folge = forms.ChoiceField(
        label="Was kann sonst folgen?",
        choices=[
            ("versagung", "Die beantragte Leistung wird ganz oder teilweise versagt"),
            ("entziehung", "Die laufende Leistung wird ganz oder teilweise entzogen"),
        ],
        widget=forms.RadioSelect,
    )
    textstellen = stellen_of(
        "schreiben.mitwirkung.",
        "Aufforderung zur Mitwirkung",
        "§ 66 SGB I",
        {
            "warum": "Ohne diese Angaben können wir nicht über Ihren Antrag, bei uns eingegangen "
            "am [[Antragsdatum]], entscheiden."
        },
        verlangt="Was verlangt wird",
        warum="Warum es nötig ist",
    )
    layout = ("pflicht", "verlangt", "warum", "bis", "folge")

    @classmethod
    def vorgaben(cls, case: Case, stichtag: date) -> dict[str, Any]:
        """Propose time enough after the expected Bekanntgabe."""
        return {"bis": expected_bekanntgabe(stichtag) + timedelta(days=UEBLICHE_TAGE)}

    def clean(self) -> dict[str, Any]:
        """Refuse a day that has passed."""
        data = super().clean() or self.cleaned_data
        self._only_later("bis")
        return data
