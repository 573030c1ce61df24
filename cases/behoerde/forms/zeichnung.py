"""How the letters of the authority are signed."""

from __future__ import annotations

from django import forms

from cases.forms.stand import StandForm
from cases.models import Siegelort, Zeichnung


def _zusatz(rolle: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"{rolle} unterschreibt",
        choices=Zeichnung.choices,
        widget=forms.RadioSelect(attrs={"data-fw-zeichnung": ""}),
    )


class ZeichnungForm(StandForm):
    """What stands above the name, by the role of who signs."""

    amtsleitung = forms.CharField(
        label="Leitung der Behörde über der Unterschrift",
        required=False,
        max_length=80,
        help_text="z. B. „Der Landrat“ oder „Die Oberbürgermeisterin“. Leer lassen, wenn die "
        "Schreiben sie nicht nennen.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-fw-zeichnung": ""}),
    )
    zusatz_leitung = _zusatz("Sachgebietsleitung")
    zusatz_fallmanagement = _zusatz("Fallmanagement")
    siegel_auf = forms.ChoiceField(
        label="Dienstsiegel neben der Unterschrift",
        choices=Siegelort.choices,
        widget=forms.RadioSelect(),
        help_text="Gedruckt wird das Bild, das unter „Logo und Siegel“ freigegeben ist. Was von "
        "Hand unterschrieben wird, zum Beispiel die Zielvereinbarung, trägt kein gedrucktes.",
    )
    layout = ("amtsleitung", "zusatz_leitung", "zusatz_fallmanagement", "siegel_auf")

    @property
    def angaben(self) -> dict[str, str]:
        """Return the rule as the service takes it."""
        return {name: str(wert) for name, wert in self.eingaben.items()}
