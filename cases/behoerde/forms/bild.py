"""A new logo or seal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from cases.dateien.aufruf import redraw_apart
from cases.dateien.clamav import NichtErreichbar, scan
from cases.dateien.grenzen import MIB, Ablehnung, Logobild, Logogrenzen
from cases.forms.basis import BasisForm
from cases.forms.dateien import ZuGross

_GRENZEN = Logogrenzen()


class BildForm(BasisForm):
    """The file, and what is on it for whoever does not see it."""

    datei = forms.FileField(
        label="Bild",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        help_text=f"PNG oder JPEG, höchstens {_GRENZEN.byte // MIB} MB und "
        f"{_GRENZEN.pixel // 1_000_000} Millionen Bildpunkte. Fallwerk zeichnet es neu; gedruckt "
        "wird es auf Weiß.",
    )
    alternativtext = forms.CharField(
        label="Alternativtext",
        max_length=150,
        help_text="Was ist zu sehen? Zum Beispiel „Wappen des Landkreises Musterau“. Wer den Brief "
        "vorgelesen bekommt, hört diesen Text.",
    )
    layout = ("datei", "alternativtext")
    absenden = "Zur Freigabe vorlegen"

    def clean_datei(self) -> Logobild:
        """Return the picture as it was drawn anew; the file itself is not kept."""
        datei: Any = self.cleaned_data["datei"]
        try:
            if isinstance(datei, ZuGross) or datei.size > _GRENZEN.byte:
                raise Ablehnung(f"Die Datei ist zu groß. Erlaubt sind {_GRENZEN.byte // MIB} MB.")
            data = datei.read()
            _refuse_malware(data)
            return redraw_apart(data, _GRENZEN)
        except Ablehnung as error:
            raise ValidationError(str(error)) from None


def _refuse_malware(data: bytes) -> None:
    """Ask the scanner where there is one; without it only pixels are ever kept."""
    if not settings.CLAMD:
        return
    try:
        fund = scan(data, settings.CLAMD).fund
    except NichtErreichbar:
        return
    if fund:
        raise Ablehnung(f"Die Datei enthält Schadsoftware ({fund}) und wird nicht angenommen.")
