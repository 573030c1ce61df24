"""Statutory holidays of the sixteen Länder and what counts as a working day.

The table comes from the ``holidays`` package. For a plain Land only holidays of the whole Land
count; a ``Sitz`` adds those that hold where the authority sits. 24.12. and 31.12. are working days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from recht.eingabe import check_tag, write_tag
from recht.fehler import AusserhalbDerDeckung, LandUnbekannt
from recht.ortsfeiertag import (
    LAENDER_MIT_ORTSFEIERTAG,
    ORTSFEIERTAGE,
    Sitz,
    ortsfeiertag_name,
    ortsfeiertage,
    ungeklaerte_tage,
    vermuteter_sitz,
    weitere_tage,
)

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
    """All statutory holidays of a year in a Land or at a seat, in order, with their names."""
    tabelle = _tabelle(jahr, check_land(land))
    if isinstance(land, Sitz):
        tage = (*ortsfeiertage(jahr, land), *weitere_tage(jahr, land))
        namen = {tag: ortsfeiertag_name(tag, land) for tag in tage}
        tabelle = tabelle | {tag: name for tag, name in namen.items() if name}
    return MappingProxyType(dict(sorted(tabelle.items())))


def feiertag_name(tag: date, land: str) -> str | None:
    """Name of the holiday, or None on an ordinary day."""
    name = _tabelle(check_tag(tag, "Tag").year, check_land(land)).get(tag)
    return name or ortsfeiertag_name(tag, land)


def is_werktag(tag: date, land: str) -> bool:
    """Whether a Frist may end here: no Saturday, no Sunday, no holiday (§ 26 Abs. 3 SGB X)."""
    if tag in _tabelle(tag.year, land) or tag.weekday() >= _SAMSTAG:
        return False
    return ortsfeiertag_name(tag, land) is None


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


def sitzfrage(von: date, bis: date, land: str) -> tuple[str, str]:
    """Which days of a range are holidays in a part of the Land, and the norms that say so."""
    tage = ungeklaerte_tage(von, bis, land)
    namen = " und ".join(
        f"{write_tag(tag)} ({ORTSFEIERTAGE[art].bezeichnung})" for tag, art in tage
    )
    norm = ", ".join({ORTSFEIERTAGE[art].normen[land]: None for _, art in tage})
    return (
        f"{namen} {'sind' if len(tage) > 1 else 'ist'} Feiertag in einem Teil des Landes"
        f" {LAENDER[land]}. Ob das am Sitz der Behörde gilt, ist nicht hinterlegt",
        f"§ 26 Abs. 3 S. 1 SGB X, {norm}",
    )


def sitzvorbehalt(tag: date, land: str) -> str:
    """What to say beside the next working day where it hangs on a seat that is not known."""
    if land not in LAENDER_MIT_ORTSFEIERTAG:
        return ""
    anders = naechster_werktag(tag, vermuteter_sitz(land))
    if anders == naechster_werktag(tag, land):
        return ""
    return f"{sitzfrage(tag, anders, land)[0]}; gilt es dort, ist es der {write_tag(anders)}."
