"""How a letter leaves the house, and the day on which it did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms

from cases.forms.basis import BasisForm, form_helper
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models import PAPIER, Belehrungsstand, Versandweg


class VersandForm(BasisForm):
    """The way of one letter."""

    weg = forms.ChoiceField(
        label="Weg", choices=Versandweg.choices, widget=forms.RadioSelect, help_text=""
    )
    uebergeben_am = DatumField(
        label="Übergeben am", required=False, help_text="Nur bei persönlicher Übergabe."
    )
    aufgabe_am = DatumField(
        label="Schon zur Post gegeben am",
        required=False,
        help_text="Nur bei einem Brief, der das Haus schon verlassen hat. Leer: Er wartet im "
        "Postausgang.",
    )
    aushang_am = DatumField(
        label="Benachrichtigung öffentlich bekannt gemacht am",
        required=False,
        help_text="Nur bei öffentlicher Zustellung (§ 10 VwZG). Drucken Sie vorher die "
        "Benachrichtigung; das Schreiben gilt zwei Wochen nach diesem Tag als zugestellt.",
    )
    aushang_stelle = forms.CharField(
        label="Wo hängt sie?",
        required=False,
        max_length=200,
        help_text="Die Stelle, die Ihre Behörde dafür allgemein bestimmt hat, zum Beispiel „Tafel "
        "im Eingang des Landratsamts“. Nur bei öffentlicher Zustellung.",
    )
    aushang_grund = forms.CharField(
        label="Warum öffentlich?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wie nach der Anschrift gesucht wurde, und dass es keine Vertretung gibt, der "
        "zugestellt werden kann. Nur bei öffentlicher Zustellung.",
    )
    ausland = forms.BooleanField(
        label="Sendung ins Ausland",
        required=False,
        help_text="Ein Brief ins Ausland gilt erst mit nachgewiesenem Zugang als bekannt gegeben "
        "(§ 37 Abs. 2 S. 1 SGB X); der Widerspruch ist dann drei Monate möglich (§ 84 Abs. 1 S. 2 "
        "SGG).",
    )
    ausland_grund = forms.CharField(
        label="Warum anders als die Anschrift?",
        required=False,
        max_length=200,
        help_text="Nur nötig, wenn „Sendung ins Ausland“ von der Anschrift abweicht; steht in der "
        "Chronik.",
    )
    uebergeben_an = forms.ChoiceField(
        label="Übergeben an",
        required=False,
        initial="",
        widget=forms.RadioSelect,
        help_text="Nur bei persönlicher Übergabe. Bekannt gegeben wird das Schreiben allein dem, "
        "an den es gerichtet ist; ein Abdruck setzt keine Frist in Lauf (§ 37 Abs. 1 S. 1 SGB X).",
    )
    layout: tuple[Any, ...] = (
        "weg",
        "uebergeben_an",
        "uebergeben_am",
        "aufgabe_am",
        "aushang_am",
        "aushang_stelle",
        "aushang_grund",
        "ausland",
        "ausland_grund",
    )
    absenden = "Versand veranlassen"

    def __init__(
        self,
        *args: Any,
        stichtag: date,
        hinweis: str = "",
        im_ausland: bool = False,
        leitet: bool = False,
        adressat: str = "",
        abdrucke: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weg"].help_text = hinweis
        wahl = [("", adressat), *((name, f"{name} (Abdruck)") for name in abdrucke)]
        cast(forms.ChoiceField, self.fields["uebergeben_an"]).choices = wahl
        if not abdrucke:
            del self.fields["uebergeben_an"]
        for name in ("aufgabe_am", "aushang_am"):
            cast(DatumField, self.fields[name]).spaetestens = stichtag
        if not leitet:
            # Only a Leitung orders it (§ 10 Abs. 1 VwZG).
            wege = [w for w in Versandweg.choices if w[0] != Versandweg.OEFFENTLICH]
            cast("forms.ChoiceField", self.fields["weg"]).choices = wege
            for name in ("aushang_am", "aushang_stelle", "aushang_grund"):
                del self.fields[name]
        self.im_ausland = im_ausland

    @property
    def helper(self) -> FormHelper:
        return form_helper(tuple(n for n in self.layout if n in self.fields))

    def clean(self) -> dict[str, Any]:
        """Ask for the day of an Übergabe; the other ways get theirs later."""
        data = super().clean() or self.cleaned_data
        fehlt = not data.get("uebergeben_am") and "uebergeben_am" not in self.errors
        if data.get("weg") == Versandweg.UEBERGABE and fehlt:
            self.add_error(
                "uebergeben_am", "Bitte tragen Sie ein, wann das Schreiben übergeben wurde."
            )
        self._check_aushang(data)
        if data.get("aufgabe_am") and data.get("weg") not in (*PAPIER, None):
            self.add_error(
                "aufgabe_am", "Zur Post gegeben wird nur ein Brief. Bitte lassen Sie den Tag leer."
            )
        if data.get("uebergeben_an") and data.get("weg") not in (Versandweg.UEBERGABE, None):
            self.add_error(
                "uebergeben_an",
                "Einen Abdruck übergeben Sie persönlich. Bitte wählen Sie diesen Weg, oder wählen "
                "Sie hier den ersten Eintrag.",
            )
        anders = bool(data.get("ausland")) != self.im_ausland
        post = data.get("weg") in PAPIER
        if anders and post and not data.get("ausland_grund"):
            wo = "im Ausland" if self.im_ausland else "im Inland"
            self.add_error(
                "ausland_grund",
                f"Die Anschrift des Schreibens liegt {wo}. Bitte sagen Sie, warum die Sendung "
                "trotzdem anders gilt.",
            )
        return data

    def _check_aushang(self, data: dict[str, Any]) -> None:
        if data.get("weg") != Versandweg.OEFFENTLICH:
            return
        for name, satz in (
            ("aushang_am", "Bitte tragen Sie ein, wann die Benachrichtigung bekannt gemacht ist."),
            ("aushang_stelle", "Bitte sagen Sie, wo die Benachrichtigung hängt."),
            ("aushang_grund", "Bitte sagen Sie, warum öffentlich zugestellt wird."),
        ):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, satz)


class AbnahmeForm(BasisForm):
    """Until when a public notice hung."""

    am = DatumField(label="Abgenommen am")
    layout: tuple[Any, ...] = ("am",)
    absenden = "Abnahme vermerken"

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DatumField, self.fields["am"]).spaetestens = stichtag


class AufgabeForm(BasisForm):
    """The day on which something was given to the post or sent."""

    aufgabe_am = DatumField(label="Zur Post gegeben am")
    layout: tuple[Any, ...] = ("aufgabe_am",)
    absenden = "Tag vermerken"

    def __init__(
        self, *args: Any, stichtag: date, label: str = "Zur Post gegeben am", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast(DatumField, self.fields["aufgabe_am"])
        field.label = label
        field.spaetestens = stichtag
        field.error_messages["required"] = f"Bitte füllen Sie aus: {label}."


class BerichtigungForm(StandForm):
    """What is known of receipt, country and Belehrung of a letter that has left."""

    zugang_am = DatumField(
        label="Nachgewiesener Zugang am",
        required=False,
        help_text="Nur wenn der Tag feststeht, zum Beispiel durch Rückschein oder eine Erklärung "
        "der Person. Ein früherer Zugang im Inland ändert nichts.",
    )
    ausland = forms.BooleanField(label="Sendung ins Ausland", required=False)
    rbb = forms.ChoiceField(
        label="Rechtsbehelfsbelehrung",
        choices=Belehrungsstand.choices,
        widget=forms.RadioSelect,
        help_text="Fehlt sie oder ist sie falsch, ist der Widerspruch ein Jahr möglich "
        "(§ 66 Abs. 2 SGG).",
    )
    feststellung = forms.CharField(
        label="Worauf stützt sich das?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Zum Beispiel: Rückschein vom 14.12.2026, Blatt 41.",
    )
    layout: tuple[Any, ...] = ("zugang_am", "ausland", "rbb", "feststellung")
    absenden = "Berichtigen und neu rechnen"

    def __init__(self, *args: Any, stichtag: date, rechtsbehelf: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DatumField, self.fields["zugang_am"]).spaetestens = stichtag
        if not rechtsbehelf:
            del self.fields["rbb"]
            self.layout = ("zugang_am", "ausland", "feststellung")


class NichtzugangForm(BasisForm):
    """That a letter came back or was never received, and on what that rests."""

    am = DatumField(
        label="Festgestellt am", help_text="Bei einem Rückläufer der Tag, an dem er wieder da war."
    )
    feststellung = forms.CharField(
        label="Was ist geschehen?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Zum Beispiel: Brief kam zurück, Vermerk „unbekannt verzogen“. Bestreitet die "
        "Person den Zugang, muss die Behörde ihn nachweisen (§ 37 Abs. 2 S. 3 SGB X).",
    )
    layout: tuple[Any, ...] = ("am", "feststellung")
    absenden = "Als nicht zugegangen vermerken"

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DatumField, self.fields["am"]).spaetestens = stichtag
