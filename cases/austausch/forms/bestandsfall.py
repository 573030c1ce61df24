"""The check of one row of an old file: the same fields and messages as when it is typed in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from cases.austausch.queries.austausch import Befund, fallmanager_names
from cases.austausch.queries.lesart import read_cells
from cases.austausch.queries.woerter import words_of_stapel
from cases.forms.felder import (
    DatumField,
    EuroField,
    GeburtsdatumField,
    IbanField,
    genauigkeit_of,
)
from cases.forms.wort import LandField, WortField, words_of
from cases.models import Anrede, Anschriftart, Behinderungsart, Importstapel
from cases.states.austausch import FELDER, IMPORTZUSTAENDE
from cases.states.fall import Fallzustand
from recht.anschrift import Anschriftart as Art
from recht.anschrift import Anschriftwert, check_anschrift, check_plz
from recht.fehler import EingabeUngueltig
from recht.laender import DEUTSCHLAND
from recht.rechtsstand import DECKUNG_VON

Pruefer = Callable[[dict[str, str]], Befund]
_POSTFACH = re.compile(
    r"(?:Postfach|PF|P\.? ?O\.? ?Box)(?:[- ]?Nr)?[.:]?\s*(\d[\d ]*)", re.IGNORECASE
)
# What old systems write instead of a street, for whoever has no home.
_OHNE_WOHNSITZ = frozenset(
    {"ofw", "ohnefestenwohnsitz", "ohnefestewohnung", "ohnewohnsitz", "obdachlos", "wohnungslos"}
)
_KEINE_STRASSE = frozenset(
    {"", "x", "xx", "xxx", "nn", "na", "unbekannt", "unbek", "nichtbekannt", "keine", "postfach"}
)


# In a table there is nothing to choose above or below.
_FEHLT = {
    "plz": "Diese Angabe fehlt.",
    "ort": "Diese Angabe fehlt.",
    "strasse": (
        "Diese Angabe fehlt. Bitte schreiben Sie Straße und Hausnummer, „Postfach“ mit der Nummer "
        "oder „ohne festen Wohnsitz“."
    ),
    "zusatz": (
        "Die Person ist ohne festen Wohnsitz. Bitte schreiben Sie hier, wo Post sie erreicht, zum "
        "Beispiel „c/o Fachberatungsstelle“, und daneben die Anschrift dieser Stelle."
    ),
}


class ZeileForm(forms.Form):
    """One row: the same fields and messages as when somebody types it in."""

    aktenzeichen = forms.CharField(max_length=30)
    anrede = WortField(worte=words_of(Anrede.choices), angebot=tuple(Anrede.labels), required=False)
    vorname = forms.CharField(max_length=100, required=False)
    nachname = forms.CharField(max_length=100)
    geburtsdatum = GeburtsdatumField()
    zusatz = forms.CharField(max_length=100, required=False)
    strasse = forms.CharField(max_length=200, required=False)
    plz = forms.CharField(max_length=12, required=False)
    ort = forms.CharField(max_length=100)
    land = LandField(required=False)
    telefon = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(max_length=254, required=False)
    iban = IbanField(required=False)
    kontoinhaber = forms.CharField(max_length=200, required=False)
    behinderungsart = WortField(
        worte=words_of(Behinderungsart.choices),
        angebot=tuple(Behinderungsart.labels),
        required=False,
    )
    fallmanagement = forms.CharField(max_length=254)
    team = forms.CharField(max_length=100, required=False)
    # The message offers only what can be taken over.
    zustand = WortField(
        worte=words_of(Fallzustand.choices), angebot=tuple(z.label for z in IMPORTZUSTAENDE)
    )
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
        *,
        stichtag: date,
        teamnamen: set[str],
        personen: dict[str, int],
    ) -> None:
        super().__init__({})
        self.stichtag, self.teamnamen, self.personen = stichtag, teamnamen, personen
        for field in self.fields.values():
            field.error_messages["required"] = "Diese Angabe fehlt."

    def check_row(self, data: dict[str, str]) -> dict[str, list[str]]:
        """Read the cells of the next row; return the messages by field, none when it is good.

        The fields are made once for a file: making them costs more than reading a row.
        """
        self.data = data
        self.full_clean()
        return {name: [str(text) for text in texte] for name, texte in self.errors.items()}

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
        self._clean_anschrift(data)
        data["geburt_genau"] = genauigkeit_of(self.data.get("geburtsdatum"))
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

    def _clean_anschrift(self, data: dict[str, Any]) -> None:
        """Read the address as the forms do: code of its country, Postfach or no home as such."""
        strasse, art = _read_strasse(str(data.get("strasse") or ""))
        data["strasse"], data["anschriftart"] = strasse, art
        land = data.get("land") or DEUTSCHLAND
        if data.get("plz"):
            try:
                data["plz"] = check_plz(str(data["plz"]), land)
            except EingabeUngueltig as error:
                self.add_error("plz", str(error))
        wert = Anschriftwert(
            ort=data.get("ort") or "",
            plz=data.get("plz") or "",
            strasse=strasse,
            zusatz=data.get("zusatz") or "",
            land=land,
            art=Art(art),
        )
        for feld, text in check_anschrift(wert).items():
            # A fault of the cell itself has been told, and an unknown country hides the rule.
            if feld not in self.errors and "land" not in self.errors:
                self.add_error(feld, _FEHLT.get(feld, text))


def _read_strasse(text: str) -> tuple[str, Anschriftart]:
    """Return the street of a cell and what kind of address it means."""
    kern = re.sub(r"[\W_]+", "", text.casefold())
    if kern in _OHNE_WOHNSITZ:
        return "", Anschriftart.OHNE_WOHNSITZ
    if postfach := _POSTFACH.fullmatch(text.strip()):
        return postfach[1].strip(), Anschriftart.POSTFACH
    return ("" if kern in _KEINE_STRASSE else text), Anschriftart.STRASSE


def pruefer_of(stapel: Importstapel, stichtag: date) -> Pruefer:
    """Return what checks the cells of a row of this batch; two queries for all rows."""
    team, profil = stapel.team, stapel.profil
    teamnamen = {w.casefold() for w in (team.name, team.kuerzel) if w}
    personen = fallmanager_names(team)

    woerter = words_of_stapel(stapel)
    form = ZeileForm(stichtag=stichtag, teamnamen=teamnamen, personen=personen)

    def pruefe(zellen: dict[str, str]) -> Befund:
        data = {name: zellen.get(name) or profil.vorgaben.get(name, "") for name in FELDER}
        lesart = read_cells(
            data,
            datumsform=profil.datumsform,
            woerter=woerter,
            plz_nullen=profil.plz_nullen,
            stichtag=stichtag,
        )
        fehler = form.check_row(lesart.werte) | lesart.fehler
        werte = {name: as_json(wert) for name, wert in form.cleaned_data.items()}
        return Befund({} if fehler else werte, fehler, lesart.hinweise)

    return pruefe


def as_json(wert: Any) -> Any:
    """Return a read value as JSON holds it: days and amounts as text."""
    if isinstance(wert, date):
        return wert.isoformat()
    return str(wert) if isinstance(wert, Decimal) else wert
