"""The dated index of every norm that the product cites.

One row per citation and time: ``norm`` in the short form without ``a.F.``, ``titel`` the official
heading, ``von`` and ``bis`` the first and last day in force (without: before and after all days
of the product), ``texte`` the years of the texts of the law in which it was found (2012:
02.07.2012, 2021: end of 2021, 2026: 19.08.2026), ``grad`` the grade of the citation and ``zeit``
that of its days. Without a text at hand the grade is ``M``, from memory. ``gleich`` marks a row
that says the same as the one before it, so that one citation may stand for both times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from recht.daten import read_yaml
from recht.eingabe import write_datum
from recht.norm import GERICHTE, GESETZE, LEITFAEDEN, Norm

_TEXTE: Mapping[int, str] = MappingProxyType(
    {2012: "02.07.2012", 2021: "Ende 2021", 2026: "19.08.2026"}
)
AUS_DEM_GEDAECHTNIS = "M"


@dataclass(frozen=True, slots=True)
class Normzeile:
    """One citation and the days on which it is in force; both days are inclusive."""

    norm: Norm
    titel: str
    von: date
    bis: date
    texte: tuple[int, ...]
    grad: str
    zeit: str
    gleich: bool = False

    @property
    def quelle(self) -> str:
        """In which texts of the law it was found, in words; empty without a text at hand."""
        return ", ".join(_TEXTE[jahr] for jahr in self.texte)

    @property
    def gedaechtnis(self) -> bool:
        """Whether the citation or its days are from memory."""
        return AUS_DEM_GEDAECHTNIS in (self.grad, self.zeit)

    @property
    def anfang(self) -> date | None:
        """The first day, None where it lies before all days of the product."""
        return None if self.von == date.min else self.von

    @property
    def ende(self) -> date | None:
        """The last day, None while it is in force."""
        return None if self.bis == date.max else self.bis


def _read(zeile: dict[str, Any]) -> Normzeile:
    return Normzeile(
        norm=Norm.parse(zeile["norm"]),
        titel=zeile.get("titel", ""),
        von=zeile.get("von", date.min),
        bis=zeile.get("bis", date.max),
        texte=tuple(zeile.get("texte", ())),
        grad=zeile["grad"],
        zeit=zeile.get("zeit", ""),
        gleich=zeile.get("gleich", False),
    )


@cache
def normzeilen() -> tuple[Normzeile, ...]:
    """All rows, sorted by law, paragraph and time."""
    return tuple(sorted(map(_read, read_yaml("normen")), key=lambda z: (z.norm, z.von)))


@cache
def _nach_norm() -> Mapping[Norm, tuple[Normzeile, ...]]:
    zeilen: dict[Norm, tuple[Normzeile, ...]] = {}
    for zeile in normzeilen():
        key = _schluessel(zeile.norm)
        zeilen[key] = (*zeilen.get(key, ()), zeile)
    return MappingProxyType(zeilen)


def _schluessel(norm: Norm) -> Norm:
    """The same citation however it is written: with „§§“, with „a.F.“ or without."""
    zeichen = "§" if norm.zeichen == "§§" else norm.zeichen
    return replace(norm, zeichen=zeichen, alte_fassung=False)


def zeilen_zu(norm: Norm) -> tuple[Normzeile, ...]:
    """The rows of a citation, the oldest first; empty when the index does not know it."""
    return _nach_norm().get(_schluessel(norm), ())


def check_fundstelle(norm: Norm, von: date, bis: date) -> str:
    """Say why a citation may not be read on these days, empty when it may on all of them.

    A citation with ``a.F.`` must have gone out of force at some time.
    """
    zeilen = zeilen_zu(norm)
    if not zeilen:
        return f"{norm} steht nicht im Verzeichnis der Normen."
    if norm.alte_fassung:
        zeilen = tuple(z for z in zeilen if z.ende is not None)
        if not zeilen:
            return f"{norm} gilt noch; eine alte Fassung gibt es im Verzeichnis nicht."
    tag = von
    while tag <= bis:
        deckt = [z for z in zeilen if z.von <= tag <= z.bis]
        if not deckt:
            return f"{norm} galt am {write_datum(tag)} nicht ({_wann(zeilen)})."
        ende = max(z.bis for z in deckt)
        if ende >= bis:
            return ""
        tag = ende + timedelta(days=1)
        naechste = [z for z in zeilen if z.von == tag]
        if naechste and not any(z.gleich for z in naechste):
            return f"{norm} sagt seit dem {write_datum(tag)} etwas anderes; zu datieren."
    return ""


def _wann(zeilen: tuple[Normzeile, ...]) -> str:
    teile = []
    for zeile in zeilen:
        ab = f"ab {write_datum(zeile.von)}" if zeile.anfang else ""
        bis = f"bis {write_datum(zeile.bis)}" if zeile.ende else ""
        teile.append(" ".join(teil for teil in (ab, bis) if teil) or "durchgehend")
    return "im Verzeichnis " + ", ".join(teile)


@cache
def quellen() -> tuple[str, ...]:
    """The laws, courts and guides of the index, in the order in which they are cited."""
    vorhanden = {zeile.norm.gesetz for zeile in normzeilen()}
    return tuple(q for q in (*GESETZE, *GERICHTE, *LEITFAEDEN) if q in vorhanden)
