"""What an app makes known to this floor when the program starts: one object per app.

An upper app describes itself in a `Beitrag` and hands it over in `AppConfig.ready`; nothing here
imports an upper app.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from cases.registry.auftragsart import Auftragsart
from cases.registry.schreibenart import Schreibenart
from cases.registry.schritt import Hindernis, Schritt
from cases.registry.tisch import Arbeitszeile

if TYPE_CHECKING:
    from cases.models import Case, Frist, User

Schrittquelle = Callable[["Case", "User", date], list[Schritt]]
Zeilenquelle = Callable[["User", date], list[Arbeitszeile]]
Hindernisquelle = Callable[["Case", date], list[Hindernis]]
NachUeberpruefung = Callable[["Case", date], None]
NachFristablauf = Callable[["Frist", date], None]


@dataclass(frozen=True)
class Reiter:
    """A tab of the case page; tabs stand in the order of `rang`, then of registration."""

    titel: str
    url_name: str
    rollen: frozenset[str]
    rang: int = 50


@dataclass(frozen=True)
class Ereignisgruppe:
    """Kinds of Ereignis that the Chronik shows and filters as one group."""

    schluessel: str
    titel: str
    arten: tuple[str, ...]


@dataclass(frozen=True)
class Beitrag:
    """All that one app adds.

    - `reiter`: tabs of the case page.
    - `fallschritte`: sources of step buttons for the case page.
    - `arbeitszeilen`: sources of rows for „Mein Tag“, each with a fixed number of queries.
    - `kurzquellen`: kinds of short rows (`cases.queries.kurzzeile.Kurzquelle`); all share a query.
    - `abschlusshindernisse`: reasons why a case cannot be closed.
    - `entwurfszaehler`: drafts that wait for somebody, per case, for many cases in one query.
    - `budgetphasen`: in which of the phases a to d the Persönliches Budget stands ("" = none).
    - `teamlast`: per person the drafts begun and the things submitted for release; one query.
    - `schreibenarten`, `auftragsarten`: kinds of letters and of outbox jobs.
    - `ereignisgruppen`: groups of the Chronik.
    - `nach_ueberpruefung`: called in the transaction in which a review of the case begins.
    - `nach_fristablauf`: called when a Frist of the rule has run out.
    """

    reiter: tuple[Reiter, ...] = ()
    fallschritte: tuple[Schrittquelle, ...] = ()
    arbeitszeilen: tuple[Zeilenquelle, ...] = ()
    kurzquellen: tuple[Any, ...] = ()
    abschlusshindernisse: tuple[Hindernisquelle, ...] = ()
    entwurfszaehler: tuple[Callable[[list[int]], dict[int, int]], ...] = ()
    budgetphasen: tuple[Callable[[Case, date], str], ...] = ()
    teamlast: tuple[Callable[[list[int]], dict[int, tuple[int, int]]], ...] = ()
    schreibenarten: tuple[Schreibenart, ...] = ()
    auftragsarten: tuple[Auftragsart, ...] = ()
    ereignisgruppen: tuple[Ereignisgruppe, ...] = ()
    nach_ueberpruefung: tuple[NachUeberpruefung, ...] = ()
    nach_fristablauf: Mapping[str, NachFristablauf] = field(default_factory=dict)


_FOLGEN = (
    "reiter",
    "fallschritte",
    "arbeitszeilen",
    "kurzquellen",
    "abschlusshindernisse",
    "entwurfszaehler",
    "budgetphasen",
    "teamlast",
    "nach_ueberpruefung",
)


@dataclass
class Registry:
    """All contributions together, in the order of the apps."""

    reiter: list[Reiter] = field(default_factory=list)
    fallschritte: list[Schrittquelle] = field(default_factory=list)
    arbeitszeilen: list[Zeilenquelle] = field(default_factory=list)
    kurzquellen: list[Any] = field(default_factory=list)
    abschlusshindernisse: list[Hindernisquelle] = field(default_factory=list)
    entwurfszaehler: list[Callable[[list[int]], dict[int, int]]] = field(default_factory=list)
    budgetphasen: list[Callable[[Case, date], str]] = field(default_factory=list)
    teamlast: list[Callable[[list[int]], dict[int, tuple[int, int]]]] = field(default_factory=list)
    schreibenarten: dict[str, Schreibenart] = field(default_factory=dict)
    auftragsarten: dict[str, Auftragsart] = field(default_factory=dict)
    nach_ueberpruefung: list[NachUeberpruefung] = field(default_factory=list)
    ereignisgruppen: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    nach_fristablauf: dict[str, NachFristablauf] = field(default_factory=dict)

    def add(self, beitrag: Beitrag) -> None:
        """Take in what one app adds; a second time changes nothing."""
        for name in _FOLGEN:
            have = getattr(self, name)
            have.extend(neu for neu in getattr(beitrag, name) if neu not in have)
        self.reiter.sort(key=lambda r: r.rang)
        self.schreibenarten.update((art.schluessel, art) for art in beitrag.schreibenarten)
        self.auftragsarten.update((art.schluessel, art) for art in beitrag.auftragsarten)
        self.nach_fristablauf.update(beitrag.nach_fristablauf)
        for gruppe in beitrag.ereignisgruppen:
            bisher = self.ereignisgruppen.get(gruppe.schluessel, (gruppe.titel, frozenset()))[1]
            arten = bisher | frozenset(gruppe.arten)
            self.ereignisgruppen[gruppe.schluessel] = (gruppe.titel, arten)


registry = Registry()
