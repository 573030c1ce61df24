"""What is asked and answered about the Zuständigkeit, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recht.fristen import compute_frist
from recht.rechtsstand import Rechtsstand

JA_NEIN = (("ja", "ja"), ("nein", "nein"))
UNGEKLAERT = ("ungeklaert", "keiner")


@dataclass(frozen=True, slots=True)
class Angaben:
    """The answers; an empty one has not been given yet."""

    herkunft: str = ""
    eilfall: str = ""
    gruppen: tuple[str, ...] = ()
    vorrang: str = ""
    vorrang_gruppen: tuple[str, ...] = ()
    wohnform: str = ""
    bezug: str = ""
    bestand_2019: str = ""
    bezug_traeger: str = ""
    bezug_bis: date | None = None
    bezug_unterbrochen: str = ""
    besonderheit: str = ""
    aufnahme_am: date | None = None
    aufenthalt: str = ""
    tatsaechlich: str = ""
    einvernehmen: str = ""


@dataclass(frozen=True, slots=True)
class Frage:
    """One question. ``art`` is ``wahl``, ``mehrfach`` or ``datum``.

    A `freiwillig` one asks for an exception; without an answer the rule holds.
    """

    schluessel: str
    abschnitt: str
    text: str
    erklaerung: str
    norm: str
    antworten: tuple[tuple[str, str], ...] = ()
    art: str = "wahl"
    freiwillig: bool = False


def fristende(regel: str, ausloeser: date, land: str, stand: Rechtsstand | None = None) -> date:
    """The last day of a Frist that has a length."""
    return compute_frist(regel, ausloeser, land, rechtsstand=stand).ende or ausloeser
