"""Questions to the calculators of `recht`; sent by GET, because nothing is written."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from crispy_forms.layout import Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from recht.bekanntgabe import WEGE
from recht.feiertag import LAENDER
from recht.fristkatalog import GRUPPEN, katalog
from recht.rechtsstand import BEZEICHNUNG

_PAUSEN = ("pause1", "pause2")


def _auswahl() -> list[tuple[str, Any]]:
    """Return all Fristen of the catalogue by theme."""
    gruppen: dict[str, list[tuple[str, str]]] = {}
    for regel in katalog().values():
        gruppen.setdefault(GRUPPEN[regel.gruppe], []).append(
            (regel.id, f"{regel.id} {regel.bezeichnung}")
        )
    return [("", "Bitte wählen"), *gruppen.items()]


class RechnerForm(BasisForm):
    """What both calculators ask; without one-time key, since nothing is written."""

    absenden = "Berechnen"

    land = forms.ChoiceField(
        label="Land",
        choices=list(LAENDER.items()),
        help_text="Es bestimmt die Feiertage; im eigenen Land zählen auch die am Sitz der Behörde.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["vorgang"]


class FristForm(RechnerForm):
    """Any Frist of the catalogue with its trigger day."""

    frist = forms.ChoiceField(label="Frist", choices=_auswahl)
    ausloeser = DatumField(label="Auslöser am")
    tagesbeginn = forms.ChoiceField(
        label="Zählt der Auslösetag mit?",
        required=False,
        choices=[("", "wie die Frist es vorsieht"), ("ja", "ja"), ("nein", "nein")],
    )
    pause1_von = DatumField(label="Erste Pause von", required=False)
    pause1_bis = DatumField(label="Erste Pause bis", required=False)
    pause2_von = DatumField(label="Zweite Pause von", required=False)
    pause2_bis = DatumField(label="Zweite Pause bis", required=False)
    laenge = forms.CharField(
        label="Eigene Länge",
        required=False,
        max_length=30,
        help_text="Wenn die Behörde die Länge bestimmt, zum Beispiel 2 Wochen.",
    )
    geltend_bis = DatumField(
        label="Letzter Tag",
        required=False,
        help_text="Wenn ein Tag festgelegt ist, zum Beispiel das Ende der Bewilligung.",
    )
    rechtsstand = forms.ChoiceField(
        label="Rechtsstand",
        required=False,
        choices=[
            ("", "nach dem Auslösetag"),
            *((stand.value, text) for stand, text in BEZEICHNUNG.items()),
        ],
    )
    # Rarely needed and therefore folded away, two beside each other.
    weitere: ClassVar[tuple[tuple[str, str], ...]] = (
        ("pause1_von", "pause1_bis"),
        ("pause2_von", "pause2_bis"),
        ("tagesbeginn", "rechtsstand"),
        ("laenge", "geltend_bis"),
    )

    @property
    def weitere_reihen(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the rare fields row by row."""
        return [(self[links], self[rechts]) for links, rechts in self.weitere]

    @property
    def weitere_offen(self) -> bool:
        """Whether one of the rare fields is filled or wrong, so that nothing is hidden."""
        felder = [feld for reihe in self.weitere for feld in reihe]
        return any(self.data.get(feld) or feld in self.errors for feld in felder)

    def clean(self) -> dict[str, Any]:
        """A pause has a first and a last day."""
        data = super().clean() or self.cleaned_data
        for pause in _PAUSEN:
            von, bis = f"{pause}_von", f"{pause}_bis"
            if von in self.errors or bis in self.errors:
                continue
            if bool(data.get(von)) != bool(data.get(bis)):
                fehlt, wort = (bis, "letzter") if data.get(von) else (von, "erster")
                self.add_error(fehlt, f"Bitte ergänzen Sie: {wort} Tag der Pause.")
        return data

    @property
    def pausen(self) -> list[tuple[date, date]]:
        """Return the pauses that were filled in."""
        data = self.cleaned_data
        return [(data[f"{p}_von"], data[f"{p}_bis"]) for p in _PAUSEN if data[f"{p}_von"]]


class BekanntgabeForm(RechnerForm):
    """When a Bescheid counts as notified, and until when a Widerspruch is in time."""

    aufgabe = DatumField(
        label="Zur Post gegeben oder abgesandt am",
        help_text="Bei Zustellung und Übergabe der Tag selbst.",
    )
    weg = forms.ChoiceField(label="Weg", choices=list(WEGE.items()))
    rbb = forms.ChoiceField(
        label="Rechtsbehelfsbelehrung",
        choices=[("richtig", "vorhanden und richtig"), ("fehlt", "fehlt"), ("falsch", "falsch")],
    )
    ausland = forms.BooleanField(label="Bekanntgabe im Ausland", required=False)
    zugang = DatumField(
        label="Nachgewiesener Zugang am",
        required=False,
        help_text="Nur wenn ein anderer Tag des Zugangs feststeht.",
    )
    layout = (Row("aufgabe", "weg"), Row("rbb", "zugang"), Row("land"), "ausland")
