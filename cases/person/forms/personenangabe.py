"""One form for each kind of dated fact of the person."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from crispy_forms.layout import Column, Row
from django import forms

from cases.forms.anschrift import ANSCHRIFT_LAYOUT, ANSCHRIFTFELDER, AnschriftMixin
from cases.forms.felder import DatumField, IbanField, VersichertennummerField
from cases.forms.konto import konto_passt
from cases.forms.stand import StandForm
from cases.models import (
    Anschriftzweck,
    Geschlecht,
    GleichzeitigeLeistung,
    Leistungstraeger,
    Merkzeichen,
    Pflegestand,
    Sperrart,
    Traegerart,
    Unbekanntgrund,
    Versicherungsart,
    Wohnform,
    Zusammenleben,
)
from cases.models.personenangabe import ERSTER_PFLEGEGRAD, GRADE, OHNE_KASSE
from recht.laender import DEUTSCHLAND

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
        if leer and not data.get("unbekannt_grund") and self.is_wert_noetig(data):
            self.add_error(
                self.wertfeld, "Bitte ausfüllen oder angeben, warum es nicht bekannt ist."
            )
        if not leer and data.get("unbekannt_grund"):
            self.add_error(
                "unbekannt_grund", "Der Wert ist eingetragen; „unbekannt“ passt nicht dazu."
            )
        return data

    def is_wert_noetig(self, data: dict[str, Any]) -> bool:
        """Tell whether the other answers leave a value to ask for."""
        return True

    def werte(self) -> dict[str, Any]:
        """Return the values and the reason."""
        return {**super().werte(), "unbekannt_grund": self.cleaned_data["unbekannt_grund"]}


class AnschriftForm(AnschriftMixin, AngabeForm):
    """Where the person lives, or where letters are to go instead."""

    werte_felder = (*ANSCHRIFTFELDER, "verwendung", "gemeindeschluessel")

    verwendung = forms.ChoiceField(
        label="Verwendung",
        required=False,
        choices=Anschriftzweck.choices,
        initial=Anschriftzweck.WOHNUNG,
        help_text="Eine abweichende Anschrift für Post ändert den Wohnort nicht.",
    )
    gemeindeschluessel = forms.RegexField(
        r"^\d{8}$",
        label="Gemeindeschlüssel (AGS)",
        required=False,
        help_text="Acht Ziffern der Wohngemeinde, für die Bundesstatistik (§ 144 Abs. 1 Nr. 1 SGB "
        "IX) und um zu sehen, ob sie in unserem Gebiet liegt (§ 98 Abs. 1 SGB IX).",
        error_messages={"invalid": "Der Schlüssel hat acht Ziffern, zum Beispiel 08111000."},
    )

    layout = ("verwendung", *ANSCHRIFT_LAYOUT, "gemeindeschluessel", _ZEITRAUM)

    def clean_verwendung(self) -> str:
        """Take the home where nothing was chosen."""
        return str(self.cleaned_data["verwendung"] or Anschriftzweck.WOHNUNG)

    def clean(self) -> dict[str, Any]:
        """Ask for what a letter needs; a key of the Gemeinde belongs to a home in Germany."""
        data = super().clean()
        self.clean_anschrift(data)
        if data.get("gemeindeschluessel") and (
            data.get("land") != DEUTSCHLAND or data.get("verwendung") != Anschriftzweck.WOHNUNG
        ):
            self.add_error(
                "gemeindeschluessel", "Einen Schlüssel hat nur eine Wohngemeinde in Deutschland."
            )
        return data


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
        help_text="Wie bei der Bank geführt. Gehört das Konto nicht der Person, gilt es erst, wenn "
        "die Sachgebietsleitung es bestätigt hat.",
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


class TraegerField(forms.ModelChoiceField):
    """An entry of the directory, chosen by its name."""

    def __init__(self, *, art: str, **kwargs: Any) -> None:
        rows = Leistungstraeger.objects.filter(art=art, zusammengefuehrt_in__isnull=True)
        super().__init__(
            queryset=rows.order_by("name"),
            required=False,
            empty_label="nicht im Verzeichnis",
            **kwargs,
        )


class KrankenversicherungForm(UnbekanntForm):
    """Who pays when the person is ill, and the number of the insured."""

    werte_felder = ("art", "kasse", "krankenkasse", "pflegekasse", "versichertennummer")
    wertfeld = "krankenkasse"

    art = forms.ChoiceField(
        label="Art",
        required=False,
        choices=Versicherungsart.choices,
        initial=Versicherungsart.GESETZLICH,
    )
    kasse = TraegerField(
        art=Traegerart.KRANKENKASSE,
        label="Krankenkasse aus dem Verzeichnis",
        help_text="Dann sind Anschrift und Beteiligung schon bekannt.",
    )
    krankenkasse = forms.CharField(
        label="Oder: Name der Krankenkasse oder Versicherung", max_length=200, required=False
    )
    pflegekasse = TraegerField(art=Traegerart.PFLEGEKASSE, label="Pflegekasse aus dem Verzeichnis")
    versichertennummer = VersichertennummerField(
        label="Versichertennummer", required=False, help_text="z. B. A123456780, auf der Karte"
    )

    layout = (
        "art",
        "kasse",
        "krankenkasse",
        "pflegekasse",
        "versichertennummer",
        "unbekannt_grund",
        _ZEITRAUM,
    )

    def clean_art(self) -> str:
        """Take the statutory Kasse where nothing was chosen."""
        return str(self.cleaned_data["art"] or Versicherungsart.GESETZLICH)

    def clean_krankenkasse(self) -> str:
        """Take the name from the directory; of those without a Kasse none is asked."""
        kasse: Leistungstraeger | None = self.cleaned_data.get("kasse")
        return kasse.name if kasse else str(self.cleaned_data["krankenkasse"])

    def is_wert_noetig(self, data: dict[str, Any]) -> bool:
        """Tell whether the art of the insurance has a Kasse at all."""
        return data.get("art") not in OHNE_KASSE

    def clean(self) -> dict[str, Any]:
        """Refuse a number without the Krankenkasse that gave it."""
        data = super().clean()
        genannt = data.get("unbekannt_grund") or data.get("krankenkasse")
        if genannt and not self.is_wert_noetig(data):
            self.add_error("art", "Bei dieser Art gibt es keine Krankenkasse.")
        if data.get("unbekannt_grund") and data.get("versichertennummer"):
            self.add_error("krankenkasse", "Zur Nummer fehlt die Krankenkasse.")
        return data


class StatistikangabeForm(AngabeForm):
    """What the yearly report asks for, and nothing else."""

    werte_felder = ("geschlecht", "zusammenleben", "gleichzeitige_leistungen")

    geschlecht = forms.ChoiceField(
        label="Geschlecht",
        choices=Geschlecht.choices,
        help_text="Wie im Geburtenregister (§ 22 Abs. 3 PStG).",
    )
    zusammenleben = forms.ChoiceField(
        label="Lebt mit anderen Leistungsberechtigten zusammen", choices=Zusammenleben.choices
    )
    gleichzeitige_leistungen = forms.MultipleChoiceField(
        label="Gleichzeitige Leistungen",
        required=False,
        choices=GleichzeitigeLeistung.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leer: noch nicht erfragt.",
    )

    layout = ("geschlecht", "zusammenleben", "gleichzeitige_leistungen", _ZEITRAUM)

    def clean_gleichzeitige_leistungen(self) -> list[str]:
        """Refuse „keine“ beside one of them."""
        gewaehlt = list(self.cleaned_data["gleichzeitige_leistungen"])
        if GleichzeitigeLeistung.KEINE in gewaehlt and len(gewaehlt) > 1:
            raise forms.ValidationError("„keine davon“ passt nicht zu einer anderen Auswahl.")
        return gewaehlt


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
