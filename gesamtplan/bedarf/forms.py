"""Forms of the Bedarfsermittlung: one page, nine Lebensbereiche."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from gesamtplan.models import Lebensbereich
from gesamtplan.models.angaben import Befund

# What belongs into a Lebensbereich, in everyday words.
_BEISPIELE = {
    "d1": "zuhören, lesen, schreiben, rechnen, Probleme lösen, Entscheidungen treffen",
    "d2": "den Tag planen, Aufgaben beginnen und beenden, mit Stress umgehen",
    "d3": "verstehen und sich verständlich machen, Gespräche führen, Telefon und Geräte nutzen",
    "d4": "gehen, sich bewegen, Gegenstände tragen, Bus und Bahn benutzen",
    "d5": "sich waschen, pflegen und kleiden, essen und trinken, auf die Gesundheit achten",
    "d6": "wohnen, einkaufen, kochen, den Haushalt führen, anderen helfen",
    "d7": "Beziehungen zu Familie, Freunden und Bekannten, Umgang mit Fremden",
    "d8": "Schule, Ausbildung, Arbeit, Umgang mit Geld",
    "d9": "Freizeit, Vereine, Religion, Wahlen und andere staatsbürgerliche Rechte",
}
_FELDER = (
    (
        "beeintraechtigung",
        "Beeinträchtigung von Aktivität und Teilhabe",
        "Was gelingt nicht oder nur mit Hilfe, nicht nur vorübergehend? Welche Barrieren gibt es?",
    ),
    (
        "ressourcen",
        "Ressourcen und Förderfaktoren",
        "Was gelingt gut? Wer oder was hilft schon: Familie, Nachbarschaft, Hilfsmittel?",
    ),
    ("wunsch", "Wunsch der Person", "Möglichst in den eigenen Worten der Person."),
    ("bedarf", "Bedarf", "Welche Unterstützung ist nötig, wobei, wie oft und wie lange?"),
)


class GespraechForm(BasisForm):
    """Day, instrument and participants of the talk; begins a Bedarfsermittlung."""

    datum = DatumField(label="Datum des Gesprächs")
    instrument = forms.CharField(
        label="Instrument",
        max_length=100,
        help_text="Womit wird der Bedarf ermittelt? Zum Beispiel BEI_BW oder HMB-W.",
    )
    beteiligte = forms.CharField(
        label="Beteiligte",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Eine Person je Zeile mit ihrer Rolle, zum Beispiel „Emil Muster, "
        "leistungsberechtigte Person“. Andere Stellen nur mit Zustimmung der Person.",
    )
    absenden = "Bedarfsermittlung beginnen"


@dataclass(frozen=True)
class Abschnitt:
    """One Lebensbereich of the form; open when something stands in it or an error does."""

    code: str
    titel: str
    beispiele: str
    felder: tuple[BoundField, ...]
    offen: bool
    gefuellt: int


class BedarfForm(StandForm):
    """The talk, four texts for each of the nine Lebensbereiche, and the summary."""

    datum = GespraechForm.base_fields["datum"]
    instrument = GespraechForm.base_fields["instrument"]
    beteiligte = GespraechForm.base_fields["beteiligte"]
    ergebnis = forms.CharField(
        label="Zusammenfassung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ergebnis in wenigen Sätzen. Besteht kein Bedarf, halten Sie es hier fest.",
    )
    absenden = "Speichern"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, titel in Lebensbereich.choices:
            for name, label, hilfe in _FELDER:
                self.fields[f"{code}_{name}"] = forms.CharField(
                    label=label,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 3}),
                    help_text=hilfe,
                )
                self.fields[f"{code}_{name}"].bereich = titel  # type: ignore[attr-defined]

    def abschnitte(self) -> Iterator[Abschnitt]:
        """Return the nine Lebensbereiche with their fields, as the page shows them."""
        for code, titel in Lebensbereich.choices:
            felder = tuple(self[f"{code}_{name}"] for name, _, _ in _FELDER)
            gefuellt = sum(bool(feld.value()) for feld in felder)
            offen = bool(gefuellt) or any(feld.errors for feld in felder)
            yield Abschnitt(code, str(titel), _BEISPIELE[code], felder, offen, gefuellt)

    def befunde(self) -> dict[str, Befund]:
        """Return what was typed, by code of the Lebensbereich."""
        return {
            code: Befund(**{name: self.cleaned_data[f"{code}_{name}"] for name, _, _ in _FELDER})
            for code in Lebensbereich.values
        }
