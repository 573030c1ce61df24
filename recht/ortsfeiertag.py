"""Holidays that hold in some municipalities of a Land only, and the seat that decides.

What counts is the seat of the authority (§ 26 Abs. 3 SGB X, § 64 Abs. 3 SGG). Which municipality
has such a day follows from a census or a regulation of the Land; whoever asks has to say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Self

from recht.fehler import EingabeUngueltig


@dataclass(frozen=True, slots=True)
class Ortsfeiertag:
    """One such holiday: its name, and per Land the norm that leaves it to the municipality."""

    bezeichnung: str
    normen: Mapping[str, str]


# The norms are cited from memory; no text of these laws was at hand.
ORTSFEIERTAGE: Mapping[str, Ortsfeiertag] = MappingProxyType(
    {
        "mariae_himmelfahrt": Ortsfeiertag(
            "Mariä Himmelfahrt", {"BY": "Art. 1 Abs. 1 Nr. 2 FTG BY"}
        ),
        "augsburger_friedensfest": Ortsfeiertag(
            "Augsburger Friedensfest", {"BY": "Art. 1 Abs. 2 FTG BY"}
        ),
        "fronleichnam": Ortsfeiertag("Fronleichnam", {"SN": "§ 1 SächsSFG", "TH": "§ 2 ThürFGtG"}),
    }
)
_ORTSTAG = re.compile(
    r"(?P<tag>\d{1,2})\.(?P<monat>\d{1,2})\.(?P<jahr>\d{4})? +(?P<name>[^()]+\(.+\))"
)
_AUGSBURG = "Augsburg"
# What the table of `holidays` calls them.
_NAMEN = {
    "Mariä Himmelfahrt": "mariae_himmelfahrt",
    "Augsburger Hohes Friedensfest": "augsburger_friedensfest",
    "Fronleichnam": "fronleichnam",
}


LAENDER_MIT_ORTSFEIERTAG = frozenset(
    land for einer in ORTSFEIERTAGE.values() for land in einer.normen
)


@dataclass(frozen=True, slots=True, order=True)
class Sitzangabe:
    """From a day on a local holiday holds at the seat, or does not."""

    ab: date
    art: str
    gilt: bool


@dataclass(frozen=True, slots=True)
class Ortstag:
    """A further holiday at the seat, each year or in one: what no table of the Länder has."""

    tag: int
    monat: int
    jahr: int | None
    bezeichnung: str

    def faellt_auf(self, tag: date) -> bool:
        """Whether it is this day."""
        return (self.tag, self.monat) == (tag.day, tag.month) and self.jahr in (None, tag.year)


def read_ortstage(text: str) -> tuple[Ortstag, ...]:
    """One line for each: „24.06. Johannistag (Ortssatzung)“, „17.03.2027 Stadtjubiläum (…)“.

    A name and the rule it rests on must be there. Raises EingabeUngueltig with the line.
    """
    tage = []
    for zeile in filter(None, map(str.strip, text.splitlines())):
        treffer = _ORTSTAG.fullmatch(zeile)
        jahr = int(treffer["jahr"]) if treffer and treffer["jahr"] else None
        try:
            if treffer is None:
                raise ValueError
            # 2024 has a 29 February.
            date(jahr or 2024, int(treffer["monat"]), int(treffer["tag"]))
        except ValueError:
            raise EingabeUngueltig(
                f"„{zeile}“ ist kein Feiertag. Schreiben Sie zum Beispiel „24.06. Johannistag "
                "(Ortssatzung vom 03.05.2019)“ oder mit dem Jahr „17.03.2027 Stadtjubiläum (…)“."
            ) from None
        tage.append(
            Ortstag(int(treffer["tag"]), int(treffer["monat"]), jahr, treffer["name"].strip())
        )
    return tuple(tage)


class Sitz(str):
    """The code of a Land that also knows which local holidays hold at the seat of the authority.

    It is that code wherever only the Land matters. ``angaben`` are dated: an authority moves, a
    municipality gets another status. Before the first one of a kind the answer is not known.
    """

    angaben: tuple[Sitzangabe, ...]
    vermutet: bool
    weitere: tuple[tuple[date, tuple[Ortstag, ...]], ...]

    def __new__(
        cls,
        land: str,
        angaben: Iterable[Sitzangabe] = (),
        vermutet: bool = False,
        weitere: Iterable[tuple[date, tuple[Ortstag, ...]]] = (),
    ) -> Self:
        """``vermutet`` takes every local holiday that is not known for one that holds.

        ``weitere`` are other holidays of the seat, each list from its day until the next one.
        """
        sitz = super().__new__(cls, land)
        sitz.weitere = tuple(sorted(weitere, key=lambda eine: eine[0]))
        sitz.angaben = tuple(sorted(angaben))
        sitz.vermutet = vermutet
        return sitz

    def gilt(self, art: str, tag: date) -> bool | None:
        """Whether the local holiday holds at the seat on the day; None where nobody has said."""
        bekannt = [eine.gilt for eine in self.angaben if eine.art == art and eine.ab <= tag]
        return bekannt[-1] if bekannt else (True if self.vermutet else None)

    def weiterer(self, tag: date) -> str | None:
        """Name of a further holiday of the seat on the day, otherwise None."""
        gueltig = [tage for ab, tage in self.weitere if ab <= tag]
        if not gueltig:
            return None
        return next((eine.bezeichnung for eine in gueltig[-1] if eine.faellt_auf(tag)), None)


def gilt_am_sitz(art: str, tag: date, land: str) -> bool | None:
    """The same for a plain Land, which says nothing about a seat."""
    return land.gilt(art, tag) if isinstance(land, Sitz) else None


def arten_in(land: str) -> tuple[str, ...]:
    """The local holidays that exist in a Land; most Länder have none."""
    return tuple(art for art, einer in ORTSFEIERTAGE.items() if land in einer.normen)


@cache
def _tage(jahr: int, land: str) -> dict[date, str]:
    """Days of the local holidays of a Land in a year with their kind, as ``holidays`` has them."""
    from holidays.constants import CATHOLIC  # noqa: PLC0415 - slow import
    from holidays.countries.germany import Germany  # noqa: PLC0415 - slow import

    tabelle = dict(Germany(subdiv=land, years=jahr, language="de", categories=CATHOLIC))
    if land == "BY":
        ganz = Germany(subdiv=land, years=jahr, language="de")
        stadt = Germany(subdiv=_AUGSBURG, years=jahr, language="de", categories=("public",))
        tabelle |= {tag: name for tag, name in stadt.items() if tag not in ganz}
    return {tag: _NAMEN[name] for tag, name in sorted(tabelle.items()) if name in _NAMEN}


def ortsfeiertage(jahr: int, land: str) -> Mapping[date, str]:
    """Every day of a year that is a holiday in a part of the Land, with its kind."""
    return MappingProxyType(_tage(jahr, land)) if land in LAENDER_MIT_ORTSFEIERTAG else {}


def weitere_tage(jahr: int, land: str) -> tuple[date, ...]:
    """Every day of a year that is a further holiday of the seat."""
    if not isinstance(land, Sitz) or not land.weitere:
        return ()
    alle = (date(jahr, 1, 1) + timedelta(days=n) for n in range(366))
    return tuple(tag for tag in alle if tag.year == jahr and land.weiterer(tag))


def ortsfeiertag_name(tag: date, land: str) -> str | None:
    """Name of the local holiday where it holds at the seat on the day, otherwise None."""
    if isinstance(land, Sitz) and land.weitere and (name := land.weiterer(tag)):
        return name
    if land not in LAENDER_MIT_ORTSFEIERTAG:
        return None
    art = _tage(tag.year, land).get(tag)
    if art is None or not gilt_am_sitz(art, tag, land):
        return None
    return ORTSFEIERTAGE[art].bezeichnung


def ungeklaerte_tage(von: date, bis: date, land: str) -> tuple[tuple[date, str], ...]:
    """Days of a range of which nobody has said whether they are holidays at the seat."""
    if land not in LAENDER_MIT_ORTSFEIERTAG:
        return ()
    return tuple(
        (tag, art)
        for jahr in range(von.year, bis.year + 1)
        for tag, art in _tage(jahr, land).items()
        if von <= tag <= bis and gilt_am_sitz(art, tag, land) is None
    )


def vermuteter_sitz(land: str) -> Sitz:
    """The same seat, as if every local holiday held there that is not known."""
    if not isinstance(land, Sitz):
        return Sitz(land, vermutet=True)
    return Sitz(land, land.angaben, vermutet=True, weitere=land.weitere)
