"""A profile learned from a sample: which heading means which field, how days are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cases.austausch.queries.lesart import key_of
from cases.dateien.grenzen import Tabelle
from cases.states.austausch import DATUMSFELDER, FELDER, Datumsform

# What old systems call the fields beside the names of the template; from exports of social offices.
_NAMEN: dict[str, tuple[str, ...]] = {
    "aktenzeichen": ("az", "akte", "aktennummer", "geschäftszeichen", "fallnummer", "fall-nr"),
    "anrede": ("geschlecht/anrede", "anredekennung"),
    "vorname": ("vornamen", "rufname"),
    "nachname": ("name", "familienname", "zuname"),
    "geburtsdatum": ("geb.-datum", "geb-datum", "geboren", "geboren am", "gebdat", "geb.dat."),
    "zusatz": ("adresszusatz", "zusatz", "c/o"),
    "strasse": ("straße", "strasse", "str.", "straße/nr", "anschrift"),
    "plz": ("plz", "postleitz."),
    "ort": ("wohnort", "stadt"),
    "land": ("staat", "länderkennzeichen"),
    "telefon": ("tel", "tel.", "telefonnummer", "rufnummer"),
    "email": ("email", "mail", "e-mail-adresse"),
    "iban": ("kontonummer (iban)", "bankverbindung"),
    "kontoinhaber": ("kontoinhaberin", "konto-inhaber"),
    "behinderungsart": ("behinderung", "art der behinderung"),
    "fallmanagement": ("sachbearbeiter", "sachbearbeitung", "sb", "bearbeiter", "fallmanager"),
    "team": ("sachgebiet", "organisationseinheit"),
    "zustand": ("status", "fallstatus", "stand", "bearbeitungsstand"),
    "eroeffnet_am": ("beginn", "fallbeginn", "angelegt am", "eröffnet", "hilfebeginn"),
    "antrag_am": ("antragsdatum", "antrag vom", "antragseingang", "eingang"),
    "begehren": ("hilfeart", "leistung", "maßnahme", "antrag auf"),
    "budget": ("pb", "pers. budget"),
    "beendet_am": ("ende", "fallende", "beendet", "hilfeende"),
    "wiedervorlage_am": ("wv", "wv-datum", "wiedervorlage"),
    "wiedervorlage": ("wv-grund", "wv-text"),
    "betrag": ("monatsbetrag", "betrag", "betrag mtl.", "kosten monatlich"),
}
ALLE_NAMEN = tuple(
    name for feld in FELDER.values() for name in (feld.titel, *_NAMEN.get(feld.schluessel, ()))
)
# Words that mean the same in every old system; all others are asked for.
_WOERTER: dict[str, dict[str, str]] = {
    "zustand": {
        "lfd": "leistung_laeuft",
        "lfd.": "leistung_laeuft",
        "laufend": "leistung_laeuft",
        "aktiv": "leistung_laeuft",
        "bewilligt": "leistung_laeuft",
        "beendet": "beendet",
        "abgeschlossen": "beendet",
        "eingestellt": "beendet",
        "antrag": "antrag_eingegangen",
        "beantragt": "antrag_eingegangen",
    },
    "anrede": {"fr.": "frau", "w": "frau", "hr.": "herr", "m": "herr", "d": "ohne"},
    "behinderungsart": {
        "k": "koerperlich",
        "g": "geistig",
        "s": "seelisch",
        "gb": "geistig",
        "kb": "koerperlich",
        "sb": "seelisch",
        "psychisch": "seelisch",
    },
    "budget": {"j": "ja", "n": "nein", "1": "ja", "0": "nein", "y": "ja"},
}
# So many rows of the sample tell enough.
_PROBE = 2_000


def profile_of(tabelle: Tabelle) -> dict[str, Any]:
    """Return what a sample tells of its profile, as the columns of one.

    Words of the file stand in it as far as old systems use them everywhere in one sense.
    """
    zuordnung = _headings(tabelle.kopf)
    spalten = {feld: tabelle.kopf.index(name) for feld, name in zuordnung.items()}
    zeilen = [zellen for _, zellen in tabelle.zeilen[:_PROBE]]
    return {
        "zuordnung": zuordnung,
        "datumsform": _way_of_days([z for f in DATUMSFELDER for z in _column(f, zeilen, spalten)]),
        "plz_nullen": _lost_zeros(_column("plz", zeilen, spalten), "land" in spalten),
        "woerter": _words(zeilen, spalten),
    }


def _words(zeilen: Sequence[Sequence[str]], spalten: dict[str, int]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for feld, bekannt in _WOERTER.items():
        da = {key_of(zelle) for zelle in _column(feld, zeilen, spalten)}
        if treffer := {wort: bekannt[wort] for wort in sorted(da & bekannt.keys())}:
            found[feld] = treffer
    return found


def _headings(kopf: Sequence[str]) -> dict[str, str]:
    """Return which heading fills which field: by the name of the template, then by other names."""
    da = {_plain(name): name for name in kopf if name}
    found: dict[str, str] = {}
    for feld in FELDER.values():
        for name in (feld.titel, *_NAMEN.get(feld.schluessel, ())):
            treffer = da.get(_plain(name))
            if treffer and treffer not in found.values():
                found[feld.schluessel] = treffer
                break
    return found


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", key_of(name).replace("ß", "ss"))


def _column(feld: str, zeilen: Sequence[Sequence[str]], spalten: dict[str, int]) -> list[str]:
    return [z[spalten[feld]] for z in zeilen if z[spalten[feld]]] if feld in spalten else []


def _way_of_days(tage: Sequence[str]) -> str:
    """Return how the sample writes days; with slashes the part above twelve tells the order."""
    if any(re.fullmatch(r"\d{8}|\d{6}", tag) for tag in tage):
        return Datumsform.KOMPAKT
    teile = [tag.split("/") for tag in tage if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2,4}", tag)]
    if not teile:
        return Datumsform.DEUTSCH
    return Datumsform.AMERIKANISCH if any(int(t[1]) > 12 for t in teile) else Datumsform.SCHRAEG


def _lost_zeros(plz: Sequence[str], mit_land: bool) -> bool:
    """Tell whether codes have lost their zero: some have four figures, none begins with zero."""
    vier = any(re.fullmatch(r"\d{4}", code) for code in plz)
    return vier and not mit_land and not any(code.startswith("0") for code in plz)
