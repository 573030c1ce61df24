"""Own values of the authority: choose what to set, then the value, its day and the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, EuroField
from cases.models import Wertschluessel
from cases.models.wertschluessel import AUSWAHL, GEBIET, SITZ_WEITERE
from recht.fehler import EingabeUngueltig
from recht.gebiet import read_gebiet
from recht.ortsfeiertag import read_ortstage
from recht.rechtsstand import DECKUNG_BIS, DECKUNG_VON

_VOR_ENDE = "So viele Tage vor dem Ende der Frist erscheint sie auf dem Schreibtisch."
_NACH_ENDE = "So viele Tage nach ihrem Ende geht eine offene Frist an die Sachgebietsleitung."
_FEIERTAGE = (
    "Zum Beispiel „24.06. Johannistag (Ortssatzung vom 03.05.2019)“ für jedes Jahr oder "
    "„17.03.2027 Stadtjubiläum (Verordnung vom …)“ für eines. Die Liste ersetzt die frühere."
)
_KREISE = (
    "Fünf Ziffern für einen ganzen Kreis, acht für eine Gemeinde, dahinter der Name, zum Beispiel "
    "„08115 Landkreis Böblingen“. Die Liste ersetzt die frühere ab ihrem Tag."
)
# Label and help of a wording, and of lists that are kept as one.
_WORTLAUT = ("Wortlaut", "Steht so im Bescheid und in der Zielvereinbarung.")
_TEXTFELD = {
    SITZ_WEITERE: ("Feiertage, einer je Zeile", _FEIERTAGE),
    GEBIET: ("Gemeindeschlüssel, einer je Zeile", _KREISE),
}
# How a list that is kept as a wording is read.
_LISTEN: Mapping[str, Callable[[str], object]] = {
    SITZ_WEITERE: read_ortstage,
    GEBIET: read_gebiet,
}
# Label and help of a number of days, by the first part of the key.
_TAGE = {
    "eskalation": ("Tage nach dem Ende", _NACH_ENDE),
    "vorlauf": ("Vorlauf in Tagen", _VOR_ENDE),
    "aufenthalt_mitteilen": (
        "Dauer in Tagen",
        "Steht im Bescheid und im Vorschlag der Zielvereinbarung.",
    ),
}


class StichtagForm(BasisForm):
    """The day for which a page answers; sent by GET, so it carries no one-time key."""

    stichtag = DatumField(label="Stichtag", fruehestens=DECKUNG_VON, spaetestens=DECKUNG_BIS)
    layout: tuple[Any, ...] = ("stichtag",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["vorgang"]


class SchluesselForm(BasisForm):
    """What to set, out of the closed list."""

    schluessel = forms.ChoiceField(
        label="Was legt die Behörde fest?",
        help_text="Was keine Vorschrift festlegt, die örtlichen Feiertage am Sitz und gesetzliche "
        "Werte kommender Jahre, die veröffentlicht sind, aber noch nicht zur Software gehören.",
    )
    layout: tuple[Any, ...] = ("schluessel",)
    absenden = "Weiter"

    def __init__(self, *args: Any, schluessel: Iterable[Wertschluessel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["vorgang"]
        gruppen: dict[str, list[tuple[str, str]]] = {}
        for art in schluessel:
            gruppen.setdefault(art.gruppe, []).append((art.schluessel, art.titel))
        cast("forms.ChoiceField", self.fields["schluessel"]).choices = [
            ("", "Bitte wählen"),
            *gruppen.items(),
        ]


class ZahlInput(forms.TextInput):
    """A short field for a number with the keys for digits on a phone."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        grund = {"inputmode": "decimal", "autocomplete": "off", "class": "fw-eingabe--kurz"}
        super().__init__(attrs=grund | (attrs or {}))


class FaktorField(forms.CharField):
    """A number such as 4,345 or 4.345."""

    widget = ZahlInput

    def clean(self, value: Any) -> Any:
        """Return the Decimal; bounds are the matter of the guard."""
        text = super().clean(value)
        try:
            zahl = Decimal(text.strip().replace(",", "."))
        except InvalidOperation:
            zahl = Decimal("NaN")
        if not zahl.is_finite():
            raise ValidationError(f"„{text}“ ist keine Zahl. Schreiben Sie zum Beispiel 4,33.")
        return zahl


def _wertfeld(art: Wertschluessel) -> forms.Field:
    """Return the field that fits the unit of a key."""
    if art.ist_auswahl:
        return forms.ChoiceField(
            label="Wert", choices=AUSWAHL[art.schluessel].choices, widget=forms.RadioSelect
        )
    if art.ist_text:
        label, hilfe = _TEXTFELD.get(art.schluessel, _WORTLAUT)
        return forms.CharField(
            label=label,
            max_length=2000,
            initial="" if art.schluessel in _TEXTFELD else art.vorgabe,
            widget=forms.Textarea(attrs={"rows": 8}),
            help_text=hilfe,
        )
    if art.einheit == "Faktor":
        return FaktorField(label="Wochen je Monat", help_text="Zum Beispiel 4,33 oder 4,348.")
    if art.einheit == "Tage":
        art_der_tage = art.schluessel.partition(".")[0]
        label, hilfe = _TAGE[art_der_tage]
        return forms.IntegerField(
            label=label,
            min_value=0 if art_der_tage == "vorlauf" else 1,
            max_value=365,
            widget=ZahlInput,
            help_text=hilfe,
            error_messages={"invalid": "Bitte schreiben Sie eine ganze Zahl, zum Beispiel 5."},
        )
    if art.einheit == "Anzahl":
        return forms.IntegerField(
            label="Anzahl",
            min_value=1,
            max_value=1000,
            widget=ZahlInput,
            error_messages={"invalid": "Bitte schreiben Sie eine ganze Zahl, zum Beispiel 40."},
        )
    je = {"EUR/Stunde": "Stunde", "EUR/Jahr": "Jahr"}.get(art.einheit, "Monat")
    return EuroField(label=f"Betrag je {je}", help_text="Zum Beispiel 1.240,00.")


class EigenerWertForm(BasisForm):
    """One value of one key, from one day on."""

    gueltig_ab = DatumField(
        label="Gilt ab",
        fruehestens=DECKUNG_VON,
        spaetestens=DECKUNG_BIS,
        help_text="Von diesem Tag an rechnet Fallwerk damit, sobald der Wert freigegeben ist.",
    )
    begruendung = forms.CharField(
        label="Begründung",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Worauf der Wert beruht, zum Beispiel Beschluss, Vereinbarung, Verfügung.",
    )
    layout: tuple[Any, ...] = ("wert", "gueltig_ab", "begruendung")
    absenden = "Zur Freigabe vorschlagen"

    def __init__(self, *args: Any, art: Wertschluessel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ist_auswahl, self.ist_text = art.ist_auswahl, art.ist_text
        self.lesen = _LISTEN.get(art.schluessel)
        feld = _wertfeld(art)
        meldung = "Bitte auswählen." if art.ist_auswahl else "Bitte ausfüllen."
        feld.error_messages["required"] = meldung
        self.fields["wert"] = feld

    def clean_wert(self) -> Any:
        """Refuse a line of a list that cannot be read, at its field."""
        wert = self.cleaned_data["wert"]
        if self.lesen is not None:
            try:
                self.lesen(wert)
            except EingabeUngueltig as error:
                raise ValidationError(str(error)) from error
        return wert

    @property
    def angaben(self) -> dict[str, Any]:
        """Return what the service needs: the value as number or as word, its day, the reason."""
        wert: Any = self.cleaned_data["wert"]
        tag: date = self.cleaned_data["gueltig_ab"]
        return {
            "zahl": None if self.ist_auswahl or self.ist_text else Decimal(wert),
            "auswahl": wert if self.ist_auswahl else None,
            "text": wert if self.ist_text else "",
            "gueltig_ab": tag,
            "begruendung": self.cleaned_data["begruendung"],
            "quelle": self.cleaned_data.get("quelle", ""),
            "geprueft_am": self.cleaned_data.get("geprueft_am"),
        }


class GesetzwertForm(EigenerWertForm):
    """A published value of the law for a coming year, with its source."""

    quelle = forms.CharField(
        label="Veröffentlicht in",
        max_length=200,
        help_text="Fundstelle der Veröffentlichung, zum Beispiel BGBl. 2026 I Nr. 301.",
    )
    geprueft_am = DatumField(
        label="Dort geprüft am", help_text="Der Tag, an dem Sie den Wert dort gelesen haben."
    )
    layout: tuple[Any, ...] = ("wert", "gueltig_ab", "quelle", "geprueft_am", "begruendung")


class FreigabeForm(BasisForm):
    """Nothing to fill in: the page shows what will hold, the button says yes."""

    absenden = "Wert freigeben"
