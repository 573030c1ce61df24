"""Length of a Frist: a number and a unit, and the counting rules of §§ 187-191 BGB."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

from recht.eingabe import write_datum
from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig
from recht.feiertag import EIN_TAG, is_werktag

EINHEITEN = {
    "tag": "tage",
    "tage": "tage",
    "tagen": "tage",
    "stunde": "stunden",
    "stunden": "stunden",
    "woche": "wochen",
    "wochen": "wochen",
    "monat": "monate",
    "monate": "monate",
    "monaten": "monate",
    "jahr": "jahre",
    "jahre": "jahre",
    "jahren": "jahre",
    "arbeitstag": "arbeitstage",
    "arbeitstage": "arbeitstage",
    "kalendermonat": "kalendermonate",
    "kalendermonate": "kalendermonate",
}
_EINZAHL = {
    "tage": "Tag",
    "stunden": "Stunde",
    "wochen": "Woche",
    "monate": "Monat",
    "jahre": "Jahr",
    "arbeitstage": "Arbeitstag",
    "kalendermonate": "Kalendermonat",
}
_TEXT = re.compile(r"(\d{1,4})\s+([A-Za-zäöüß]+)", re.ASCII)
_TAG_JE = {"tage": 1, "wochen": 7}
# § 191 BGB: where a period need not be consecutive, a month has 30 and a year 365 days.
_TAG_JE_NICHT_ZUSAMMENHAENGEND = {"tage": 1, "wochen": 7, "monate": 30, "jahre": 365}
_STUNDEN_JE_TAG = 24
_MONATE_JE_JAHR = 12


@dataclass(frozen=True, slots=True)
class Laenge:
    """A length such as ``2 Wochen``; the unit is one of the values of ``EINHEITEN``."""

    anzahl: int
    einheit: str

    def __post_init__(self) -> None:
        if self.einheit not in _EINZAHL:
            raise EingabeUngueltig(
                f"Die Einheit „{self.einheit}“ gibt es nicht;"
                f" zulässig sind {', '.join(sorted(_EINZAHL))}."
            )
        if self.anzahl < 1:
            raise EingabeUngueltig(
                f"Eine Frist von {self.anzahl} {self.einheit.capitalize()} gibt es nicht;"
                " die Länge muss mindestens 1 betragen."
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``14 Tage``, ``1 Monat``, ``25 Arbeitstage``."""
        treffer = _TEXT.fullmatch(text.strip())
        einheit = EINHEITEN.get(treffer[2].lower()) if treffer else None
        if treffer is None or einheit is None:
            raise EingabeUngueltig(
                f"„{text}“ ist keine Länge einer Frist; erwartet wird eine Zahl mit Einheit,"
                " zum Beispiel „14 Tage“, „2 Wochen“, „6 Monate“, „1 Jahr“.",
                "laenge",
            )
        return cls(int(treffer[1]), einheit)

    def __str__(self) -> str:
        einzahl = _EINZAHL[self.einheit]
        return f"{self.anzahl} {einzahl if self.anzahl == 1 else self.einheit.capitalize()}"

    @property
    def tage_nicht_zusammenhaengend(self) -> int:
        """Days of a period that need not be consecutive (§ 191 BGB)."""
        je = _TAG_JE_NICHT_ZUSAMMENHAENGEND.get(self.einheit)
        if je is None:
            raise EingabeUngueltig(
                f"Die Länge {self} lässt sich nicht nach § 191 BGB in Tage umrechnen;"
                " zulässig sind Tage, Wochen, Monate und Jahre."
            )
        return self.anzahl * je

    @property
    def monate(self) -> int:
        """Months of a length in months or years; 0 for every other unit."""
        if self.einheit in ("monate", "kalendermonate"):
            return self.anzahl
        return self.anzahl * _MONATE_JE_JAHR if self.einheit == "jahre" else 0

    @property
    def tage(self) -> int:
        """Days of a length in days, weeks or hours (rounded up); 0 for every other unit."""
        if self.einheit == "stunden":
            return -(-self.anzahl // _STUNDEN_JE_TAG)
        return self.anzahl * _TAG_JE.get(self.einheit, 0)


@lru_cache(maxsize=256)
def read_laenge(text: str) -> Laenge:
    """Cached ``Laenge.parse``."""
    return Laenge.parse(text)


def plus_monate(tag: date, monate: int) -> date:
    """Day with the same number; if the month has none, its last day (§ 188 Abs. 3 BGB)."""
    jahre, monat = divmod(tag.year * _MONATE_JE_JAHR + tag.month - 1 + monate, _MONATE_JE_JAHR)
    if not date.min.year <= jahre <= date.max.year:
        raise AusserhalbDerDeckung(
            f"Vom {write_datum(tag)} aus liegt das Ergebnis außerhalb des Kalenders;"
            " zulässig sind Ergebnisse bis zum Jahr 9999."
        )
    if tag.day <= 28:
        return date(jahre, monat + 1, tag.day)
    return date(jahre, monat + 1, min(tag.day, monthrange(jahre, monat + 1)[1]))


def monatsende(tag: date) -> date:
    """Last day of the month."""
    return date(tag.year, tag.month, monthrange(tag.year, tag.month)[1])


def letzter_tag(ausloeser: date, laenge: Laenge, *, tagesbeginn: bool, land: str) -> date:
    """Computed last day of a Frist, before any move to a working day.

    ``tagesbeginn`` False: the day of the event is not counted (§ 187 Abs. 1 BGB), the end has
    the same weekday or number (§ 188 Abs. 2 Alt. 1). True: the first day counts (§ 187 Abs. 2),
    the end is the day before the same number (§ 188 Abs. 2 Alt. 2); if the month lacks the
    number, its last day (§ 188 Abs. 3).
    """
    if laenge.einheit == "arbeitstage":
        return _plus_arbeitstage(ausloeser, laenge.anzahl, tagesbeginn, land)
    if laenge.einheit == "kalendermonate":
        return monatsende(plus_monate(ausloeser.replace(day=1), laenge.anzahl))
    if tage := laenge.tage:
        return ausloeser + timedelta(days=tage - 1 if tagesbeginn else tage)
    ende = plus_monate(ausloeser, laenge.monate)
    if tagesbeginn and ende.day == ausloeser.day:
        return ende - EIN_TAG
    return ende


def _plus_arbeitstage(ausloeser: date, anzahl: int, tagesbeginn: bool, land: str) -> date:
    """Monday to Friday without holidays of the Land; the law does not define the word."""
    tag = ausloeser - EIN_TAG if tagesbeginn else ausloeser
    while anzahl:
        tag += EIN_TAG
        if is_werktag(tag, land):
            anzahl -= 1
    return tag


def gehemmtes_ende(
    beginn: date,
    ende: date,
    pausen: Iterable[tuple[date, date]],
    laenge: Laenge | None,
    land: str,
) -> tuple[date, tuple[tuple[date, date, int], ...]]:
    """Move the end by the days of each pause that fall into the running Frist (§ 209 BGB).

    ``beginn`` is the first counted day; overlapping pauses count once. Returns the new end and
    per pause its first and last effective day with the number of days it adds. For lengths in
    Arbeitstage only working days of the pause are added, and the new end is a working day.
    """
    arbeitstage = laenge is not None and laenge.einheit == "arbeitstage"
    wirksam: list[tuple[date, date, int]] = []
    gezaehlt_bis = beginn - EIN_TAG
    for von, bis in sorted(pausen):
        erster = max(von, gezaehlt_bis + EIN_TAG)
        if erster > ende or bis < erster:
            continue
        gezaehlt_bis = bis
        if arbeitstage:
            tage = sum(
                is_werktag(erster + timedelta(days=versatz), land)
                for versatz in range((bis - erster).days + 1)
            )
            ende = _plus_arbeitstage(ende, tage, tagesbeginn=False, land=land)
        else:
            tage = (bis - erster).days + 1
            ende += timedelta(days=tage)
        wirksam.append((erster, bis, tage))
    return ende, tuple(wirksam)
