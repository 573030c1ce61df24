"""One Teilbudget: how it is set, how it is paid, how its use is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from crispy_forms.layout import Fieldset, LayoutObject, Row
from django import forms

from budget.bemessung.guards import WERKSTATT
from budget.bemessung.queries import STUNDENZEILEN
from budget.models.angaben import Zusatz
from budget.states import Auszahlungsform, Bemessungsart, Nachweisart
from cases.behoerde.queries.gesetzeswert import werte_des_rechts
from cases.forms.felder import DatumField, EuroField
from cases.forms.stand import StandForm
from recht.entscheidung import BEZEICHNUNG, Entscheidungsrolle
from recht.fehler import RechtFehler
from recht.geld import STUNDENSATZ_HOECHSTENS, format_euro
from recht.leistung import Leistungsschluessel
from recht.parameter import alle_parameter
from recht.pflege import SATZREIHEN, stufe_of_satz

_JE = [("woche", "je Woche"), ("monat", "je Monat")]
_GESETZLICH = frozenset({Bemessungsart.SATZ, Bemessungsart.GUTSCHEIN})
_ANGABEN = (
    "bemessungsart",
    "betrag",
    "positionen",
    "parameter_schluessel",
    "satz_grund",
    "abweichung_grund",
    "auszahlungsform",
    "stellungnahme_vom",
    "nachweisart",
    "nachweis",
)
_HOECHSTSTUNDEN = Decimal(744)


def saetze_am(stichtag: date, schluessel: Iterable[str]) -> list[tuple[str, str]]:
    """Return the statutory monthly amounts of these Leistungen on the day, each with its value."""
    reihen = tuple({anfang for eine in schluessel for anfang in SATZREIHEN.get(eine, ())})
    found, werte = [], werte_des_rechts()
    for reihe in alle_parameter():
        if not reihe.schluessel.startswith(reihen or ("\0",)):
            continue
        try:
            wert = werte.am(reihe.schluessel, stichtag)
        except RechtFehler:
            # Another law gave this amount, before or after the day.
            continue
        found.append((reihe.schluessel, f"{reihe.bezeichnung}: {format_euro(wert.wert)}"))
    return found


class StundenField(forms.CharField):
    """A number of hours such as 2,5; empty means none."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "fw-eingabe--kurz"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the Decimal, None for nothing."""
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            zahl = Decimal(text.replace(",", "."))
        except InvalidOperation:
            zahl = Decimal("NaN")
        # A number with more figures than can be rounded is out of bounds anyway.
        if zahl.is_finite() and not 0 < zahl <= _HOECHSTSTUNDEN:
            raise forms.ValidationError("Bitte geben Sie mehr als 0 und höchstens 744 Stunden an.")
        if not zahl.is_finite() or zahl != round(zahl, 2):
            raise forms.ValidationError(
                f"„{text}“ ist keine Zahl von Stunden. Schreiben Sie zum Beispiel 2,5."
            )
        return zahl


class TeilbudgetForm(StandForm):
    """The amount of one Leistung per month.

    `moeglich` are the Leistungen of the catalogue that it may be, one when the plan says it;
    `rollen` who may decide about it, the usual one first; `eigene_stufe` the Pflegegrad entered
    for the person on the first day of the budget; `eigener` whether the authority itself pays.
    """

    bemessungsart = forms.ChoiceField(
        label="Bemessung", choices=Bemessungsart.choices, widget=forms.RadioSelect
    )
    betrag = EuroField(
        label="Betrag im Monat",
        required=False,
        help_text="Nur bei „im Einzelfall festgesetzt“, oder niedriger als der gesetzliche Betrag. "
        "Sonst leer lassen: Der Betrag ergibt sich aus Richtwert, Satz oder Stunden.",
    )
    sachkosten = EuroField(label="Sachkosten im Monat", required=False)
    sachkosten_wofuer = forms.CharField(
        label="Wofür die Sachkosten sind", required=False, max_length=100
    )
    satz_grund = forms.CharField(
        label="Grund für eine andere Einstufung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nur wenn der Betrag einer anderen Pflegestufe oder eines anderen Pflegegrads "
        "gilt als der für die Person erfassten.",
    )
    abweichung_grund = forms.CharField(
        label="Begründung des Betrags",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Woraus sich ein im Einzelfall festgesetzter Betrag ergibt; auch nötig, wenn ein "
        "Betrag vom Richtwert abweicht. Der Text steht im Bescheid. "
        "Rechnungen gehören nicht hinein; die macht Fallwerk.",
    )
    auszahlungsform = forms.ChoiceField(
        label="Form",
        choices=Auszahlungsform.choices,
        initial=Auszahlungsform.GELD,
        widget=forms.RadioSelect,
        help_text="Als Geld zahlt die Pflegekasse nur Pflegegeld und den im Voraus bestimmten "
        "Anteil der Kombinationsleistung (§ 35a SGB XI).",
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
    sachleistung_kosten = EuroField(
        label="Kosten als Sachleistung im Monat",
        required=False,
        help_text="Was dieselbe Leistung ohne Persönliches Budget kosten würde, für den Vergleich "
        "der Kosten mit der Leistung.",
    )
    sachleistung_quelle = forms.CharField(
        label="Quelle",
        required=False,
        max_length=300,
        help_text="Zum Beispiel die Vergütungsvereinbarung mit ihrem Datum.",
    )
    beratung = EuroField(
        label="Davon für Budgetberatung im Monat",
        required=False,
        help_text="Beratung und Unterstützung beim Umgang mit dem Budget gehören zum Betrag.",
    )
    freizeit_grund = forms.CharField(
        label="Freizeit: was nur die Behinderung zusätzlich kostet",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nur bei Freizeit: Begleitung und Fahrt, mit dem Grund vor Ort. Eintritt, Essen "
        "und Beiträge zahlt jeder selbst. Der Text steht in der Berechnung.",
    )
    werkstatt_kosten = EuroField(
        label="Kosten der nächstgelegenen Werkstatt im Monat",
        required=False,
        help_text="Nur bei einer Werkstatt: Mehr wird nicht anerkannt.",
    )
    absenden = "Teilbudget speichern"

    def __init__(
        self,
        *args: Any,
        stichtag: date,
        moeglich: Iterable[Leistungsschluessel] = (),
        rollen: Iterable[Entscheidungsrolle] = (),
        eigene_stufe: str = "",
        eigener: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._moeglich, self._rollen = tuple(moeglich), tuple(rollen)
        self._eigene_stufe, self._eigener = eigene_stufe, eigener
        zuordnung = self._add_schluessel()
        self._add_stunden()
        self.fields["parameter_schluessel"] = forms.ChoiceField(
            label="Gesetzlicher Betrag",
            required=False,
            choices=[
                ("", "kein gesetzlicher Betrag"),
                *saetze_am(stichtag, [e.schluessel for e in self._moeglich]),
            ],
            help_text="Nur bei „Gutschein“ oder „gesetzlicher Betrag“. Gilt am Beginn des Budgets.",
        )
        wer = self._add_entscheidung()
        werkstatt = any(e.schluessel in WERKSTATT for e in self._moeglich)
        if not werkstatt:
            del self.fields["werkstatt_kosten"]
        self.layout = (  # shaped by what the plan says already
            *zuordnung,
            "bemessungsart",
            Fieldset("Stunden und Sachkosten", *self._stundenlayout()),
            Fieldset("Gesetzlicher Betrag", "parameter_schluessel", "satz_grund"),
            "betrag",
            "abweichung_grund",
            "auszahlungsform",
            Fieldset(
                "Vergleich und was der Betrag enthält",
                Row("sachleistung_kosten", "sachleistung_quelle"),
                "beratung",
                "freizeit_grund",
                *(("werkstatt_kosten",) if werkstatt else ()),
            ),
            *wer,
            "stellungnahme_vom",
            "nachweisart",
            "nachweis",
        )

    def _add_schluessel(self) -> tuple[str, ...]:
        if len(self._moeglich) == 1:
            return ()
        self.fields["katalogschluessel"] = forms.ChoiceField(
            label="Leistung des Katalogs",
            choices=[
                ("", "Bitte auswählen"),
                *((e.schluessel, f"{e.bezeichnung} ({e.norm})") for e in self._moeglich),
            ],
            help_text="Der Gesamtplan sagt es nicht. Danach richten sich Voraussetzung, Form und "
            "wer entscheidet.",
            error_messages={"required": "Bitte wählen Sie, welche Leistung des Katalogs das ist."},
        )
        return ("katalogschluessel",)

    def _add_stunden(self) -> None:
        for nummer in STUNDENZEILEN:
            self.fields[f"stunden_{nummer}"] = StundenField(label="Stunden")
            self.fields[f"je_{nummer}"] = forms.ChoiceField(
                label="Zeitraum", choices=_JE, required=False
            )
            self.fields[f"satz_{nummer}"] = EuroField(
                label="Satz je Stunde", required=False, hoechstens=STUNDENSATZ_HOECHSTENS
            )
            self.fields[f"wofuer_{nummer}"] = forms.CharField(
                label="Wofür", required=False, max_length=100
            )

    def _stundenlayout(self) -> list[str | LayoutObject]:
        zeilen: list[str | LayoutObject] = [
            Row(f"stunden_{n}", f"je_{n}", f"satz_{n}", f"wofuer_{n}") for n in STUNDENZEILEN
        ]
        return [*zeilen, Row("sachkosten", "sachkosten_wofuer")]

    def _add_entscheidung(self) -> tuple[str, ...]:
        if len(self._rollen) < 2:
            return ()
        self.fields["entscheidung"] = forms.ChoiceField(
            label="Wer entscheidet",
            choices=[(r.value, BEZEICHNUNG[r]) for r in self._rollen],
            widget=forms.RadioSelect,
            required=False,
            help_text="Das Erste ist der Regelfall nach dem Gesetz; anderes braucht einen Grund.",
        )
        self.fields["entscheidung_grund"] = forms.CharField(
            label="Warum so entschieden wird",
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="Steht im Bescheid.",
        )
        return ("entscheidung", "entscheidung_grund")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        art = data.get("bemessungsart")
        data["positionen"] = self._positionen(data) if art == Bemessungsart.STUNDEN else []
        ohne_betrag = data.get("betrag") is None and "betrag" not in self.errors
        if ohne_betrag and art == Bemessungsart.INDIVIDUELL:
            self.add_error("betrag", "Bitte geben Sie den Betrag im Monat an.")
        ohne_grund = not data.get("abweichung_grund", "").strip()
        if art == Bemessungsart.INDIVIDUELL and self._eigener and ohne_grund:
            self.add_error(
                "abweichung_grund",
                "Bitte schreiben Sie, woraus sich der Betrag ergibt. Er steht so im Bescheid.",
            )
        if art == Bemessungsart.STUNDEN and not data["positionen"] and not self.errors:
            self.add_error("stunden_1", "Bitte geben Sie Stunden mit Satz oder Sachkosten an.")
        if art == Bemessungsart.STUNDEN:
            # Never typed: hours times rate is the amount.
            data["betrag"] = None
        if art not in _GESETZLICH:
            data["parameter_schluessel"] = data["satz_grund"] = ""
        elif ohne_betrag and not data.get("parameter_schluessel"):
            self.add_error("betrag", "Bitte geben Sie den Betrag an oder wählen Sie den Satz.")
        if art == Bemessungsart.GUTSCHEIN:
            data["auszahlungsform"] = Auszahlungsform.GUTSCHEIN.value
        self._check_stufe(data)
        return data

    def _check_stufe(self, data: dict[str, Any]) -> None:
        gewaehlt = stufe_of_satz(data.get("parameter_schluessel") or "")
        fremd = self._eigene_stufe and gewaehlt and gewaehlt != self._eigene_stufe
        if fremd and not data.get("satz_grund", "").strip():
            self.add_error(
                "satz_grund",
                "Für die Person ist eine andere Einstufung erfasst. Bitte begründen Sie, warum der "
                "Betrag dieser Stufe gilt (§ 15 SGB XI).",
            )

    def _positionen(self, data: dict[str, Any]) -> list[dict[str, str]]:
        zeilen = []
        for n in STUNDENZEILEN:
            stunden, satz = data.get(f"stunden_{n}"), data.get(f"satz_{n}")
            if stunden is None and satz is None:
                continue
            if stunden is None or satz is None:
                feld = f"stunden_{n}" if stunden is None else f"satz_{n}"
                if feld not in self.errors:
                    self.add_error(feld, "Stunden und Satz gehören zusammen.")
                continue
            zeilen.append(
                {
                    "art": "stunden",
                    "bezeichnung": data.get(f"wofuer_{n}", "").strip(),
                    "anzahl": f"{stunden.normalize():f}",
                    "je": data.get(f"je_{n}") or "woche",
                    "satz": f"{satz:.2f}",
                }
            )
        if data.get("sachkosten"):
            wofuer = data.get("sachkosten_wofuer", "").strip()
            betrag = f"{data['sachkosten']:.2f}"
            zeilen.append({"art": "sachkosten", "bezeichnung": wofuer, "betrag": betrag})
        return zeilen

    @property
    def angaben(self) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        namen = [*_ANGABEN, "entscheidung", "entscheidung_grund", "katalogschluessel"]
        daten = self.cleaned_data
        werte = {name: daten[name] for name in namen if name in daten}
        zusatz = Zusatz(
            daten["sachleistung_kosten"],
            daten["sachleistung_quelle"],
            daten["beratung"],
            daten["freizeit_grund"],
            daten.get("werkstatt_kosten"),
        )
        return {**werte, "zusatz": zusatz}
