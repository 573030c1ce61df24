"""What a person writes in a Bescheid; everything else comes from the budget."""

from __future__ import annotations

from django import forms

from cases.forms.felder import DatumField
from cases.forms.stand import StandForm


class BescheidForm(StandForm):
    """First payment, grounds, what is refused, Nebenbestimmungen."""

    erste_auszahlung = DatumField(
        label="Erste Auszahlung am",
        help_text="In der Regel der Beginn des Budgets. Sechs Monate danach folgt die erste "
        "gemeinsame Überprüfung.",
    )
    begruendung = forms.CharField(
        label="Begründung",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Die wesentlichen tatsächlichen und rechtlichen Gründe, bei Ermessen auch die "
        "Gesichtspunkte der Abwägung (§ 35 Abs. 1 SGB X). Leerzeilen werden zu Absätzen.",
    )
    abgelehnte_leistungen = forms.CharField(
        label="Abgelehnte Leistungen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Was wird nicht bewilligt, und warum? Leer, wenn allem entsprochen wird.",
    )
    nebenbestimmungen = forms.CharField(
        label="Nebenbestimmungen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Jede mit ihrem Grund (§ 32 SGB X). Die Befristung steht bereits im Bescheid.",
    )
    layout = ("erste_auszahlung", "begruendung", "abgelehnte_leistungen", "nebenbestimmungen")
    absenden = "Entwurf speichern"
