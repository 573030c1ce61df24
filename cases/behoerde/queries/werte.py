"""The values of the law on one day, as the page „Rechtsstand und Werte“ shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from recht.geld import format_euro
from recht.grad import GRADE
from recht.parameter import Reihe, Wert, alle_parameter, pruefhinweise

_JE = {"EUR": "", "EUR/Monat": " im Monat", "EUR/Jahr": " im Jahr"}
_WORT = {"Prozent": " %", "Tage": " Tage", "Wochen": " Wochen", "Monate": " Monate", "Anteil": ""}
_MARKEN = {
    "alt": "seit über einem Jahr nicht geprüft",
    "fehlt": "für das kommende Jahr fehlt der Wert",
}


@dataclass(frozen=True)
class Wertzeile:
    """One value as it reads: amount with unit, validity, where it stands, how well checked."""

    schluessel: str
    bezeichnung: str
    wert: str
    gueltig: str
    norm: str
    quelle: str
    geprueft_am: date
    grad: str
    marken: tuple[str, ...]


@dataclass(frozen=True)
class Wertgruppe:
    """The values of one theme; `ohne` names those that have none on the day."""

    titel: str
    kennung: str
    zeilen: tuple[Wertzeile, ...]
    ohne: tuple[str, ...]

    @property
    def zu_pruefen(self) -> int:
        """Return how many rows somebody has to look at."""
        return sum(bool(zeile.marken) for zeile in self.zeilen)


def values_by_theme(stichtag: date, heute: date) -> list[Wertgruppe]:
    """Return all values of the day by theme, in the order of the files.

    What is due for checking is asked for `heute`: a value that is stale today is stale for
    every day. A theme without any value on the day has no rows.
    """
    marken: dict[str, tuple[str, ...]] = {}
    for hinweis in pruefhinweise(heute):
        marken[hinweis.schluessel] = (
            *marken.get(hinweis.schluessel, ()),
            _MARKEN[hinweis.art],
        )
    themen: dict[str, list[Reihe]] = {}
    for reihe in alle_parameter():
        themen.setdefault(reihe.gruppe, []).append(reihe)
    return [_gruppe(titel, reihen, stichtag, marken) for titel, reihen in themen.items()]


def _gruppe(
    titel: str, reihen: list[Reihe], stichtag: date, marken: Mapping[str, tuple[str, ...]]
) -> Wertgruppe:
    gedeckt = [r for r in reihen if r.deckung_von <= stichtag <= r.deckung_bis]
    zeilen = [_zeile(r, r.am(stichtag), marken.get(r.schluessel, ())) for r in gedeckt]
    ohne = tuple(r.bezeichnung for r in reihen if r not in gedeckt)
    return Wertgruppe(titel, slugify(titel), tuple(zeilen), ohne)


def _zeile(reihe: Reihe, wert: Wert, marken: tuple[str, ...]) -> Wertzeile:
    # After the last known day a new value may come; only an ended series has a real end.
    offen = wert is reihe.werte[-1] and not reihe.beendet
    bis = "bekannt bis" if offen else "bis"
    return Wertzeile(
        schluessel=wert.schluessel,
        bezeichnung=reihe.bezeichnung,
        wert=wert_text(wert),
        gueltig=f"ab {wert.gueltig_ab:%d.%m.%Y}, {bis} {wert.gueltig_bis:%d.%m.%Y}",
        norm=wert.norm,
        quelle=wert.quelle,
        geprueft_am=wert.geprueft_am,
        grad=GRADE[wert.grad],
        marken=marken,
    )


def wert_text(wert: Wert) -> str:
    """Write a value with its unit: 563,00 € im Monat, 85 %, 4 Tage."""
    if wert.einheit in _JE:
        return f"{format_euro(wert.wert)}{_JE[wert.einheit]}"
    zahl = f"{wert.wert.normalize():f}".replace(".", ",")
    return f"{zahl}{_WORT[wert.einheit]}"
