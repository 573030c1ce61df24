"""Statutory holidays of the sixteen Länder and what counts as a working day.

The table comes from the ``holidays`` package; only holidays of a whole Land count. 24.12. and
31.12. are working days. Municipal holidays (Augsburg, Mariä Himmelfahrt in parts of Bavaria,
Fronleichnam in parts of Saxony and Thuringia) are not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from recht.eingabe import check_tag
from recht.fehler import AusserhalbDerDeckung, LandUnbekannt

LAENDER: Mapping[str, str] = MappingProxyType(
    {
        "BW": "Baden-Württemberg",
        "BY": "Bayern",
        "BE": "Berlin",
        "BB": "Brandenburg",
        "HB": "Bremen",
        "HH": "Hamburg",
        "HE": "Hessen",
        "MV": "Mecklenburg-Vorpommern",
        "NI": "Niedersachsen",
        "NW": "Nordrhein-Westfalen",
        "RP": "Rheinland-Pfalz",
        "SL": "Saarland",
        "SN": "Sachsen",
        "ST": "Sachsen-Anhalt",
        "SH": "Schleswig-Holstein",
        "TH": "Thüringen",
    }
)
JAHR_VON, JAHR_BIS = 2000, 2099
EIN_TAG = timedelta(days=1)
_SAMSTAG = 5
_NAMEN = {
    "Erster Mai": "Maifeiertag",
    "Erster Weihnachtstag": "1. Weihnachtsfeiertag",
    "Zweiter Weihnachtstag": "2. Weihnachtsfeiertag",
}


def check_land(land: object) -> str:
    """Return ``land`` if it is the code of one of the sixteen Länder."""
    if not isinstance(land, str) or land not in LAENDER:
        raise LandUnbekannt(
            f"Das Land „{land}“ ist nicht bekannt; zulässig sind {', '.join(sorted(LAENDER))}."
        )
    return land


@cache
def _tabelle(jahr: int, land: str) -> dict[date, str]:
    """Holidays of one year; the cache keeps the checks out of the hot path."""
    check_land(land)
    if not JAHR_VON <= jahr <= JAHR_BIS:
        raise AusserhalbDerDeckung(
            f"Für das Jahr {jahr} sind keine Feiertage hinterlegt;"
            f" zulässig sind die Jahre {JAHR_VON} bis {JAHR_BIS}."
        )
    from holidays.countries.germany import Germany  # noqa: PLC0415 - slow import

    tabelle = Germany(subdiv=land, years=jahr, language="de")
    return {
        tag: " und ".join(_NAMEN.get(teil, teil) for teil in name.split("; "))
        for tag, name in sorted(tabelle.items())
    }


def feiertage(jahr: int, land: str) -> Mapping[date, str]:
    """All statutory holidays of a year in a Land, in order, with their German names."""
    return MappingProxyType(_tabelle(jahr, check_land(land)))


def feiertag_name(tag: date, land: str) -> str | None:
    """Name of the holiday, or None on an ordinary day."""
    return _tabelle(check_tag(tag, "Tag").year, check_land(land)).get(tag)


def is_werktag(tag: date, land: str) -> bool:
    """Whether a Frist may end here: no Saturday, no Sunday, no holiday (§ 26 Abs. 3 SGB X)."""
    return tag not in _tabelle(tag.year, land) and tag.weekday() < _SAMSTAG


def naechster_werktag(tag: date, land: str) -> date:
    """The day itself if it is a working day, otherwise the first one after it."""
    while not is_werktag(tag, land):
        tag += EIN_TAG
    return tag


def letzter_werktag_bis(tag: date, land: str) -> date:
    """The day itself if it is a working day, otherwise the last one before it."""
    while not is_werktag(tag, land):
        tag -= EIN_TAG
    return tag


def letzter_werktag_vor(tag: date, land: str) -> date:
    """The last working day strictly before the day."""
    return letzter_werktag_bis(tag - EIN_TAG, land)
