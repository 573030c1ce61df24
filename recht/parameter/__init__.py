"""Dated legal values: value, unit, first day, citation, source, checked-on day, grade.

A series answers for every day it covers and for no other: outside it ``ParameterUnbekannt`` is
raised. There is no current value and no fallback to an older one. Only what the law itself limits
has an end: a value of one year, one that a norm orders to be adapted, one that was repealed. All
others hold until a law changes them; the checked-on day says when somebody last looked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from recht.daten import read_yaml
from recht.eingabe import check_tag, write_datum
from recht.fehler import ParameterUnbekannt
from recht.grad import EINSTELLBAR, GRADE
from recht.norm import parse_normen

# The schema of the files: what a series must say, what it may say, what a value may change.
_JE_WERT = frozenset({"norm", "quelle", "grad", "geprueft_am"})
_NOETIG = _JE_WERT | {"schluessel", "bezeichnung", "gruppe", "einheit", "werte"}
# What gives a series an end; without any of them it has none.
_ENDE = frozenset({"jaehrlich", "beendet", "angepasst_nach"})
_MOEGLICH = _ENDE | {"deckung_bis"}
OFFEN = date.max
EINHEITEN = ("EUR", "EUR/Monat", "EUR/Jahr", "Prozent", "Tage", "Wochen", "Anteil", "Monate")


@dataclass(frozen=True, slots=True)
class Wert:
    """One value of a series, valid from ``gueltig_ab`` to ``gueltig_bis``, both included.

    ``gueltig_bis`` is ``OFFEN`` where no law ends it.
    """

    schluessel: str
    wert: Decimal
    einheit: str
    gueltig_ab: date
    gueltig_bis: date
    norm: str
    quelle: str
    geprueft_am: date
    grad: str

    @property
    def offen(self) -> bool:
        """Whether the value holds until a law changes it."""
        return self.gueltig_bis == OFFEN

    @property
    def einstellbar(self) -> bool:
        """Whether the authority may set its own value: nothing statutory fixes it."""
        return self.grad in EINSTELLBAR


@dataclass(frozen=True, slots=True)
class Reihe:
    """All values of one key without a gap."""

    schluessel: str
    bezeichnung: str
    gruppe: str
    jaehrlich: bool
    beendet: bool
    # The norm that orders a new value after the last one, empty where there is none.
    angepasst_nach: str
    werte: tuple[Wert, ...]
    _anfaenge: tuple[date, ...] = field(repr=False)

    @property
    def deckung_von(self) -> date:
        """First covered day."""
        return self.werte[0].gueltig_ab

    @property
    def deckung_bis(self) -> date:
        """Last covered day."""
        return self.werte[-1].gueltig_bis

    @property
    def fortgeschrieben(self) -> bool:
        """Whether a new value comes on a day that is known beforehand."""
        return self.jaehrlich or bool(self.angepasst_nach)

    @property
    def _deckung(self) -> str:
        if self.deckung_bis == OFFEN:
            return f"ab {write_datum(self.deckung_von)}"
        return f"vom {write_datum(self.deckung_von)} bis {write_datum(self.deckung_bis)}"

    def am(self, stichtag: date) -> Wert:
        """The one value of the day."""
        stelle = bisect_right(self._anfaenge, stichtag) - 1
        if stelle < 0 or stichtag > self.deckung_bis:
            raise ParameterUnbekannt(
                f"Für „{self.bezeichnung}“ ({self.schluessel}) ist am {write_datum(stichtag)}"
                f" kein Wert hinterlegt; zulässig sind Tage {self._deckung}."
            )
        return self.werte[stelle]


@dataclass(frozen=True, slots=True)
class Pruefhinweis:
    """What somebody has to look at: a value that is stale, or a year that is missing."""

    schluessel: str
    art: str
    text: str


def _check_schema(zeile: dict[str, Any]) -> None:
    """Refuse a series that is not written as agreed: fields, unit, grade, order of the days."""
    schluessel = zeile.get("schluessel", "")
    fehlend = _NOETIG - set(zeile)
    fremd = set(zeile) - _NOETIG - _MOEGLICH
    tage = []
    for eintrag in zeile.get("werte", ()):
        fehlend |= {"ab", "wert"} - set(eintrag)
        fremd |= set(eintrag) - {"ab", "wert", *_JE_WERT}
        tage.append(eintrag.get("ab"))
    if fehlend or fremd:
        raise ParameterUnbekannt(
            f"{schluessel}: fehlende Angaben {sorted(fehlend)}, unbekannte {sorted(fremd)}."
        )
    grade = {zeile["grad"], *(eintrag.get("grad", zeile["grad"]) for eintrag in zeile["werte"])}
    if zeile["einheit"] not in EINHEITEN or not grade <= set(GRADE):
        raise ParameterUnbekannt(
            f"{schluessel}: Einheit {zeile['einheit']} oder Grad {sorted(grade)} gibt es nicht."
        )
    if bool(_ENDE & set(zeile)) != ("deckung_bis" in zeile):
        raise ParameterUnbekannt(
            f"{schluessel}: ein Ende (deckung_bis) hat genau, was jährlich gilt, angepasst wird"
            " oder beendet ist."
        )
    if "angepasst_nach" in zeile:
        parse_normen(zeile["angepasst_nach"])
    folge = [*tage, *([zeile["deckung_bis"] + timedelta(days=1)] if "deckung_bis" in zeile else ())]
    if not tage or any(spaeter <= frueher for frueher, spaeter in pairwise(folge)):
        raise ParameterUnbekannt(f"{schluessel}: die Tage sind nicht aufsteigend geordnet.")


def _read_reihe(zeile: dict[str, Any]) -> Reihe:
    """Build a series; values follow each other, so there is neither gap nor overlap."""
    _check_schema(zeile)
    eintraege = zeile["werte"]
    werte = []
    for stelle, eintrag in enumerate(eintraege):
        angaben = {**zeile, **eintrag}
        folgender = eintraege[stelle + 1]["ab"] if stelle + 1 < len(eintraege) else None
        letzter = zeile.get("deckung_bis", OFFEN)
        parse_normen(angaben["norm"])
        werte.append(
            Wert(
                schluessel=zeile["schluessel"],
                wert=Decimal(eintrag["wert"]),
                einheit=zeile["einheit"],
                gueltig_ab=eintrag["ab"],
                gueltig_bis=folgender - timedelta(days=1) if folgender else letzter,
                norm=angaben["norm"],
                quelle=angaben["quelle"],
                geprueft_am=angaben["geprueft_am"],
                grad=angaben["grad"],
            )
        )
    return Reihe(
        schluessel=zeile["schluessel"],
        bezeichnung=zeile["bezeichnung"],
        gruppe=zeile["gruppe"],
        jaehrlich=zeile.get("jaehrlich", False),
        beendet=zeile.get("beendet", False),
        angepasst_nach=zeile.get("angepasst_nach", ""),
        werte=tuple(werte),
        _anfaenge=tuple(wert.gueltig_ab for wert in werte),
    )


@cache
def _reihen() -> Mapping[str, Reihe]:
    return MappingProxyType(
        {zeile["schluessel"]: _read_reihe(zeile) for zeile in read_yaml("parameter")}
    )


def alle_parameter() -> tuple[Reihe, ...]:
    """Every series, in the order of the files."""
    return tuple(_reihen().values())


def reihe(schluessel: str) -> Reihe:
    """The series of a key."""
    gefunden = _reihen().get(schluessel)
    if gefunden is None:
        raise ParameterUnbekannt(
            f"Den Wert „{schluessel}“ gibt es nicht; zulässig sind {', '.join(_reihen())}."
        )
    return gefunden


def parameter(schluessel: str, stichtag: date) -> Wert:
    """The value of a key on a day; raises ``ParameterUnbekannt`` outside the covered days."""
    return reihe(schluessel).am(check_tag(stichtag, "Stichtag"))


def pruefhinweise(stichtag: date) -> tuple[Pruefhinweis, ...]:
    """What is due for checking on a day: not looked at for a year, or the coming year missing.

    Series that the law has ended are history and are not reported.
    """
    hinweise = []
    naechstes_jahr = date(stichtag.year + 1, 12, 31)
    for eine in alle_parameter():
        letzter = eine.werte[-1]
        if eine.beendet:
            continue
        if (stichtag - letzter.geprueft_am).days > 365:
            hinweise.append(
                Pruefhinweis(
                    eine.schluessel,
                    "alt",
                    f"{eine.bezeichnung}: seit dem {write_datum(letzter.geprueft_am)}"
                    " nicht geprüft.",
                )
            )
        if eine.deckung_bis < naechstes_jahr:
            hinweise.append(
                Pruefhinweis(
                    eine.schluessel,
                    "fehlt",
                    f"{eine.bezeichnung}: nach dem {write_datum(eine.deckung_bis)} fehlt"
                    f" ein Wert; das Jahr {stichtag.year + 1} ist nicht vollständig gedeckt.",
                )
            )
    return tuple(hinweise)


__all__ = [
    "GRADE",
    "Pruefhinweis",
    "Reihe",
    "Wert",
    "alle_parameter",
    "parameter",
    "pruefhinweise",
    "reihe",
]
