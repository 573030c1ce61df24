"""Profiles of files: which heading fills which field, what words mean, what holds if empty."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.austausch.forms.austausch import scan_table
from cases.austausch.queries.austausch import EINFACH, SPALTE, VORGABE, VORGEBBAR
from cases.austausch.queries.lernen import ALLE_NAMEN
from cases.austausch.queries.woerter import words_of_text
from cases.dateien.aufruf import read_table_apart
from cases.dateien.grenzen import MIB, Ablehnung, Tabelle, Tabellengrenzen, Tabellenwunsch
from cases.dateien.name import clean_name
from cases.forms.basis import BasisForm
from cases.forms.dateien import ZuGross
from cases.forms.stand import StandForm
from cases.states.austausch import FELDER, Datumsform


class ImportprofilForm(StandForm):
    """Which heading fills which field, and what holds where a cell is empty."""

    name = forms.CharField(label="Name des Profils", max_length=100)
    herkunft = forms.CharField(
        label="Herkunft der Daten",
        max_length=200,
        required=False,
        help_text="Zum Beispiel das bisherige Verfahren und die Auswertung, aus der die Datei ist.",
    )
    datumsform = forms.ChoiceField(label="Schreibweise von Tagen", choices=Datumsform.choices)
    aktiv = forms.BooleanField(label="Beim Hochladen anbieten", required=False, initial=True)
    blatt = forms.CharField(
        label="Tabellenblatt",
        max_length=100,
        required=False,
        help_text="Nur bei mehreren Blättern; leer: das Blatt mit den Überschriften.",
    )
    kopfzeile = forms.IntegerField(
        label="Zeile mit den Überschriften",
        required=False,
        min_value=1,
        max_value=500,
        help_text="Leer: Fallwerk sucht sie unter den ersten Zeilen.",
    )
    plz_nullen = forms.BooleanField(
        label="Fehlende Null vor der Postleitzahl ergänzen",
        required=False,
        help_text="Für Dateien, in denen „1067“ Dresden meint. Nicht ankreuzen, wenn Anschriften "
        "aus Österreich oder der Schweiz ohne Land darin stehen.",
    )
    woerter = forms.CharField(
        label="Wörter der Datei",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Je Zeile ein Wort, zum Beispiel „Zustand: lfd. = Leistung läuft“ oder "
        "„Anrede: Fr. = Frau“. Was hier fehlt, ordnet die Leitung beim Prüfen zu.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for feld in FELDER.values():
            pflicht = feld.pflicht and feld.schluessel not in VORGEBBAR
            self.fields[SPALTE + feld.schluessel] = forms.CharField(
                label=f"Spalte für „{feld.titel}“",
                max_length=100,
                required=pflicht,
                help_text=feld.erklaerung,
                error_messages={"required": "Ohne diese Spalte lässt sich kein Fall übernehmen."},
            )
            if feld.schluessel in VORGEBBAR:
                self.fields[VORGABE + feld.schluessel] = forms.CharField(
                    label=f"Vorgabe für „{feld.titel}“",
                    max_length=200,
                    required=False,
                    help_text="Gilt, wo die Zelle leer ist.",
                )
        self.layout = (  # depends on the list of fields
            Fieldset(
                "Profil",
                "name",
                "herkunft",
                Row(Column("datumsform"), Column("aktiv")),
                Row(Column("blatt"), Column("kopfzeile")),
                "plz_nullen",
            ),
            Fieldset("Wörter", "woerter"),
            Fieldset("Spalten", *[self._zeile(feld) for feld in FELDER]),
        )

    @staticmethod
    def _zeile(feld: str) -> Any:
        if feld in VORGEBBAR:
            return Row(Column(SPALTE + feld), Column(VORGABE + feld))
        return SPALTE + feld

    def clean_woerter(self) -> dict[str, dict[str, str]]:
        """Read the words line by line; every wrong line is named."""
        woerter, fehler = words_of_text(self.cleaned_data["woerter"])
        if fehler:
            raise forms.ValidationError(fehler)
        return woerter

    def clean(self) -> dict[str, Any]:
        """Refuse one heading for two fields, and fields that nothing fills."""
        data = super().clean() or self.cleaned_data
        gesehen: dict[str, str] = {}
        for feld in FELDER.values():
            spalte = str(data.get(SPALTE + feld.schluessel) or "").casefold()
            if spalte and spalte in gesehen:
                self.add_error(
                    SPALTE + feld.schluessel,
                    f"Diese Spalte füllt schon „{gesehen[spalte]}“.",
                )
            gesehen.setdefault(spalte, feld.titel)
            vorgabe = data.get(VORGABE + feld.schluessel)
            if feld.pflicht and feld.schluessel in VORGEBBAR and not spalte and not vorgabe:
                self.add_error(
                    SPALTE + feld.schluessel, "Bitte eine Spalte oder eine Vorgabe angeben."
                )
        return data

    def werte(self) -> dict[str, Any]:
        """Return the profile as the service takes it."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in EINFACH},
            "woerter": data["woerter"],
            "zuordnung": {f: data[SPALTE + f] for f in FELDER if data.get(SPALTE + f)},
            "vorgaben": {f: data[VORGABE + f] for f in VORGEBBAR if data.get(VORGABE + f)},
        }


class LernForm(BasisForm):
    """A file as the old system writes it, from which the profile is learned."""

    name = forms.CharField(label="Name des Profils", max_length=100)
    datei = forms.FileField(
        label="Beispiel einer Datei",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        help_text="CSV oder XLSX, höchstens 10 MB. Gelesen werden die Überschriften und wie Tage "
        "und Postleitzahlen geschrieben sind; behalten wird kein Inhalt.",
    )
    layout = ("name", "datei")
    absenden = "Profil vorschlagen"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tabelle: Tabelle | None = None

    def clean_datei(self) -> str:
        """Read the table by the headings that old systems use."""
        datei = self.cleaned_data["datei"]
        try:
            if isinstance(datei, ZuGross):
                raise Ablehnung(f"Die Datei ist größer als {Tabellengrenzen.byte // MIB} MB.")
            inhalt = datei.read()
            scan_table(inhalt)
            self.tabelle = read_table_apart(inhalt, wunsch=Tabellenwunsch(kopf=ALLE_NAMEN))
        except Ablehnung as error:
            raise forms.ValidationError(str(error)) from None
        return clean_name(datei.name or "")

    def gelesen(self) -> Tabelle:
        """Return the table of a valid form."""
        if self.tabelle is None:
            raise ValueError("Die Datei ist nicht gelesen.")
        return self.tabelle
