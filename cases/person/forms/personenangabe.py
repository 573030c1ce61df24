"""One form for each kind of dated fact of the person."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from crispy_forms.layout import Column, Row
from django import forms

from cases.forms.felder import (
    DatumField,
    IbanField,
    PlzField,
    VersichertennummerField,
    konto_passt,
)
from cases.forms.stand import StandForm
from cases.models import Merkzeichen, Pflegestand, Sperrart, Unbekanntgrund, Wohnform
from cases.models.personenangabe import ERSTER_PFLEGEGRAD, GRADE

_ZEITRAUM = Row(Column("gueltig_ab"), Column("gueltig_bis"))
# With such a degree there is an Ausweis (§ 2 Abs. 2 SGB IX), with 30 or 40 a Gleichstellung.
_SCHWERBEHINDERT_AB = 50
_GLEICHSTELLUNG = (30, 40)


class AngabeForm(StandForm):
    """Values of a fact and its period."""

    werte_felder: ClassVar[tuple[str, ...]] = ()

    gueltig_ab = DatumField(label="Gültig ab")
    gueltig_bis = DatumField(
        label="Gültig bis", required=False, help_text="Letzter Tag. Leer: gilt weiter."
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning, at the field."""
        data = super().clean() or self.cleaned_data
        ab, bis = data.get("gueltig_ab"), data.get("gueltig_bis")
        if ab and bis and bis < ab:
            self.add_error("gueltig_bis", f"Das Ende liegt vor dem Beginn am {ab:%d.%m.%Y}.")
        return data

    def werte(self) -> dict[str, Any]:
        """Return the values as the service takes them."""
        return {name: self.cleaned_data[name] for name in self.werte_felder}


class UnbekanntForm(AngabeForm):
    """A fact that may be unknown; then the reason is the answer."""

    wertfeld: ClassVar[str] = ""

    unbekannt_grund = forms.ChoiceField(
        label="Oder: unbekannt, weil",
        required=False,
        choices=[("", "–"), *Unbekanntgrund.choices],
    )

    def clean(self) -> dict[str, Any]:
        """Ask for either a value or a reason."""
        data = super().clean()
        if self.wertfeld in self.errors:
            return data
        leer = data.get(self.wertfeld) in (None, "")
        if leer and not data.get("unbekannt_grund"):
            self.add_error(
                self.wertfeld, "Bitte ausfüllen oder angeben, warum es nicht bekannt ist."
            )
        if not leer and data.get("unbekannt_grund"):
            self.add_error(
                "unbekannt_grund", "Der Wert ist eingetragen; „unbekannt“ passt nicht dazu."
            )
        return data

    def werte(self) -> dict[str, Any]:
        """Return the values and the reason."""
        return {**super().werte(), "unbekannt_grund": self.cleaned_data["unbekannt_grund"]}


class AnschriftForm(AngabeForm):
    """Where the person lives."""

    werte_felder = ("zusatz", "strasse", "plz", "ort")

    zusatz = forms.CharField(
        label="Zusatz", max_length=100, required=False, help_text="z. B. c/o Muster"
    )
    strasse = forms.CharField(label="Straße und Hausnummer", max_length=200)
    plz = PlzField(label="Postleitzahl")
    ort = forms.CharField(label="Ort", max_length=100)

    layout = ("zusatz", "strasse", Row(Column("plz"), Column("ort")), _ZEITRAUM)


class AuskunftssperreForm(AngabeForm):
    """From when to when nobody may learn the address, and why."""

    werte_felder = ("art", "grund")

    art = forms.ChoiceField(label="Art", choices=[("", "Bitte wählen"), *Sperrart.choices])
    grund = forms.CharField(
        label="Grund",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wird verschlüsselt gespeichert; nur, was für den Schutz nötig ist.",
    )

    layout = ("art", "grund", _ZEITRAUM)


class BankverbindungForm(AngabeForm):
    """An account; the number is held against the check procedure of its bank."""

    werte_felder = ("iban", "kontoinhaber", "beleg_geprueft")

    iban = IbanField(label="IBAN")
    kontoinhaber = forms.CharField(
        label="Kontoinhaberin oder Kontoinhaber",
        max_length=200,
        help_text="Wie bei der Bank geführt.",
    )
    beleg_geprueft = forms.BooleanField(
        label="Ich habe die IBAN mit Bankkarte oder Kontoauszug verglichen", required=False
    )

    layout = ("iban", "kontoinhaber", "beleg_geprueft", _ZEITRAUM)

    def clean(self) -> dict[str, Any]:
        """Doubt an account number that its bank would not give, until it was compared."""
        data = super().clean()
        iban = data.get("iban")
        if iban and not data.get("beleg_geprueft") and not konto_passt(iban):
            self.add_error(
                "iban",
                "Die Kontonummer passt nicht zum Prüfverfahren dieser Bank. Bitte vergleichen Sie "
                "die IBAN mit Bankkarte oder Kontoauszug und bestätigen Sie das unten.",
            )
        return data


class KrankenversicherungForm(UnbekanntForm):
    """Krankenkasse and number of the insured."""

    werte_felder = ("krankenkasse", "versichertennummer")
    wertfeld = "krankenkasse"

    krankenkasse = forms.CharField(label="Krankenkasse", max_length=200, required=False)
    versichertennummer = VersichertennummerField(
        label="Versichertennummer", required=False, help_text="z. B. A123456780, auf der Karte"
    )

    layout = ("krankenkasse", "versichertennummer", "unbekannt_grund", _ZEITRAUM)

    def clean(self) -> dict[str, Any]:
        """Refuse a number without the Krankenkasse that gave it."""
        data = super().clean()
        if data.get("unbekannt_grund") and data.get("versichertennummer"):
            self.add_error("krankenkasse", "Zur Nummer fehlt die Krankenkasse.")
        return data


class PflegeeinstufungForm(UnbekanntForm):
    """Pflegestufe to 2016, Pflegegrad from 2017."""

    werte_felder = ("stand",)
    wertfeld = "stand"

    stand = forms.ChoiceField(
        label="Pflegegrad oder Pflegestufe",
        required=False,
        choices=[("", "Bitte wählen"), *Pflegestand.choices],
        help_text="Bis 31.12.2016 Pflegestufe, danach Pflegegrad (§ 140 Abs. 2 SGB XI).",
    )

    layout = ("stand", "unbekannt_grund", _ZEITRAUM)

    def clean(self) -> dict[str, Any]:
        """Hold the kind of the finding against its days."""
        data = super().clean()
        stand, ab, bis = data.get("stand") or "", data.get("gueltig_ab"), data.get("gueltig_bis")
        if stand.startswith("grad") and ab and ab < ERSTER_PFLEGEGRAD:
            self.add_error("gueltig_ab", "Pflegegrade gibt es erst seit dem 01.01.2017.")
        stufe = stand.startswith("stufe") or stand == Pflegestand.HAERTEFALL
        if stufe and "gueltig_bis" not in self.errors and (bis or date.max) >= ERSTER_PFLEGEGRAD:
            self.add_error(
                "gueltig_bis",
                "Pflegestufen galten bis zum 31.12.2016. Bitte tragen Sie ein Ende ein und den "
                "Pflegegrad als eigene Angabe.",
            )
        return data


class SchwerbehinderungForm(UnbekanntForm):
    """Grad der Behinderung, Merkzeichen, Ausweis."""

    werte_felder = ("gdb", "merkzeichen", "gleichgestellt", "ausweis_bis")
    wertfeld = "gdb"

    gdb = forms.TypedChoiceField(
        label="Grad der Behinderung (GdB)",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Bitte wählen"), ("0", "kein GdB festgestellt"), *((n, n) for n in GRADE)],
    )
    merkzeichen = forms.MultipleChoiceField(
        label="Merkzeichen",
        required=False,
        choices=Merkzeichen.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    gleichgestellt = forms.BooleanField(
        label="Schwerbehinderten Menschen gleichgestellt",
        required=False,
        help_text="Nur bei GdB 30 oder 40 (§ 2 Abs. 3 SGB IX); für die Teilhabe am Arbeitsleben.",
    )
    ausweis_bis = DatumField(
        label="Ausweis gültig bis", required=False, help_text="Leer: unbefristet oder ohne Ausweis."
    )

    layout = ("gdb", "unbekannt_grund", "merkzeichen", "gleichgestellt", "ausweis_bis", _ZEITRAUM)

    def clean(self) -> dict[str, Any]:
        """Hold Ausweis and Gleichstellung against the degree."""
        data = super().clean()
        gdb = data.get("gdb") or 0
        if gdb < _SCHWERBEHINDERT_AB:
            text = "Das gibt es erst ab einem GdB von 50 (§ 152 Abs. 5 SGB IX)."
            for name in ("merkzeichen", "ausweis_bis"):
                if data.get(name):
                    self.add_error(name, text)
        if data.get("gleichgestellt") and gdb not in _GLEICHSTELLUNG:
            self.add_error("gleichgestellt", "Eine Gleichstellung gibt es bei GdB 30 oder 40.")
        ab, ausweis = data.get("gueltig_ab"), data.get("ausweis_bis")
        if ab and ausweis and ausweis < ab:
            self.add_error("ausweis_bis", "Der Ausweis endet vor dem Beginn der Feststellung.")
        return data


class HilfebedarfseinstufungForm(UnbekanntForm):
    """The Hilfebedarfsgruppe."""

    werte_felder = ("hilfebedarfsgruppe",)
    wertfeld = "hilfebedarfsgruppe"

    hilfebedarfsgruppe = forms.TypedChoiceField(
        label="Hilfebedarfsgruppe",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Bitte wählen"), *((n, n) for n in range(1, 6))],
        help_text="Ergebnis des Fachdienstes (HMB-W).",
    )

    layout = ("hilfebedarfsgruppe", "unbekannt_grund", _ZEITRAUM)


class WohnsituationForm(UnbekanntForm):
    """The Wohnform."""

    werte_felder = ("wohnform",)
    wertfeld = "wohnform"

    wohnform = forms.ChoiceField(
        label="Wohnform", required=False, choices=[("", "Bitte wählen"), *Wohnform.choices]
    )

    layout = ("wohnform", "unbekannt_grund", _ZEITRAUM)
