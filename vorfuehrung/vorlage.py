"""What a told case consists of: facts, days and amounts, all invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum


class Stand(IntEnum):
    """How far a case is told."""

    ANTRAG = 1
    ZUSTAENDIG = 2
    BEDARF_OFFEN = 3
    BEDARF = 4
    PLAN_ENTWURF = 5
    PLAN_VORGELEGT = 6
    PLAN_FREI = 7
    BUDGET = 8
    BEMESSEN = 9
    ZIEL_ZUR_UNTERSCHRIFT = 10
    VEREINBART = 11
    BESCHEID_ENTWURF = 12
    BESCHEID_VORGELEGT = 13
    BESCHEID_FREI = 14
    VERSAND_VORGESEHEN = 15
    LAEUFT = 16
    UEBERPRUEFUNG = 17
    FORTSCHREIBUNG = 18


@dataclass(frozen=True)
class Personenvorlage:
    """A person who does not exist."""

    anrede: str
    vorname: str
    nachname: str
    geburtsdatum: date
    strasse: str
    plz: str = "70999"
    ort: str = "Musterau"
    zusatz: str = ""
    telefon: str = ""
    email: str = ""
    iban: str = "DE89370400440532013000"
    behinderungsart: str = "koerperlich"
    hilfebedarfsgruppe: int | None = None
    barrierefreies_format: str = "kein"


@dataclass(frozen=True)
class Zielvorlage:
    """A goal with its Leistungen by index."""

    lebensbereich: str
    text: str
    kriterium: str


@dataclass(frozen=True)
class Leistungsvorlage:
    """A Leistung of the plan and how its Teilbudget is set; `ziel` counts from 0."""

    ziel: int
    traeger: str
    bezeichnung: str
    norm: str
    umfang: str
    bemessungsart: str = "individuell"
    betrag: Decimal | None = None
    form: str = "geld"
    grund: str = ""
    parameter: str = ""
    ergaenzend: bool = False
    fremd: bool = False
    nachweisart: str = "belege"


@dataclass(frozen=True)
class Zeitplan:
    """The days of the story in their order."""

    eingang: date
    zustaendig: date
    bedarf: date
    plan: date
    stellungnahme: date
    ausgefertigt: date
    unterschrift: date
    bescheid: date
    aufgabe: date
    beginn: date
    ende: date | None = None


@dataclass(frozen=True)
class Fallvorlage:
    """Everything that is needed to tell one case."""

    person: Personenvorlage
    zeit: Zeitplan
    begehren: str
    befunde: Mapping[str, tuple[str, str, str, str]]
    ziele: tuple[Zielvorlage, ...]
    leistungen: tuple[Leistungsvorlage, ...]
    begruendung: str
    instrument: str = "BEI_BW"
    beteiligte: str = "leistungsberechtigte Person, Fallmanagement"
    befristungsgrund: str = ""
    vergleichssumme: Decimal | None = None
    planinhalte: Mapping[str, str] = field(default_factory=dict)
    versandweg: str = "post"
    persoenliches_budget: bool = True
