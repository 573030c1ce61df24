"""When the life of a person changes its course: computed from the birth date, or to be asked.

The guide of the field names the transitions at which a Gesamtplan is made or adapted. Where the
day of birth is known in part only, no day is made up: the span is named and the day is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from recht.daten import read_yaml
from recht.eingabe import write_datum
from recht.laenge import plus_monate
from recht.norm import parse_normen
from recht.rechenweg import Schritt

_MONATE_JE_JAHR = 12
# A child of compulsory school age has completed the sixth year by this day; the schools of most
# Länder begin on the other. Both are set by the Länder, so the authority enters a known day.
_SCHULPFLICHT_BIS, _SCHULJAHR_AB = (6, 30), (8, 1)
_SCHULPFLICHT_MIT = 6


@dataclass(frozen=True, slots=True)
class Uebergangsart:
    """One transition; `rechnung` is how its day is found, ages say when it is due at all."""

    schluessel: str
    bezeichnung: str
    rechnung: str
    jahre: int
    von_alter: int
    bis_alter: int
    vorlauf_monate: int
    norm: str
    grad: str
    hinweis: str


@dataclass(frozen=True, slots=True)
class Lebensuebergang:
    """A transition of one person; without `tag` somebody has to be asked.

    `fruehestens` and `spaetestens` are equal where the day of birth is known, and None where no
    day follows from it. `schritte` says how the day was found.
    """

    art: Uebergangsart
    fruehestens: date | None
    spaetestens: date | None
    schritte: tuple[Schritt, ...]

    @property
    def tag(self) -> date | None:
        """Return the day, None where it is not certain."""
        return self.fruehestens if self.fruehestens == self.spaetestens else None

    @property
    def wiedervorlage(self) -> date | None:
        """Return from when on the plan should look at it; of a span the earliest."""
        if self.fruehestens is None:
            return None
        return plus_monate(self.fruehestens, -self.art.vorlauf_monate)


def _read(zeile: dict[str, Any]) -> Uebergangsart:
    parse_normen(zeile["norm"])
    return Uebergangsart(
        schluessel=zeile["schluessel"],
        bezeichnung=zeile["bezeichnung"],
        rechnung=zeile["rechnung"],
        jahre=zeile.get("jahre", 0),
        von_alter=zeile["von_alter"],
        bis_alter=zeile["bis_alter"],
        vorlauf_monate=zeile["vorlauf_monate"],
        norm=zeile["norm"],
        grad=zeile["grad"],
        hinweis=zeile.get("hinweis", ""),
    )


@cache
def uebergangsarten() -> tuple[Uebergangsart, ...]:
    """All transitions in the order of life."""
    return tuple(_read(zeile) for zeile in read_yaml("lebensuebergaenge"))


def uebergangsart(schluessel: str) -> Uebergangsart:
    """Return one transition; an unknown key is a programming error."""
    return next(art for art in uebergangsarten() if art.schluessel == schluessel)


def lebensuebergaenge(
    geburt_von: date, geburt_bis: date, stichtag: date
) -> tuple[Lebensuebergang, ...]:
    """The transitions that are due at this age and do not lie behind the person.

    ``geburt_von`` and ``geburt_bis`` are the first and last day on which the person may have been
    born; they are equal where the day is known.
    """
    gefunden = []
    for art in uebergangsarten():
        eines = find_uebergang(art, geburt_von, geburt_bis)
        if eines.spaetestens is not None and eines.spaetestens < stichtag:
            continue
        if (
            vollendet(geburt_bis, art.von_alter)
            <= stichtag
            < vollendet(geburt_von, art.bis_alter + 1)
        ):
            gefunden.append(eines)
    return tuple(gefunden)


def find_uebergang(art: Uebergangsart, geburt_von: date, geburt_bis: date) -> Lebensuebergang:
    """Find the day of one transition, whether it is due at this age or not."""
    if art.rechnung == "keine":
        frage = "Der Tag folgt nicht aus dem Geburtsdatum; er ist zu erfragen."
        return Lebensuebergang(art, None, None, (Schritt(frage, art.norm),))
    fruehestens, spaetestens = (_TAG[art.rechnung](art, g) for g in (geburt_von, geburt_bis))
    if geburt_von == geburt_bis:
        wann = write_datum(fruehestens)
        text = f"Geboren am {write_datum(geburt_von)}: {art.bezeichnung} am {wann}."
    else:
        text = (
            f"Geboren zwischen dem {write_datum(geburt_von)} und dem {write_datum(geburt_bis)}: "
            f"{art.bezeichnung} zwischen dem {write_datum(fruehestens)} und dem "
            f"{write_datum(spaetestens)}. Der Tag ist zu erfragen."
        )
    vorlauf = f"Der Plan sieht {art.vorlauf_monate} Monate vorher danach."
    return Lebensuebergang(
        art,
        fruehestens,
        spaetestens,
        (Schritt(text, art.norm, art.grad), Schritt(vorlauf, "", "I")),
    )


def vollendet(geburt: date, jahre: int) -> date:
    """Return the first day after a completed year of life (§ 187 Abs. 2 S. 2, § 188 BGB)."""
    ziel = plus_monate(geburt, jahre * _MONATE_JE_JAHR)
    # Born on 29 February: the year is complete at the end of 28 February.
    return ziel if ziel.day == geburt.day else ziel + timedelta(days=1)


def _geburtstag(art: Uebergangsart, geburt: date) -> date:
    return vollendet(geburt, art.jahre)


def _schulbeginn(art: Uebergangsart, geburt: date) -> date:
    sechs = vollendet(geburt, _SCHULPFLICHT_MIT) - timedelta(days=1)
    jahr = sechs.year if (sechs.month, sechs.day) <= _SCHULPFLICHT_BIS else sechs.year + 1
    return date(jahr, *_SCHULJAHR_AB)


def _regelaltersgrenze(art: Uebergangsart, geburt: date) -> date:
    """§ 235 Abs. 2, § 35 S. 2, § 99 Abs. 1 S. 1 SGB VI: the first of the month after the age."""
    erreicht = plus_monate(geburt, _grenze_in_monaten(geburt.year)) - timedelta(days=1)
    return plus_monate(erreicht.replace(day=1), 1)


def _grenze_in_monaten(jahrgang: int) -> int:
    """§ 235 Abs. 2 SGB VI: 65 years; from 1947 on a month, from 1959 on two more a year; 67."""
    mehr = min(max(jahrgang - 1946, 0), 12) + 2 * min(max(jahrgang - 1958, 0), 6)
    return 65 * _MONATE_JE_JAHR + mehr


_TAG = {
    "geburtstag": _geburtstag,
    "schulbeginn": _schulbeginn,
    "regelaltersgrenze": _regelaltersgrenze,
}
