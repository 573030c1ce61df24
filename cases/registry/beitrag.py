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
from cases.registry.probe import Probe
from cases.registry.schreibenart import Schreibenart
from cases.registry.schritt import Hindernis, Schritt
from cases.registry.serienart import Serienart
from cases.registry.textstelle import Platzhalter, Textstelle
from cases.registry.tisch import Arbeitszeile
from cases.states.inhalt import Inhalt

if TYPE_CHECKING:
    from cases.models import Case, Frist, Schreiben, User

Schrittquelle = Callable[["Case", "User", date], list[Schritt]]
Zeilenquelle = Callable[["User", date], list[Arbeitszeile]]
Hindernisquelle = Callable[["Case", date], list[Hindernis]]
NachTodesruecknahme = Callable[["Case", date], None]
NachWiderspruchsfrist = Callable[["Schreiben", "User | None", date], None]
NachUeberpruefung = Callable[["Case", date], None]
NachFristablauf = Callable[["Frist", date], None]
Taeglich = Callable[..., object]
Wecker = Callable[[int, int], None]


# The tabs of a case stand under these words, in this order.
REITERGRUPPEN = ("Verfahren", "Person", "Plan", "Budget", "Akte")


@dataclass(frozen=True)
class Reiter:
    """A tab of the case page in one of REITERGRUPPEN.

    Within its group tabs stand in the order of `rang`, then of registration.
    """

    titel: str
    url_name: str
    rollen: frozenset[str]
    rang: int = 50
    gruppe: str = "Akte"


@dataclass(frozen=True)
class Ereignisgruppe:
    """Kinds of Ereignis that the Chronik shows and filters as one group.

    `inhalte` names kinds that tell more than the course of the case, and what: their lines are
    for those who see that content.
    """

    schluessel: str
    titel: str
    arten: tuple[str, ...]
    inhalte: tuple[tuple[str, Inhalt], ...] = ()


@dataclass(frozen=True)
class Beitrag:
    """All that one app adds.

    - `reiter`: tabs of the case page.
    - `fallschritte`: sources of step buttons for the case page.
    - `arbeitszeilen`: sources of rows for „Mein Tag“, each with a fixed number of queries.
    - `kurzquellen`: kinds of short rows (`cases.queries.kurzzeile.Kurzquelle`); all share a query.
    - `abschlusshindernisse`: reasons why a case cannot be closed.
    - `entwurfszaehler`: drafts that wait for somebody, per case, for many cases in one query.
    - `traegerfaelle`: the keys of the cases in which a Leistungsträger gives something.
    - `budgetphasen`: in which phase of the stepper the Persönliches Budget stands ("" = none).
    - `bedarf_ermittelt`: whether the Gesamtplanverfahren of a case had found a need by a day.
    - `teamlast`: per person the drafts begun and the things submitted for release; one query.
    - `schreibenarten`, `auftragsarten`: kinds of letters and of outbox jobs.
    - `serienarten`: kinds of letters that may be written to many at once.
    - `ereignisgruppen`: groups of the Chronik.
    - `proben`: what the floor needs from the law on a day, for the rehearsal.
    - `textstellen`, `platzhalter`: where texts of the authority are offered and what they may name.
    - `nach_ueberpruefung`: called in the transaction in which a review of the case begins.
    - `nach_fristablauf`: called when a Frist of the rule has run out.
    - `nach_fristberichtigung`: called when that was said too early and is taken back.
    - `nach_fristneuberechnung`: called for each Frist that a computation anew has moved.
    - `nach_widerspruchsfrist`: called when the Widerspruchsfrist against a letter is settled.
    - `nach_todesruecknahme`: called for each case of a person whose death was recorded by mistake.
    - `taeglich`: called by the daily run with its day, before the Fristen move; safe to run twice.
    - `invarianten`: name -> SQL that counts the exceptions, asked every night.
    """

    reiter: tuple[Reiter, ...] = ()
    fallschritte: tuple[Schrittquelle, ...] = ()
    arbeitszeilen: tuple[Zeilenquelle, ...] = ()
    kurzquellen: tuple[Any, ...] = ()
    abschlusshindernisse: tuple[Hindernisquelle, ...] = ()
    entwurfszaehler: tuple[Callable[[list[int]], dict[int, int]], ...] = ()
    traegerfaelle: tuple[Callable[[int], Any], ...] = ()
    budgetphasen: tuple[Callable[[Case, date], str], ...] = ()
    bedarf_ermittelt: tuple[Callable[[Case, date], bool], ...] = ()
    teamlast: tuple[Callable[[list[int]], dict[int, tuple[int, int]]], ...] = ()
    schreibenarten: tuple[Schreibenart, ...] = ()
    auftragsarten: tuple[Auftragsart, ...] = ()
    serienarten: tuple[Serienart, ...] = ()
    ereignisgruppen: tuple[Ereignisgruppe, ...] = ()
    proben: tuple[Probe, ...] = ()
    textstellen: tuple[Textstelle, ...] = ()
    platzhalter: tuple[Platzhalter, ...] = ()
    nach_ueberpruefung: tuple[NachUeberpruefung, ...] = ()
    nach_fristablauf: Mapping[str, NachFristablauf] = field(default_factory=dict)
    nach_fristberichtigung: Mapping[str, NachFristablauf] = field(default_factory=dict)
    nach_fristneuberechnung: tuple[NachFristablauf, ...] = ()
    nach_widerspruchsfrist: tuple[NachWiderspruchsfrist, ...] = ()
    nach_todesruecknahme: tuple[NachTodesruecknahme, ...] = ()
    taeglich: tuple[Taeglich, ...] = ()
    invarianten: Mapping[str, str] = field(default_factory=dict)


_FOLGEN = (
    "reiter",
    "fallschritte",
    "arbeitszeilen",
    "kurzquellen",
    "abschlusshindernisse",
    "entwurfszaehler",
    "traegerfaelle",
    "budgetphasen",
    "bedarf_ermittelt",
    "teamlast",
    "proben",
    "nach_fristneuberechnung",
    "nach_todesruecknahme",
    "textstellen",
    "platzhalter",
    "nach_ueberpruefung",
    "nach_widerspruchsfrist",
    "taeglich",
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
    traegerfaelle: list[Callable[[int], Any]] = field(default_factory=list)
    budgetphasen: list[Callable[[Case, date], str]] = field(default_factory=list)
    bedarf_ermittelt: list[Callable[[Case, date], bool]] = field(default_factory=list)
    teamlast: list[Callable[[list[int]], dict[int, tuple[int, int]]]] = field(default_factory=list)
    proben: list[Probe] = field(default_factory=list)
    textstellen: list[Textstelle] = field(default_factory=list)
    platzhalter: list[Platzhalter] = field(default_factory=list)
    schreibenarten: dict[str, Schreibenart] = field(default_factory=dict)
    auftragsarten: dict[str, Auftragsart] = field(default_factory=dict)
    serienarten: dict[str, Serienart] = field(default_factory=dict)
    nach_ueberpruefung: list[NachUeberpruefung] = field(default_factory=list)
    ereignisgruppen: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    ereignisinhalte: dict[str, Inhalt] = field(default_factory=dict)
    nach_fristablauf: dict[str, NachFristablauf] = field(default_factory=dict)
    nach_fristberichtigung: dict[str, NachFristablauf] = field(default_factory=dict)
    nach_fristneuberechnung: list[NachFristablauf] = field(default_factory=list)
    nach_widerspruchsfrist: list[NachWiderspruchsfrist] = field(default_factory=list)
    nach_todesruecknahme: list[NachTodesruecknahme] = field(default_factory=list)
    taeglich: list[Taeglich] = field(default_factory=list)
    invarianten: dict[str, str] = field(default_factory=dict)
    # Set by the tasks: hands the id of an outbox row and its rank to a worker.
    wecker: Wecker | None = None

    def add(self, beitrag: Beitrag) -> None:
        """Take in what one app adds; a second time changes nothing."""
        for name in _FOLGEN:
            have = getattr(self, name)
            have.extend(neu for neu in getattr(beitrag, name) if neu not in have)
        self.reiter.sort(key=lambda r: r.rang)
        self.schreibenarten.update((art.schluessel, art) for art in beitrag.schreibenarten)
        self.auftragsarten.update((art.schluessel, art) for art in beitrag.auftragsarten)
        self.serienarten.update((art.art, art) for art in beitrag.serienarten)
        self.nach_fristablauf.update(beitrag.nach_fristablauf)
        self.nach_fristberichtigung.update(beitrag.nach_fristberichtigung)
        self.invarianten.update(beitrag.invarianten)
        for gruppe in beitrag.ereignisgruppen:
            bisher = self.ereignisgruppen.get(gruppe.schluessel, (gruppe.titel, frozenset()))[1]
            arten = bisher | frozenset(gruppe.arten)
            self.ereignisgruppen[gruppe.schluessel] = (gruppe.titel, arten)
            self.ereignisinhalte.update(gruppe.inhalte)


registry = Registry()


def letter_shows(art: str) -> frozenset[Inhalt]:
    """Return what a letter of this kind prints; one that nobody knows any more may print all."""
    known = registry.schreibenarten.get(art)
    return known.inhalte if known else frozenset(Inhalt)
