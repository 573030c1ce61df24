"""What a told case consists of: facts, days and amounts, all invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any

from gesamtplan.models.angaben import Zielangaben
from recht.rechtsstand import BEGINN_B


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
    wortlaut: str = ""
    ausgangswert: str = ""
    zielwert: str = ""
    schritte: str = ""

    def angaben(self, bis: date) -> Zielangaben:
        """Return the goal as the service takes it."""
        return Zielangaben(bis=bis, **asdict(self))


@dataclass(frozen=True)
class Leistungsvorlage:
    """A Leistung of the plan and how its Teilbudget is set; `ziel` counts from 0.

    `weitere_ziele` are others that it serves too. `schluessel` is its key in the catalogue, `positionen` are hours and Sachkosten to compute.
    """

    ziel: int
    traeger: str
    bezeichnung: str
    norm: str
    umfang: str
    schluessel: str
    bemessungsart: str = "individuell"
    betrag: Decimal | None = None
    positionen: tuple[Mapping[str, str], ...] = ()
    form: str = "geld"
    grund: str = ""
    parameter: str = ""
    ergaenzend: bool = False
    fremd: bool = False
    nachweisart: str = "belege"
    weitere_ziele: tuple[int, ...] = ()


def stunden(anzahl: str, satz: str) -> tuple[Mapping[str, str], ...]:
    """Return hours a week at a rate, as a Teilbudget computes them."""
    return ({"art": "stunden", "anzahl": anzahl, "je": "woche", "satz": satz},)


@dataclass(frozen=True)
class Zeitplan:
    """The days of the story in their order."""

    eingang: date
    zustaendig: date
    bedarf: date
    plan: date
    stellungnahme: date
    bemessen: date
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
    beteiligte: str = ""
    befristungsgrund: str = ""
    vergleichssumme: Decimal | None = None
    planinhalte: Mapping[str, str] = field(default_factory=dict)
    versandweg: str = "post"
    persoenliches_budget: bool = True
    einkommensart: str = "rente"

    def beteiligte_mit(self, fallmanagement: str) -> str:
        """Return who took part in the talk: as given, else the person and her Fallmanagement."""
        name = f"{self.person.vorname} {self.person.nachname}"
        return self.beteiligte or f"{name}\n{fallmanagement} (Fallmanagement)"

    @property
    def absprachen(self) -> str:
        """Return what several carriers have agreed on without a Budgetkonferenz."""
        if not any(leistung.fremd for leistung in self.leistungen):
            return ""
        return (
            f"Am {self.zeit.stellungnahme:%d.%m.%Y} mit allen Trägern und der Person abgestimmt: "
            "Höhe und Form der Teilbudgets stehen fest, eine Budgetkonferenz wünscht niemand."
        )

    @property
    def mittel(self) -> dict[str, Any]:
        """Return income and assets, unless a benefit for the Lebensunterhalt settles them."""
        if any(leistung.ergaenzend for leistung in self.leistungen):
            return {}
        if self.zeit.beginn < BEGINN_B:
            satz = "Ihr Einkommen liegt unter der Einkommensgrenze (§ 85 SGB XII)."
            return {"einkommen_vermoegen": satz}
        return {
            "einkommen": Decimal("18400.00"),
            "einkommensart": self.einkommensart,
            "partner": "keiner",
            "vermoegen": Decimal("4200.00"),
        }
