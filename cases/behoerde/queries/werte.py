"""The values of the law on one day, as the page „Rechtsstand und Werte“ shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from cases.models import EigenerWert
from recht.fehler import ParameterUnbekannt
from recht.geld import format_euro
from recht.grad import GRADE, STUFEN
from recht.parameter import Reihe, Wert, alle_parameter, pruefhinweise, reihe
from recht.vorgriff import ABGELEITET, GRAD_EINGEGEBEN, PAKET, Wertebestand

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
    stufe: str
    marken: tuple[str, ...]
    # What the package says beside a value that was entered; empty for its own values.
    paket: str = ""


@dataclass(frozen=True)
class Wertluecke:
    """A value of the law that is not known for a day, and what is to be done about it."""

    schluessel: str
    bezeichnung: str
    text: str
    norm: str


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


def deviation_text(wert: EigenerWert) -> str:
    """Say that the package has another value than the entered one; empty where it has not."""
    anderer = wert.paketwert
    if anderer is None:
        return ""
    return (
        f"{wert.titel} ab {wert.gueltig_ab:%d.%m.%Y}: Eingegeben ist {wert.wert_text}, in der "
        f"Software steht {wert_text(anderer)}. Bis eine zweite Person entscheidet, gilt der "
        "eingegebene Wert."
    )


def missing_values(stichtag: date, werte: Wertebestand) -> list[Wertluecke]:
    """Return what should hold on the day and is not known yet, in words."""
    return [
        Wertluecke(
            eine.schluessel,
            eine.bezeichnung,
            f"{eine.bezeichnung}: Der Wert für den {stichtag:%d.%m.%Y} fehlt; bekannt ist er bis "
            f"{eine.deckung_bis:%d.%m.%Y}. "
            + (
                f"Er folgt aus: {reihe(ABGELEITET[eine.schluessel][0]).bezeichnung}."
                if eine.schluessel in ABGELEITET
                else "Sobald er veröffentlicht ist, gibt ihn die Fachadministration ein."
            ),
            eine.werte[-1].norm,
        )
        for eine in werte.fehlende(stichtag)
    ]


def values_by_theme(stichtag: date, heute: date, werte: Wertebestand = PAKET) -> list[Wertgruppe]:
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
    for eine in alle_parameter():
        themen.setdefault(eine.gruppe, []).append(eine)
    return [_gruppe(titel, reihen, stichtag, marken, werte) for titel, reihen in themen.items()]


def _gruppe(
    titel: str,
    reihen: list[Reihe],
    stichtag: date,
    marken: Mapping[str, tuple[str, ...]],
    werte: Wertebestand,
) -> Wertgruppe:
    zeilen, ohne = [], []
    for eine in reihen:
        try:
            wert = werte.am(eine.schluessel, stichtag)
        except ParameterUnbekannt:
            ohne.append(eine.bezeichnung)
            continue
        zeilen.append(_zeile(eine, wert, marken.get(eine.schluessel, ()), stichtag))
    return Wertgruppe(titel, slugify(titel), tuple(zeilen), tuple(ohne))


def _paket(eine: Reihe, wert: Wert, stichtag: date) -> str:
    """Return what the package has in the place of an entered value."""
    if wert.grad != GRAD_EINGEGEBEN:
        return ""
    try:
        return f"in der Software: {wert_text(eine.am(stichtag))}"
    except ParameterUnbekannt:
        return "in der Software: noch kein Wert"


def _gueltig(eine: Reihe, wert: Wert) -> str:
    """Say from when to when; what no law limits has no last day."""
    if wert.offen:
        return f"ab {wert.gueltig_ab:%d.%m.%Y}, ohne Ende"
    # After the last known day a new value may come; only an ended series has a real end.
    offen = wert is eine.werte[-1] and not eine.beendet
    bis = "bekannt bis" if offen else "bis"
    return f"ab {wert.gueltig_ab:%d.%m.%Y}, {bis} {wert.gueltig_bis:%d.%m.%Y}"


def _zeile(eine: Reihe, wert: Wert, marken: tuple[str, ...], stichtag: date) -> Wertzeile:
    return Wertzeile(
        schluessel=wert.schluessel,
        bezeichnung=eine.bezeichnung,
        wert=wert_text(wert),
        gueltig=_gueltig(eine, wert),
        norm=wert.norm,
        quelle=wert.quelle,
        geprueft_am=wert.geprueft_am,
        grad=GRADE[wert.grad],
        stufe=STUFEN[wert.grad],
        marken=marken,
        paket=_paket(eine, wert, stichtag),
    )


def wert_text(wert: Wert) -> str:
    """Write a value with its unit: 563,00 € im Monat, 85 %, 4 Tage."""
    if wert.einheit in _JE:
        return f"{format_euro(wert.wert)}{_JE[wert.einheit]}"
    zahl = f"{wert.wert.normalize():f}".replace(".", ",")
    return f"{zahl}{_WORT[wert.einheit]}"
