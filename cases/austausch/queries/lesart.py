"""How the cells of an old file are read: its days, its lost zeros, its broken letters, its words.

What is certain is put right and said; what could be meant in two ways stays as it is, so that the
check asks for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

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
_ZWEISTELLIG = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2}|\d{6}")
# UTF-8 that was read as Windows-1252: „MÃ¼ller“, „StraÃŸe“.
_DOPPELT = re.compile("[ÂÃÄÅ][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
# A letter that is gone, or one of DOS in the midst of a word: „Y?lmaz“, „M„rz“.
_VERLOREN = re.compile(r"\ufffd|(?<=[^\W\d_])[?„”](?=[^\W\d_])")
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


def mended(text: str) -> str:
    """Return a text that was written in UTF-8 and read in Windows-1252 as it was meant."""
    if not _DOPPELT.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _mend(lesart: Lesart, feld: str) -> None:
    """Bring a text into plain characters, as every form does; what cannot be is a fault."""
    text = lesart.werte[feld]
    gemeint = clean_text(mended(text)).text
    if unicodedata.normalize("NFC", text) == gemeint:
        # Letters taken apart are the same text; whether it is the same name is another question.
        gemeint = text
    if gemeint != text:
        lesart.put(feld, gemeint)
    fehlend = unprintable(gemeint)
    if _DOPPELT.search(gemeint) or (feld != "begehren" and _VERLOREN.search(gemeint)):
        lesart.fehler[feld] = [
            f"In „{gemeint}“ ist ein Buchstabe verloren gegangen. Bitte geben Sie die Datei im "
            "bisherigen Verfahren noch einmal als UTF-8 aus, oder berichtigen Sie die Zelle."
        ]
    elif fehlend:
        lesart.fehler[feld] = [
            f"Diese Zeichen kann kein Schreiben drucken: {name_zeichen(fehlend)}. Bitte ersetzen "
            "Sie sie in der Zelle."
        ]


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
