"""The fields of an address, the same for persons, representatives, directory and import."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.layout import Column, Row
from django import forms

from cases.models import Anschriftart
from recht.anschrift import Anschriftart as Art
from recht.anschrift import Anschriftwert, check_anschrift, check_plz
from recht.fehler import EingabeUngueltig
from recht.laender import DEUTSCHLAND, LAENDER

ANSCHRIFTFELDER = ("anschriftart", "zusatz", "strasse", "plz", "ort", "land")
ANSCHRIFT_LAYOUT = (
    "anschriftart",
    "zusatz",
    "strasse",
    Row(Column("plz"), Column("ort")),
    "land",
)
_LAENDER = [
    (DEUTSCHLAND, LAENDER[DEUTSCHLAND]),
    *((code, name) for code, name in LAENDER.items() if code != DEUTSCHLAND),
]


class AnschriftMixin(forms.Form):
    """Fields of one address; `clean_anschrift` holds them against each other."""

    anschriftart = forms.ChoiceField(
        label="Art der Anschrift",
        required=False,
        choices=Anschriftart.choices,
        initial=Anschriftart.STRASSE,
    )
    zusatz = forms.CharField(
        label="Zusatz",
        max_length=100,
        required=False,
        help_text="Zum Beispiel c/o Muster oder Hinterhaus; ohne festen Wohnsitz die Stelle, über "
        "die Post ankommt.",
    )
    strasse = forms.CharField(
        label="Straße und Hausnummer oder Postfach", max_length=200, required=False
    )
    plz = forms.CharField(
        label="Postleitzahl",
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "fw-eingabe--plz"}),
    )
    ort = forms.CharField(label="Ort", max_length=100, required=False)
    land = forms.ChoiceField(label="Land", required=False, choices=_LAENDER, initial=DEUTSCHLAND)

    anschrift_noetig: ClassVar[bool] = True

    def clean_anschriftart(self) -> str:
        """Take a street where nothing was chosen."""
        return str(self.cleaned_data["anschriftart"] or Anschriftart.STRASSE)

    def clean_land(self) -> str:
        """Take Germany where nothing was chosen."""
        return str(self.cleaned_data["land"] or DEUTSCHLAND)

    def clean_anschrift(self, data: dict[str, Any], *, noetig: bool = True) -> None:
        """Put the message to each field that a letter to this address would lack."""
        teile = {name: str(data.get(name) or "") for name in ANSCHRIFTFELDER}
        leer = not any(teile[name] for name in ("zusatz", "strasse", "plz", "ort"))
        if leer and not noetig:
            return
        land = teile["land"] or DEUTSCHLAND
        if teile["plz"] and "plz" not in self.errors:
            try:
                teile["plz"] = data["plz"] = check_plz(teile["plz"], land)
            except EingabeUngueltig as error:
                self.add_error("plz", str(error))
        wert = Anschriftwert(
            ort=teile["ort"],
            plz=teile["plz"],
            strasse=teile["strasse"],
            zusatz=teile["zusatz"],
            land=land,
            art=Art(teile["anschriftart"] or Anschriftart.STRASSE),
        )
        for name, text in check_anschrift(wert).items():
            if name not in self.errors:
                self.add_error(name, text)
