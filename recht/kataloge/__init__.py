"""Catalogues of the law as data: carriers, groups, services, life areas, instruments.

A number such as "§ 5 Nr. 4" changed its meaning in 2018, so an entry always carries its
Rechtsstand and is identified by a key, never by a bare number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from recht.daten import read_yaml
from recht.fehler import EingabeUngueltig
from recht.feiertag import check_land
from recht.norm import parse_normen
from recht.rechtsstand import Rechtsstand, rechtsstand_am

KATALOGE = (
    "leistungsgruppen",
    "leistungstraeger",
    "leistungskatalog",
    "leistungsarten",
    "beitragsfrei",
    "instrumente",
    "leistungsbestandteile",
    "nachweisarten",
    "weitere_leistungen",
)


class Lebensbereich(NamedTuple):
    """One of the nine areas by which the Bedarf is found; the code is the chapter of the ICF."""

    code: str
    name: str


# § 118 Abs. 1 S. 3 Nr. 1-9 SGB IX (2018 and 2019: § 142 SGB XII).
LEBENSBEREICHE = (
    Lebensbereich("d1", "Lernen und Wissensanwendung"),
    Lebensbereich("d2", "Allgemeine Aufgaben und Anforderungen"),
    Lebensbereich("d3", "Kommunikation"),
    Lebensbereich("d4", "Mobilität"),
    Lebensbereich("d5", "Selbstversorgung"),
    Lebensbereich("d6", "Häusliches Leben"),
    Lebensbereich("d7", "Interpersonelle Interaktionen und Beziehungen"),
    Lebensbereich("d8", "Bedeutende Lebensbereiche"),
    Lebensbereich("d9", "Gemeinschafts-, soziales und staatsbürgerliches Leben"),
)
# What stands outside every Rechtsstand carries this mark in the files.
_IMMER = "*"


@dataclass(frozen=True, slots=True)
class Eintrag:
    """One entry of a catalogue.

    ``rechtsstaende`` says under which law it exists. ``verweise`` are keys of another catalogue:
    of a carrier its Leistungsgruppen, of a service the Leistungsarten of the statistics, of a
    further Leistung its Leistungsgruppen (none: it is no Leistung zur Teilhabe).
    ``norm_ue`` is the citation of 2018 and 2019 where it differs; before ``gueltig_ab`` there was
    no such entry.
    """

    katalog: str
    schluessel: str
    nummer: str
    bezeichnung: str
    norm: str
    rechtsstaende: frozenset[Rechtsstand]
    verweise: tuple[str, ...] = ()
    land: str = ""
    grad: str = ""
    hinweis: str = ""
    bereich: str = ""
    traeger: tuple[str, ...] = ()
    form: str = ""
    norm_ue: str = ""
    gueltig_ab: date = date.min


def _read_eintrag(zeile: dict[str, Any]) -> Eintrag:
    parse_normen(zeile["norm"])
    gilt = zeile["rechtsstand"]
    return Eintrag(
        katalog=zeile["katalog"],
        schluessel=zeile["schluessel"],
        nummer=zeile.get("nummer", ""),
        bezeichnung=zeile["bezeichnung"],
        norm=zeile["norm"],
        rechtsstaende=frozenset(Rechtsstand if gilt == _IMMER else map(Rechtsstand, gilt)),
        verweise=tuple(zeile.get("verweise", ())),
        land=zeile.get("land", ""),
        grad=zeile["grad"],
        hinweis=zeile.get("hinweis", ""),
        bereich=zeile.get("bereich", ""),
        traeger=tuple(zeile.get("traeger", ())),
        form=zeile.get("form", ""),
        norm_ue=zeile.get("norm_ue", ""),
        gueltig_ab=zeile.get("gueltig_ab", date.min),
    )


@cache
def _alle() -> tuple[Eintrag, ...]:
    return tuple(_read_eintrag(zeile) for zeile in read_yaml("kataloge"))


def alle_eintraege(katalog: str) -> tuple[Eintrag, ...]:
    """All entries of a catalogue under every Rechtsstand, in their order."""
    if katalog not in KATALOGE:
        raise EingabeUngueltig(
            f"Den Katalog „{katalog}“ gibt es nicht; zulässig sind {', '.join(KATALOGE)}."
        )
    return tuple(eintrag for eintrag in _alle() if eintrag.katalog == katalog)


@cache
def _nach_rechtsstand(katalog: str, rechtsstand: Rechtsstand) -> tuple[Eintrag, ...]:
    return tuple(
        eintrag for eintrag in alle_eintraege(katalog) if rechtsstand in eintrag.rechtsstaende
    )


def eintraege(katalog: str, stichtag: date) -> tuple[Eintrag, ...]:
    """The entries of a catalogue under the law of the day."""
    gueltig = _nach_rechtsstand(katalog, rechtsstand_am(stichtag))
    return tuple(eintrag for eintrag in gueltig if eintrag.gueltig_ab <= stichtag)


def leistungstraeger(stichtag: date) -> tuple[Eintrag, ...]:
    """Carriers that can take part in a Persönliches Budget; ``verweise`` are their groups."""
    return eintraege("leistungstraeger", stichtag)


def leistungsgruppen(stichtag: date) -> tuple[Eintrag, ...]:
    """Groups of Leistungen zur Teilhabe (§ 5 SGB IX)."""
    return eintraege("leistungsgruppen", stichtag)


def leistungskatalog(stichtag: date) -> tuple[Eintrag, ...]:
    """Leistungen der Eingliederungshilfe; ``verweise`` are Leistungsarten of § 144 SGB IX."""
    return eintraege("leistungskatalog", stichtag)


def leistungsbestandteile() -> tuple[Eintrag, ...]:
    """The 29 building blocks of a Zielvereinbarung."""
    return alle_eintraege("leistungsbestandteile")


def nachweisarten() -> tuple[Eintrag, ...]:
    """Ways in which the use of a Teilbudget is shown."""
    return alle_eintraege("nachweisarten")


def instrumente(land: str) -> tuple[Eintrag, ...]:
    """Instruments of Bedarfsermittlung known for a Land; empty where none is known."""
    check_land(land)
    return tuple(eintrag for eintrag in alle_eintraege("instrumente") if eintrag.land == land)
