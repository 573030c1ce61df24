"""All Leistungen of a version over time: a picture, the same as a table, gaps and overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gesamtplan.models import Gesamtplan, Leistung
from gesamtplan.models.doppelung import doppelte_paare

# The picture is drawn on a grid of this many units; every length on it is a whole number.
BREITE = 1000
_EIN_TAG = timedelta(days=1)


@dataclass(frozen=True)
class Balken:
    """One Leistung in the picture: where its bar begins and how long it is."""

    leistung: Leistung
    x: int
    breite: int
    offen: bool


@dataclass(frozen=True)
class Luecke:
    """Days within the plan on which nothing of a goal is given, or days that are covered twice."""

    von: date
    bis: date | None
    worum: str

    @property
    def tage(self) -> str:
        """Return the days in words."""
        if self.bis is None:
            return f"ab dem {self.von:%d.%m.%Y}"
        return f"vom {self.von:%d.%m.%Y} bis {self.bis:%d.%m.%Y}"


@dataclass(frozen=True)
class Jahresmarke:
    """The first day of a year in the picture."""

    x: int
    jahr: int


@dataclass(frozen=True)
class Zeitbild:
    """From the first day of the plan or of a Leistung to the review or the last end."""

    von: date
    bis: date
    balken: tuple[Balken, ...]
    marken: tuple[Jahresmarke, ...]
    luecken: tuple[Luecke, ...]
    doppelt: tuple[Luecke, ...]

    @property
    def hoehe(self) -> int:
        """Return the height of the picture in its units."""
        return 28 * len(self.balken) + 24


def zeitbild_of(plan: Gesamtplan) -> Zeitbild | None:
    """Return the picture of a version read with its parts, None when it names no Leistung."""
    rows = sorted(plan.leistungen.all(), key=lambda r: (r.teilhabeziel.nummer, r.beginn, r.pk))
    if not rows:
        return None
    von = min([plan.datum, *(row.beginn for row in rows)])
    letzte = [plan.ueberpruefung_am or plan.datum, *(row.ende or row.beginn for row in rows)]
    bis = max([*letzte, von + timedelta(days=30)])
    tage = (bis - von).days + 1

    def x_of(tag: date) -> int:
        return round(BREITE * (tag - von).days / tage)

    return Zeitbild(
        von,
        bis,
        tuple(_balken(row, x_of(row.beginn), x_of((row.ende or bis) + _EIN_TAG)) for row in rows),
        tuple(
            Jahresmarke(x_of(date(jahr, 1, 1)), jahr) for jahr in range(von.year + 1, bis.year + 1)
        ),
        tuple(_luecken(plan, rows)),
        tuple(_doppelte(rows)),
    )


def _balken(row: Leistung, x: int, ende: int) -> Balken:
    # One day of many years is still seen.
    return Balken(row, x, max(4, ende - x), row.ende is None)


def _luecken(plan: Gesamtplan, rows: Sequence[Leistung]) -> Iterator[Luecke]:
    """Yield for each goal the days between two of its Leistungen, and before the review."""
    je_ziel: dict[int, list[Leistung]] = {}
    for row in rows:
        for ziel in row.ziele:
            je_ziel.setdefault(ziel.nummer, []).append(row)
    for nummer, eigene in sorted(je_ziel.items()):
        gedeckt: date | None = None
        for row in sorted(eigene, key=lambda r: r.beginn):
            if gedeckt is not None and (row.beginn - gedeckt).days > 1:
                yield Luecke(gedeckt + _EIN_TAG, row.beginn - _EIN_TAG, f"Ziel {nummer}")
            gedeckt = max(gedeckt or date.min, row.ende or date.max)
        ende = plan.ueberpruefung_am
        if ende is not None and gedeckt is not None and gedeckt < ende:
            yield Luecke(max(gedeckt + _EIN_TAG, plan.datum), ende, f"Ziel {nummer}")


def _doppelte(rows: Sequence[Leistung]) -> Iterator[Luecke]:
    for eine, andere in doppelte_paare(rows):
        enden = [row.ende for row in (eine, andere) if row.ende is not None]
        worum = f"{eine.bezeichnung} und {andere.bezeichnung}"
        yield Luecke(andere.beginn, min(enden, default=None), worum)
