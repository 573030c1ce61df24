"""How the cells of an old file are read: its days, its lost zeros, its broken letters, its words.

What is certain is put right and said; what could be meant in two ways stays as it is, so that the
check asks for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cases.austausch.queries.altzeichen import has_lost, is_garbled, mended, spoilt
from cases.export.zeichen import clean_text, name_zeichen, unprintable
from cases.states.austausch import DATUMSFELDER, WORTFELDER, Datumsform

Woerter = Mapping[str, Mapping[str, str]]
# So old is nobody whose birth year has two figures only, and so far ahead is no other day.
_ALTER, _VORAUS = 105, 10
_FORMATE = {
    Datumsform.SCHRAEG: ("%d/%m/%Y", "%d/%m/%y"),
    Datumsform.AMERIKANISCH: ("%m/%d/%Y", "%m/%d/%y"),
    Datumsform.KOMPAKT: ("%Y%m%d", "%y%m%d"),
    Datumsform.DEUTSCH: ("%d.%m.%Y", "%d.%m.%y"),
}
_UHRZEIT = re.compile(
    r"(?P<tag>\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2})(?:T|\s+)"
    r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?Z?"
)
# Days counted since 1900, as a spreadsheet keeps them: 31079 is 01.02.1985.
_TAGESZAHL = re.compile(r"[1-9]\d{4}(?:[.,]0+)?")
_TAG_NULL = date(1899, 12, 30)
# The sign before an amount of the English way: 1,234.56 and 1234.5 can mean one thing only.
_ENGLISCH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{1,2}|\d+\.\d")
_VOR_UND_NACHNAME = re.compile(r"[^,]+,\s*[^,]+")
_TITEL = re.compile(r"(?:(?:Dr|Prof|Dipl)\.?[\w.-]*\s+)+", re.IGNORECASE)
_ZWEISTELLIG = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2}|\d{6}")
_TEXTFELDER = (
    "vorname",
    "nachname",
    "zusatz",
    "strasse",
    "ort",
    "kontoinhaber",
    "begehren",
    "wiedervorlage",
)
_SUMME = re.compile(r"(?:gesamt|zwischen)?(?:summen?|anzahl|total|gesamt)\b.*", re.IGNORECASE)


@dataclass
class Lesart:
    """The cells of one row as they are meant; `hinweise` says what stands there otherwise."""

    werte: dict[str, str]
    hinweise: dict[str, list[str]] = field(default_factory=dict)
    fehler: dict[str, list[str]] = field(default_factory=dict)

    def put(self, feld: str, wert: str) -> None:
        """Read a cell as something else than what stands there, and say so."""
        alt, self.werte[feld] = self.werte[feld], wert
        self.hinweise.setdefault(feld, []).append(f"„{alt}“ als „{wert}“ gelesen.")


def read_cells(
    zellen: Mapping[str, str],
    *,
    datumsform: str,
    woerter: Woerter,
    plz_nullen: bool,
    stichtag: date,
) -> Lesart:
    """Return the cells as they are meant."""
    lesart = Lesart(dict(zellen))
    for feld in _TEXTFELDER:
        _mend(lesart, feld)
    for feld, wert in zellen.items():
        if grund := spoilt(wert):
            lesart.fehler[feld] = [grund]
    _name(lesart)
    _amount(lesart)
    for feld in WORTFELDER:
        wort = key_of(lesart.werte[feld])
        if wort in woerter.get(feld, {}):
            lesart.werte[feld] = woerter[feld][wort]
    eroeffnet = _day(lesart, "eroeffnet_am", datumsform, stichtag)
    for feld in DATUMSFELDER:
        if feld not in ("eroeffnet_am", "geburtsdatum"):
            _day(lesart, feld, datumsform, stichtag)
    _day(lesart, "geburtsdatum", datumsform, stichtag, eroeffnet=eroeffnet)
    plz = lesart.werte["plz"]
    if plz_nullen and re.fullmatch(r"[1-9]\d{3}", plz) and not lesart.werte["land"]:
        lesart.put("plz", f"0{plz}")
    return lesart


def is_total(zellen: Iterable[str]) -> bool:
    """Tell whether a row adds up those above it: two cells in three are empty, one says so."""
    alle = list(zellen)
    gefuellt = [zelle for zelle in alle if zelle]
    return len(gefuellt) * 3 <= len(alle) and any(_SUMME.fullmatch(zelle) for zelle in gefuellt)


def key_of(wort: str) -> str:
    """Return a word of a file as it is compared."""
    return " ".join(wort.split()).casefold()


def _mend(lesart: Lesart, feld: str) -> None:
    """Bring a text into plain characters, as every form does; what cannot be is a fault."""
    text = lesart.werte[feld]
    gelesen = mended(text)
    verloren = is_garbled(gelesen) or (feld != "begehren" and has_lost(gelesen))
    gemeint = clean_text(gelesen).text
    if unicodedata.normalize("NFC", text) == gemeint:
        # Letters taken apart are the same text; whether it is the same name is another question.
        gemeint = text
    if gemeint != text:
        lesart.put(feld, gemeint)
    fehlend = unprintable(gemeint)
    if verloren:
        lesart.fehler[feld] = [
            f"In „{gemeint}“ ist ein Buchstabe verloren gegangen. Bitte geben Sie die Datei im "
            "bisherigen Verfahren noch einmal als UTF-8 aus, oder berichtigen Sie die Zelle."
        ]
    elif fehlend:
        lesart.fehler[feld] = [
            f"Diese Zeichen kann kein Schreiben drucken: {name_zeichen(fehlend)}. Bitte ersetzen "
            "Sie sie in der Zelle."
        ]


def _name(lesart: Lesart) -> None:
    """Ask for a name of which two parts stand in one cell: which is which is not for us to say."""
    name = lesart.werte["nachname"]
    if _VOR_UND_NACHNAME.fullmatch(name):
        lesart.fehler.setdefault("nachname", []).append(
            f"„{name}“ nennt mehr als den Nachnamen. Bitte lassen Sie in dieser Spalte nur ihn "
            f"stehen („{name.split(',')[0].strip()}“) und schreiben Sie den Vornamen in eine "
            "eigene. Titel und Geburtsnamen tragen Sie nach der Übernahme bei der Person ein."
        )
    elif " " in name and not lesart.werte["vorname"]:
        lesart.hinweise.setdefault("nachname", []).append(
            f"Ohne Vornamen: „{name}“ steht ganz als Nachname."
        )
    for feld in ("vorname", "nachname"):
        if titel := _TITEL.match(lesart.werte[feld]):
            lesart.hinweise.setdefault(feld, []).append(
                f"Der Titel „{titel[0].strip()}“ steht im Namen. In Fallwerk hat er bei der "
                "Person ein eigenes Feld."
            )


def _amount(lesart: Lesart) -> None:
    """Read an amount of the English way where it can mean one thing only."""
    gemeint = amount_as_meant(lesart.werte["betrag"])
    if gemeint != lesart.werte["betrag"]:
        lesart.put("betrag", gemeint)


def amount_as_meant(text: str) -> str:
    """Return an amount with a comma before its cents where a point can only mean that."""
    zahl = text.replace("€", "").replace("EUR", "").strip()
    return zahl.replace(",", "").replace(".", ",") if _ENGLISCH.fullmatch(zahl) else text


def _serial(text: str) -> date | None:
    """Return the day that a number of days means; only days on which somebody lives."""
    tag = _TAG_NULL + timedelta(days=int(re.split(r"[.,]", text)[0]))
    return tag if tag.year < 2100 else None


def _day(
    lesart: Lesart,
    feld: str,
    datumsform: str,
    stichtag: date,
    *,
    eroeffnet: date | None = None,
) -> date | None:
    """Write a day as ISO where the file writes it otherwise; a wrong one stays for the message."""
    text = "".join(lesart.werte[feld].split())
    if (uhrzeit := _UHRZEIT.fullmatch(lesart.werte[feld].strip())) is not None:
        # A day with the clock of a database is that day.
        lesart.put(feld, uhrzeit["tag"])
        text = uhrzeit["tag"]
    if _TAGESZAHL.fullmatch(text) and (gemeint := _serial(text)):
        lesart.fehler[feld] = [
            f"„{text}“ ist eine Tageszahl der Tabelle, vermutlich der {gemeint:%d.%m.%Y}. Bitte "
            "geben Sie die Spalte als Datum aus."
        ]
        return None
    vierstellig, zweistellig = _FORMATE[Datumsform(datumsform)]
    tag = _parsed(text, vierstellig)
    if tag is None and _ZWEISTELLIG.fullmatch(text) and (kurz := _parsed(text, zweistellig)):
        tag = _with_century(kurz, feld, stichtag, eroeffnet)
        if tag is not None:
            lesart.put(feld, f"{tag:%d.%m.%Y}")
    elif tag is not None and datumsform != Datumsform.DEUTSCH:
        lesart.werte[feld] = tag.isoformat()
    return tag


def _parsed(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day
    except ValueError:
        return None


def _with_century(kurz: date, feld: str, stichtag: date, eroeffnet: date | None) -> date | None:
    """Return the only day that two figures of a year can mean, None when it may be two."""
    jahr = kurz.year % 100
    if feld != "geburtsdatum":
        spaet = stichtag.year + _VORAUS
        return _on(kurz, 2000 + jahr if 2000 + jahr <= spaet else 1900 + jahr)
    bis = min(stichtag, eroeffnet or stichtag)
    ab = stichtag.year - _ALTER
    tage = [_on(kurz, jahrhundert + jahr) for jahrhundert in (1900, 2000)]
    moeglich = [tag for tag in tage if tag is not None and tag <= bis and tag.year >= ab]
    return moeglich[0] if len(moeglich) == 1 else None


def _on(tag: date, jahr: int) -> date | None:
    try:
        return tag.replace(year=jahr)
    except ValueError:
        return None
