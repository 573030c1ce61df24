"""Import of existing cases: profile, upload, and the check of one row of the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.conf import settings

from cases.austausch.queries import (
    SPALTE,
    VORGABE,
    VORGEBBAR,
    fallmanager_names,
    own_teams,
    profile,
)
from cases.dateien.clamav import NichtErreichbar, scan
from cases.dateien.grenzen import MIB, Ablehnung
from cases.dateien.name import clean_name
from cases.dateien.tabelle import Tabelle, Tabellengrenzen, read_table
from cases.forms.basis import BasisForm
from cases.forms.dateien import ZuGross
from cases.forms.felder import DatumField, EuroField, IbanField, PlzField
from cases.forms.stand import StandForm
from cases.models import Anrede, Behinderungsart, Importprofil, Importstapel, Team
from cases.states.austausch import (
    DATUMSFELDER,
    FELDER,
    IMPORTZUSTAENDE,
    PFLICHTFELDER,
    Datumsform,
)
from cases.states.fall import Fallzustand
from recht.rechtsstand import DECKUNG_VON

Pruefer = Callable[[dict[str, str]], tuple[dict[str, Any], dict[str, list[str]]]]
_FORMATE = {
    Datumsform.SCHRAEG: "%d/%m/%Y",
    Datumsform.AMERIKANISCH: "%m/%d/%Y",
    Datumsform.KOMPAKT: "%Y%m%d",
}


class WortField(forms.Field):
    """A cell whose word is one of a list; label or key, in any case."""

    def __init__(self, *, worte: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.worte = worte

    def to_python(self, value: Any) -> Any:
        """Return what the word stands for."""
        text = " ".join(str(value or "").split()).casefold()
        if not text:
            return None
        if text not in self.worte:
            erlaubt = ", ".join(dict.fromkeys(f"„{w}“" for w in self.worte if "_" not in w))
            raise forms.ValidationError(f"„{value}“ ist nicht bekannt. Möglich sind: {erlaubt}.")
        return self.worte[text]


def _worte(choices: Any) -> dict[str, Any]:
    return {str(wort).casefold(): wert for wert, label in choices for wort in (label, wert)}


class ZeileForm(forms.Form):
    """One row: the same fields and messages as when somebody types it in."""

    aktenzeichen = forms.CharField(max_length=30)
    anrede = WortField(worte=_worte(Anrede.choices), required=False)
    vorname = forms.CharField(max_length=100)
    nachname = forms.CharField(max_length=100)
    geburtsdatum = DatumField()
    zusatz = forms.CharField(max_length=100, required=False)
    strasse = forms.CharField(max_length=200)
    plz = PlzField()
    ort = forms.CharField(max_length=100)
    telefon = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(max_length=254, required=False)
    iban = IbanField(required=False)
    kontoinhaber = forms.CharField(max_length=200, required=False)
    behinderungsart = WortField(worte=_worte(Behinderungsart.choices), required=False)
    fallmanagement = forms.CharField(max_length=254)
    team = forms.CharField(max_length=100, required=False)
    zustand = WortField(worte=_worte(Fallzustand.choices))
    eroeffnet_am = DatumField(fruehestens=DECKUNG_VON)
    antrag_am = DatumField(required=False, fruehestens=DECKUNG_VON)
    begehren = forms.CharField(max_length=1000, required=False)
    budget = WortField(worte={"ja": True, "nein": False, "x": True}, required=False)
    beendet_am = DatumField(required=False, fruehestens=DECKUNG_VON)
    wiedervorlage_am = DatumField(required=False)
    wiedervorlage = forms.CharField(max_length=200, required=False)
    betrag = EuroField(required=False)

    def __init__(
        self,
        data: dict[str, str],
        *,
        stichtag: date,
        teamnamen: set[str],
        personen: dict[str, int],
    ) -> None:
        super().__init__(data)
        self.stichtag, self.teamnamen, self.personen = stichtag, teamnamen, personen
        for field in self.fields.values():
            field.error_messages["required"] = "Diese Angabe fehlt."

    def _past(self, name: str) -> date | None:
        tag: date | None = self.cleaned_data[name]
        if tag is not None and tag > self.stichtag:
            raise forms.ValidationError(f"Der {tag:%d.%m.%Y} liegt in der Zukunft.")
        return tag

    def clean_geburtsdatum(self) -> date | None:
        """Refuse a birth date in the future or more than 120 years ago."""
        tag = self._past("geburtsdatum")
        if tag is not None and tag.year < self.stichtag.year - 120:
            raise forms.ValidationError("Das Geburtsdatum liegt mehr als 120 Jahre zurück.")
        return tag

    def clean_eroeffnet_am(self) -> date | None:
        """Refuse a day in the future."""
        return self._past("eroeffnet_am")

    def clean_antrag_am(self) -> date | None:
        """Refuse a day in the future."""
        return self._past("antrag_am")

    def clean_beendet_am(self) -> date | None:
        """Refuse a day in the future."""
        return self._past("beendet_am")

    def clean_wiedervorlage_am(self) -> date | None:
        """Refuse a day that has passed: a reminder of it would never come."""
        tag: date | None = self.cleaned_data["wiedervorlage_am"]
        if tag is not None and tag < self.stichtag:
            raise forms.ValidationError(f"Der {tag:%d.%m.%Y} ist schon vorbei.")
        return tag

    def clean_zustand(self) -> str:
        """Refuse states that need papers which a row cannot carry."""
        zustand = str(self.cleaned_data["zustand"])
        if zustand not in IMPORTZUSTAENDE:
            raise forms.ValidationError(
                f"„{Fallzustand(zustand).label}“ lässt sich nicht übernehmen, weil die Unterlagen "
                "dieses Schritts fehlen. Bitte den letzten Schritt davor angeben, zum Beispiel "
                "„zuständig“, oder „Leistung läuft“."
            )
        return zustand

    def clean_team(self) -> str:
        """Refuse rows of another team."""
        wort = str(self.cleaned_data["team"])
        if wort and wort.casefold() not in self.teamnamen:
            raise forms.ValidationError(f"„{wort}“ ist nicht das Team dieses Stapels.")
        return wort

    def clean_fallmanagement(self) -> int:
        """Return the account that a word names."""
        wort = " ".join(str(self.cleaned_data["fallmanagement"]).split())
        pk = self.personen.get(wort.casefold())
        if pk is None:
            raise forms.ValidationError(
                f"„{wort}“ ist kein eindeutiger Name eines aktiven Kontos im Team."
            )
        return pk

    def clean(self) -> dict[str, Any]:
        """Hold the days against each other."""
        data = super().clean() or self.cleaned_data
        geboren, eroeffnet = data.get("geburtsdatum"), data.get("eroeffnet_am")
        ende, beendet = data.get("beendet_am"), data.get("zustand") == Fallzustand.BEENDET
        if geboren and eroeffnet and eroeffnet < geboren:
            self.add_error("eroeffnet_am", f"Der Tag liegt vor der Geburt ({geboren:%d.%m.%Y}).")
        antrag = data.get("antrag_am")
        if geboren and antrag and antrag < geboren:
            self.add_error("antrag_am", f"Der Tag liegt vor der Geburt ({geboren:%d.%m.%Y}).")
        if eroeffnet and ende and ende < eroeffnet:
            self.add_error("beendet_am", f"Das Ende liegt vor dem {eroeffnet:%d.%m.%Y}.")
        if beendet and ende is None and "beendet_am" not in self.errors:
            self.add_error("beendet_am", "Bei einem beendeten Fall fehlt der Tag des Endes.")
        if ende and data.get("zustand") and not beendet:
            self.add_error(
                "beendet_am", "Der Fall ist nicht beendet, hat aber einen Tag des Endes."
            )
        return data


def pruefer_of(stapel: Importstapel, stichtag: date) -> Pruefer:
    """Return what checks the cells of a row of this batch; two queries for all rows."""
    team, profil = stapel.team, stapel.profil
    teamnamen = {w.casefold() for w in (team.name, team.kuerzel) if w}
    personen = fallmanager_names(team)

    def pruefe(zellen: dict[str, str]) -> tuple[dict[str, Any], dict[str, list[str]]]:
        data = {name: zellen.get(name) or profil.vorgaben.get(name, "") for name in FELDER}
        for name in DATUMSFELDER:
            data[name] = _day(data[name], profil.datumsform)
        form = ZeileForm(data, stichtag=stichtag, teamnamen=teamnamen, personen=personen)
        if form.is_valid():
            return {name: _as_json(wert) for name, wert in form.cleaned_data.items()}, {}
        return {}, {name: [str(t) for t in texte] for name, texte in form.errors.items()}

    return pruefe


def _day(text: str, form: str) -> str:
    """Return a day of another way of writing as ISO; a wrong one stays for the message."""
    if not text or form not in _FORMATE:
        return text
    try:
        tag = datetime.strptime(text, _FORMATE[Datumsform(form)])  # noqa: DTZ007 - a day
        return tag.date().isoformat()
    except ValueError:
        return text


def _as_json(wert: Any) -> Any:
    if isinstance(wert, date):
        return wert.isoformat()
    return str(wert) if isinstance(wert, Decimal) else wert


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
        self.layout = (  # type: ignore[misc]  # depends on the list of fields
            Fieldset("Profil", "name", "herkunft", Row(Column("datumsform"), Column("aktiv"))),
            Fieldset("Spalten", *[self._zeile(feld) for feld in FELDER]),
        )

    @staticmethod
    def _zeile(feld: str) -> Any:
        if feld in VORGEBBAR:
            return Row(Column(SPALTE + feld), Column(VORGABE + feld))
        return SPALTE + feld

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
            **{name: data[name] for name in ("name", "herkunft", "datumsform", "aktiv")},
            "zuordnung": {f: data[SPALTE + f] for f in FELDER if data.get(SPALTE + f)},
            "vorgaben": {f: data[VORGABE + f] for f in VORGEBBAR if data.get(VORGABE + f)},
        }


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
    soll_zeilen = forms.IntegerField(label="Zahl der Fälle", required=False, min_value=0)
    soll_personen = forms.IntegerField(label="Zahl der Personen", required=False, min_value=0)
    soll_laufend = forms.IntegerField(label="Zahl der laufenden Fälle", required=False, min_value=0)
    soll_betrag = EuroField(label="Summe der Beträge monatlich", required=False)
    layout = (
        Fieldset("Datei", "datei", Row(Column("profil"), Column("team"))),
        Fieldset(
            "Kontrollsummen aus dem bisherigen Verfahren (freiwillig)",
            Row(Column("soll_zeilen"), Column("soll_personen")),
            Row(Column("soll_laufend"), Column("soll_betrag")),
        ),
    )
    absenden = "Datei prüfen"

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profil"].queryset = profile(nur_aktive=True)  # type: ignore[attr-defined]
        self.fields["team"].queryset = own_teams(user)  # type: ignore[attr-defined]
        self.tabelle: Tabelle | None = None
        self.inhalt = b""

    def clean_datei(self) -> str:
        """Read the table; keep its rows and return its shown name."""
        datei = self.cleaned_data["datei"]
        try:
            if isinstance(datei, ZuGross):
                raise Ablehnung(f"Die Datei ist größer als {Tabellengrenzen.byte // MIB} MB.")
            self.inhalt = datei.read()
            _scan(self.inhalt)
            self.tabelle = read_table(self.inhalt)
        except Ablehnung as error:
            raise forms.ValidationError(str(error)) from None
        return clean_name(datei.name or "")

    def clean(self) -> dict[str, Any]:
        """Name all columns that the profile needs and the file does not have."""
        data = super().clean() or self.cleaned_data
        profil = data.get("profil")
        if self.tabelle is None or profil is None:
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
        return {name: _as_json(wert) for name, wert in werte.items() if wert is not None}


def _scan(data: bytes) -> None:
    """Refuse malware where a scanner is set up; without one only cells are ever read."""
    if not settings.CLAMD:
        return
    try:
        fund = scan(data, settings.CLAMD).fund
    except NichtErreichbar:
        return
    if fund:
        raise Ablehnung(f"Die Datei enthält Schadsoftware ({fund}) und wird nicht angenommen.")
