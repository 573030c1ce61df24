"""One Teilbudget: how it is set, how it is paid, how its use is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from budget.states import Auszahlungsform, Bemessungsart, Nachweisart
from cases.forms.felder import DatumField, EuroField
from cases.forms.stand import StandForm
from recht.fehler import RechtFehler
from recht.geld import format_euro
from recht.parameter import alle_parameter

_SAETZE = ("pflegesachleistung.", "pflegegeld.", "regelbedarfsstufe_")


def saetze_am(stichtag: date) -> list[tuple[str, str]]:
    """Return the statutory monthly amounts of the day as choices, each with its value."""
    found = []
    for reihe in alle_parameter():
        if not reihe.schluessel.startswith(_SAETZE):
            continue
        try:
            wert = reihe.am(stichtag)
        except RechtFehler:
            # Another law gave this amount, before or after the day.
            continue
        found.append((reihe.schluessel, f"{reihe.bezeichnung}: {format_euro(wert.wert)}"))
    return found


class TeilbudgetForm(StandForm):
    """The amount of one Leistung per month."""

    bemessungsart = forms.ChoiceField(
        label="Bemessung", choices=Bemessungsart.choices, widget=forms.RadioSelect
    )
    betrag = EuroField(
        label="Betrag im Monat",
        required=False,
        help_text="Leer lassen, um den Richtwert oder den gesetzlichen Betrag zu übernehmen.",
    )
    abweichung_grund = forms.CharField(
        label="Begründung des Betrags",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nötig, wenn der Betrag vom Richtwert abweicht. Der Text steht im Bescheid.",
    )
    auszahlungsform = forms.ChoiceField(
        label="Form",
        choices=Auszahlungsform.choices,
        initial=Auszahlungsform.GELD,
        widget=forms.RadioSelect,
        help_text="Pflegesachleistungen der Pflegekasse sind nur als Gutschein möglich "
        "(§ 35a SGB XI).",
    )
    stellungnahme_vom = DatumField(
        label="Stellungnahme des Leistungsträgers vom",
        required=False,
        help_text="Bei anderen Leistungsträgern nötig, bevor die Bemessung abgeschlossen wird.",
    )
    nachweisart = forms.ChoiceField(label="Nachweis", choices=Nachweisart.choices)
    nachweis = forms.CharField(
        label="Nachweis, näher bestimmt",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Beispiel: Rechnungen des Assistenzdienstes, halbjährlich.",
    )
    layout = (
        "bemessungsart",
        "parameter_schluessel",
        "betrag",
        "abweichung_grund",
        "auszahlungsform",
        "stellungnahme_vom",
        "nachweisart",
        "nachweis",
    )
    absenden = "Teilbudget speichern"

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parameter_schluessel"] = forms.ChoiceField(
            label="Gesetzlicher Betrag",
            required=False,
            choices=[("", "kein gesetzlicher Betrag"), *saetze_am(stichtag)],
            help_text="Nur bei „Gutschein“ oder „gesetzlicher Betrag“. Gilt am Beginn des Budgets.",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        art = data.get("bemessungsart")
        ohne_betrag = data.get("betrag") is None and "betrag" not in self.errors
        if ohne_betrag and art == Bemessungsart.INDIVIDUELL:
            self.add_error("betrag", "Bitte geben Sie den Betrag im Monat an.")
        gesetzlich = art in {Bemessungsart.SATZ, Bemessungsart.GUTSCHEIN}
        if ohne_betrag and gesetzlich and not data.get("parameter_schluessel"):
            self.add_error("betrag", "Bitte geben Sie den Betrag an oder wählen Sie den Satz.")
        if art == Bemessungsart.GUTSCHEIN:
            data["auszahlungsform"] = Auszahlungsform.GUTSCHEIN.value
        if not gesetzlich:
            data["parameter_schluessel"] = ""
        return data
