"""Months that are not full, and interruptions.

SGB IX has no rule for either: how a month is divided is a setting of the authority that has to
stand in the Zielvereinbarung and in the Bescheid. Thirtieths follow the Pflegegeld (§ 37 Abs. 2
SGB XI), calendar days the Regelbedarf (§ 27a Abs. 3 SGB XII).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from recht.bemessung import NULL, Betrag
from recht.eingabe import write_datum
from recht.fehler import EingabeUngueltig
from recht.feiertag import EIN_TAG
from recht.geld import format_euro
from recht.laenge import monatsende
from recht.parameter import parameter
from recht.rechenweg import Schritt
from recht.rundung import auf_cent
from recht.zeitraum import Zeitraum

MODI = MappingProxyType(
    {
        "dreissigstel": "§ 37 Abs. 2 SGB XI",
        "kalendertage": "§ 27a Abs. 3 SGB XII",
        "voller_monat": "",
    }
)


# No norm divides a month of a Persönliches Budget; the Zielvereinbarung has to say how.
_GRAD = "I"


def _check_modus(modus: str) -> str:
    if modus not in MODI:
        raise EingabeUngueltig(
            f"Den Modus „{modus}“ für Teilmonate gibt es nicht; zulässig sind {', '.join(MODI)}."
        )
    return modus


def _anteil(erster: date, letzter: date, modus: str) -> tuple[Decimal, Decimal]:
    """Paid days and divisor of the part of a month; a whole month is always the whole amount."""
    ende = monatsende(erster)
    tage = Decimal((letzter - erster).days + 1)
    ganz = Decimal(ende.day)
    if modus == "voller_monat" or tage == ganz:
        return ganz, ganz
    if modus == "kalendertage":
        return tage, ganz
    teiler = parameter("teilmonat_tage", erster).wert
    return min(tage, teiler), teiler


def teilmonat(leistung: Betrag, von: date, modus: str, *, bis: date | None = None) -> Betrag:
    """Share of a monthly amount from ``von`` to ``bis`` (default: end of the month)."""
    _check_modus(modus)
    zeitraum = Zeitraum(von, monatsende(von) if bis is None else bis)
    letzter = zeitraum.von + timedelta(days=zeitraum.tage - 1)
    if letzter > monatsende(von):
        raise EingabeUngueltig(
            f"Der Teilmonat {zeitraum} reicht über den Monat hinaus;"
            f" zulässig ist ein Ende bis {write_datum(monatsende(von))}."
        )
    tage, teiler = _anteil(von, letzter, modus)
    betrag = auf_cent(leistung.betrag * tage / teiler)
    text = f"Teilmonat {zeitraum}: {tage}/{teiler} von {format_euro(leistung.betrag)}"
    schritt = Schritt(f"{text} = {format_euro(betrag)}", MODI[modus], _GRAD)
    return Betrag(betrag, (*leistung.rechenweg, schritt))


def split_monat(leistung: Betrag, beginne: Sequence[date], modus: str) -> tuple[Betrag, ...]:
    """Split a whole month into parts that begin on the given days; their sum is the month.

    The first part begins on the first of the month. Each part is rounded on its own, the last
    one takes what is left, so that no cent is lost or added.
    """
    _check_modus(modus)
    monat = sorted(set(beginne))
    if not monat or monat[0].day != 1 or monat[-1] > monatsende(monat[0]):
        raise EingabeUngueltig(
            "Die Teile eines Monats müssen am Ersten beginnen und im selben Monat liegen."
        )
    if modus == "voller_monat" and len(monat) > 1:
        raise EingabeUngueltig(
            "Im Modus voller_monat wird kein Monat geteilt;"
            " zulässig sind dreissigstel und kalendertage."
        )
    teile: list[Betrag] = []
    rest = auf_cent(leistung.betrag)
    for beginn, folgender in zip(monat, [*monat[1:], None], strict=True):
        letzter = monatsende(beginn) if folgender is None else folgender - EIN_TAG
        tage, teiler = _anteil(beginn, letzter, modus)
        betrag = rest if folgender is None else min(auf_cent(leistung.betrag * tage / teiler), rest)
        rest -= betrag
        text = f"{Zeitraum(beginn, letzter)}: {format_euro(betrag)}"
        schritt = Schritt(text, MODI[modus], _GRAD)
        teile.append(Betrag(betrag, (*leistung.rechenweg, schritt)))
    return tuple(teile)


def unterbrechung(
    leistung: Betrag, monat: date, pause: Zeitraum, weiter_tage: int, modus: str
) -> Betrag:
    """Amount of one month during an interruption such as a stay in hospital.

    The rule comes from the Zielvereinbarung: for ``weiter_tage`` days from its beginning the
    budget is paid on, the days after that rest.
    """
    _check_modus(modus)
    if weiter_tage < 0:
        raise EingabeUngueltig(
            f"{weiter_tage} Tage Weiterzahlung sind nicht möglich; zulässig sind 0 und mehr."
        )
    erster, letzter = monat.replace(day=1), monatsende(monat)
    ruht_ab = max(pause.von + timedelta(days=weiter_tage), erster)
    ruht_bis = letzter if pause.bis is None else min(pause.bis, letzter)
    if ruht_ab > ruht_bis:
        schritt = Schritt(f"Unterbrechung {pause}: in diesem Monat wird voll weitergezahlt.")
        return Betrag(leistung.betrag, (*leistung.rechenweg, schritt))
    if modus == "voller_monat" and (ruht_ab, ruht_bis) != (erster, letzter):
        schritt = Schritt(f"Unterbrechung {pause}: ein angebrochener Monat wird voll gezahlt.")
        return Betrag(leistung.betrag, (*leistung.rechenweg, schritt))
    tage, teiler = _anteil(ruht_ab, ruht_bis, modus)
    kuerzung = auf_cent(leistung.betrag * tage / teiler)
    betrag = max(leistung.betrag - kuerzung, NULL)
    schritt = Schritt(
        f"Unterbrechung {pause}: {tage}/{teiler} ruhen, {format_euro(leistung.betrag)}"
        f" − {format_euro(kuerzung)} = {format_euro(betrag)}",
        MODI[modus],
        _GRAD,
    )
    return Betrag(betrag, (*leistung.rechenweg, schritt))
