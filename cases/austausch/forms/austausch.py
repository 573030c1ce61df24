"""Import of existing cases: the file, and what is decided for all its rows."""

from __future__ import annotations

from typing import Any, cast

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.conf import settings

from cases.austausch.forms.bestandsfall import as_json
from cases.austausch.queries.austausch import own_teams, profile
from cases.austausch.queries.lesart import key_of
from cases.austausch.queries.woerter import choices_of, open_words
from cases.dateien.aufruf import read_table_apart
from cases.dateien.clamav import NichtErreichbar, scan
from cases.dateien.grenzen import MIB, Ablehnung, Tabelle, Tabellengrenzen, Tabellenwunsch
from cases.dateien.name import clean_name
from cases.forms.basis import BasisForm
from cases.forms.dateien import ZuGross
from cases.forms.felder import DatumField, EuroField
from cases.forms.stand import StandForm
from cases.models import Importprofil, Importstapel, Team
from cases.states.austausch import FELDER, PFLICHTFELDER


class WoerterForm(BasisForm):
    """What the words that the file has and the program does not know shall mean."""

    absenden = "Zuordnen und neu prüfen"

    def __init__(self, *args: Any, stapel: Importstapel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._woerter: dict[str, tuple[str, str]] = {}
        for nummer, (feld, wort, zahl) in enumerate(open_words(stapel)):
            name = f"wort_{nummer}"
            self._woerter[name] = (feld, wort)
            zeilen = "1 Zeile" if zahl == 1 else f"{zahl} Zeilen"
            self.fields[name] = forms.ChoiceField(
                label=f"{FELDER[feld].titel}: „{wort}“ ({zeilen})",
                required=False,
                choices=[("", "bleibt ein Fehler"), *choices_of(feld, stapel.team)],
            )

    def woerter(self) -> dict[str, dict[str, str]]:
        """Return what was chosen, by field and word."""
        found: dict[str, dict[str, str]] = {}
        for name, (feld, wort) in self._woerter.items():
            if wert := self.cleaned_data[name]:
                found.setdefault(feld, {})[key_of(wort)] = wert
        return found


class VorlageForm(StandForm):
    """Between which days running cases without a day of their own come before somebody."""

    vorlage_ab = DatumField(
        label="erster Tag", required=False, help_text="Leer: keine Wiedervorlage."
    )
    vorlage_bis = DatumField(
        label="letzter Tag", required=False, help_text="Die Fälle verteilen sich auf die Tage."
    )
    layout = (Row(Column("vorlage_ab"), Column("vorlage_bis")),)


class StapelForm(BasisForm):
    """The file, how to read it, and what the old records say about it."""

    datei = forms.FileField(
        label="Datei",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        help_text="CSV oder XLSX, höchstens 10 MB und 20.000 Zeilen.",
    )
    profil = forms.ModelChoiceField(
        label="Importprofil", queryset=Importprofil.objects.none(), empty_label="Bitte wählen"
    )
    team = forms.ModelChoiceField(
        label="Team", queryset=Team.objects.none(), empty_label="Bitte wählen"
    )
    blatt = forms.CharField(
        label="Tabellenblatt",
        max_length=100,
        required=False,
        help_text="Nur bei mehreren Blättern; leer: das Blatt mit den Überschriften des Profils.",
    )
    kopfzeile = forms.IntegerField(
        label="Zeile mit den Überschriften",
        required=False,
        min_value=1,
        max_value=500,
        help_text="Leer: Fallwerk sucht sie unter den ersten Zeilen.",
    )
    soll_zeilen = forms.IntegerField(
        label="Zahl der Fälle", required=False, min_value=0, max_value=1_000_000
    )
    soll_personen = forms.IntegerField(
        label="Zahl der Personen", required=False, min_value=0, max_value=1_000_000
    )
    soll_laufend = forms.IntegerField(
        label="Zahl der laufenden Fälle", required=False, min_value=0, max_value=1_000_000
    )
    soll_betrag = EuroField(label="Summe der Beträge monatlich", required=False)
    layout = (
        Fieldset(
            "Datei",
            "datei",
            Row(Column("profil"), Column("team")),
            Row(Column("blatt"), Column("kopfzeile")),
        ),
        Fieldset(
            "Kontrollsummen aus dem bisherigen Verfahren (freiwillig)",
            Row(Column("soll_zeilen"), Column("soll_personen")),
            Row(Column("soll_laufend"), Column("soll_betrag")),
        ),
    )
    absenden = "Datei prüfen"

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["profil"]).queryset = profile(nur_aktive=True)
        cast("forms.ModelChoiceField", self.fields["team"]).queryset = own_teams(user)
        self.tabelle: Tabelle | None = None
        self.inhalt = b""

    def clean_datei(self) -> str:
        """Take the bytes of the file and return its shown name."""
        datei = self.cleaned_data["datei"]
        try:
            if isinstance(datei, ZuGross):
                raise Ablehnung(f"Die Datei ist größer als {Tabellengrenzen.byte // MIB} MB.")
            self.inhalt = datei.read()
            scan_table(self.inhalt)
        except Ablehnung as error:
            raise forms.ValidationError(str(error)) from None
        return clean_name(datei.name or "")

    def clean(self) -> dict[str, Any]:
        """Read the table and name all columns that the profile needs and the file does not have."""
        data = super().clean() or self.cleaned_data
        profil = data.get("profil")
        if profil is None or "datei" not in data or "kopfzeile" in self.errors:
            return data
        wunsch = Tabellenwunsch(
            kopf=tuple(profil.zuordnung.values()),
            blatt=data.get("blatt") or profil.blatt,
            kopfzeile=data.get("kopfzeile") or profil.kopfzeile,
        )
        try:
            self.tabelle = read_table_apart(self.inhalt, wunsch=wunsch)
        except Ablehnung as error:
            self.add_error("datei", str(error))
            return data
        vorhanden = {kopf.casefold() for kopf in self.tabelle.kopf}
        fehlend = [
            profil.zuordnung.get(feld, FELDER[feld].titel)
            for feld in PFLICHTFELDER
            if profil.zuordnung.get(feld, "").casefold() not in vorhanden
            and feld not in profil.vorgaben
        ]
        if fehlend:
            namen = ", ".join(f"„{name}“" for name in fehlend)
            self.add_error("datei", f"In der Datei fehlen Spalten, die das Profil nennt: {namen}.")
        return data

    def gelesen(self) -> Tabelle:
        """Return the table of a valid form."""
        if self.tabelle is None:
            raise ValueError("Die Datei ist nicht gelesen.")
        return self.tabelle

    def soll(self) -> dict[str, Any]:
        """Return the control sums that were typed in."""
        namen = ("zeilen", "personen", "laufend", "betrag")
        werte = {name: self.cleaned_data[f"soll_{name}"] for name in namen}
        return {name: as_json(wert) for name, wert in werte.items() if wert is not None}


def scan_table(data: bytes) -> None:
    """Refuse malware where a scanner is set up; without one only cells are ever read."""
    if not settings.CLAMD:
        return
    try:
        fund = scan(data, settings.CLAMD).fund
    except NichtErreichbar:
        return
    if fund:
        raise Ablehnung(f"Die Datei enthält Schadsoftware ({fund}) und wird nicht angenommen.")
