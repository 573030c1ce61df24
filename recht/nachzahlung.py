"""Payments in arrears, interest, and what was paid too much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from recht.bemessung import NULL, Betrag
from recht.eingabe import check_ganzzahl, write_monat
from recht.geld import check_betrag, format_euro
from recht.laenge import plus_monate
from recht.parameter import parameter
from recht.rechenweg import Schritt
from recht.rundung import auf_cent, auf_volle_euro_abgerundet

_HUNDERT = Decimal(100)
_MONATE_JE_JAHR = Decimal(12)
# No more than forty years: beyond that somebody has mistyped.
_HOECHSTMONATE = 480
_NORM_ZINS = "§ 44 SGB I"


@dataclass(frozen=True, slots=True)
class Zinsen(Betrag):
    """Interest with the number of full months that bear it."""

    monate: int


def _mal_monate(je_monat: Decimal, monate: int, was: str, norm: str) -> Betrag:
    check_betrag(je_monat, was)
    check_ganzzahl(monate, "Zahl der Monate", 1, _HOECHSTMONATE)
    betrag = auf_cent(je_monat) * monate
    schritt = Schritt(f"{was}: {monate} × {format_euro(je_monat)} = {format_euro(betrag)}", norm)
    return Betrag(betrag, (schritt,))


def nachzahlung(differenz: Decimal, monate: int) -> Betrag:
    """What is still owed when a monthly amount rises for months in the past (§ 44 SGB X)."""
    return _mal_monate(differenz, monate, "Nachzahlung", "§ 44 Abs. 4 SGB X")


def ueberzahlung(je_monat: Decimal, monate: int) -> Betrag:
    """What was paid without a right to it; due only by Erstattungsbescheid (§ 50 SGB X)."""
    return _mal_monate(je_monat, monate, "Überzahlung", "§ 48 Abs. 1 S. 2 SGB X, § 50 SGB X")


def zinsen(
    betrag: Decimal, faellig: date, zahlung: date, *, vollstaendiger_antrag: date | None = None
) -> Zinsen:
    """Interest on a Geldleistung (§ 44 SGB I).

    It runs from the end of a calendar month after the day it fell due, at the earliest from the
    end of six calendar months after the complete Antrag, until the end of the calendar month
    before the payment. Only full Euro bear interest; a month has 30 days, a twelfth of a year.
    """
    check_betrag(betrag, "Betrag")
    satz = parameter("zins_prozent", zahlung)
    beginn = plus_monate(faellig.replace(day=1), 2)
    if vollstaendiger_antrag is not None:
        beginn = max(beginn, plus_monate(vollstaendiger_antrag.replace(day=1), 7))
    monate = max((zahlung.year - beginn.year) * 12 + zahlung.month - beginn.month, 0)
    if not monate:
        schritt = Schritt("Bis zum Monat vor der Zahlung fallen keine Zinsen an.", _NORM_ZINS)
        return Zinsen(NULL, (schritt,), monate=0)
    volle = auf_volle_euro_abgerundet(betrag)
    zins = auf_cent(volle * satz.wert * monate / _HUNDERT / _MONATE_JE_JAHR)
    letzter = zahlung.replace(day=1) - timedelta(days=1)
    schritt = Schritt(
        f"Zinsen von {write_monat(beginn)} bis {write_monat(letzter)}:"
        f" {format_euro(volle)} × {satz.wert} % × {monate}/12 = {format_euro(zins)}",
        _NORM_ZINS,
        satz.grad,
    )
    return Zinsen(zins, (schritt,), monate=monate)


def verwaltungskosten(aufwendungen: Decimal, stichtag: date) -> Betrag:
    """Flat share on top of the Erstattung between carriers (§ 16 Abs. 3 SGB IX)."""
    check_betrag(aufwendungen, "Aufwendungen")
    satz = parameter("verwaltungskosten_prozent", stichtag)
    betrag = auf_cent(aufwendungen * satz.wert / _HUNDERT)
    text = f"{format_euro(aufwendungen)} × {satz.wert} % = {format_euro(betrag)}"
    return Betrag(betrag, (Schritt(f"Verwaltungskosten: {text}", satz.norm, satz.grad),))
