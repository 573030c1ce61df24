"""What a form, a demo or an import hands to a service about one part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from gesamtplan.states import Zielstatus

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from cases.models import Angebot, Leistungstraeger
    from gesamtplan.models.gesamtplan import Teilhabeziel


@dataclass(frozen=True)
class Befund:
    """What was found in one Lebensbereich (§ 118 Abs. 1 SGB IX)."""

    beeintraechtigung: str = ""
    ressourcen: str = ""
    wunsch: str = ""
    bedarf: str = ""
    barrieren: str = ""
    foerderfaktoren: str = ""
    ohne_beeintraechtigung: bool = False


@dataclass(frozen=True)
class Mengenangabe:
    """How much is needed in one stretch of time, and why."""

    von: date
    menge: Decimal
    einheit: str
    begruendung: str
    bis: date | None = None


@dataclass(frozen=True)
class Zielangaben:
    """What a goal says: what, in which Lebensbereich, by what to be recognised, by when.

    The rest is explained at `Teilhabeziel`.
    """

    lebensbereich: str
    text: str
    kriterium: str
    bis: date
    status: str = Zielstatus.OFFEN
    wortlaut: str = ""
    leichte_sprache: str = ""
    ausgangswert: str = ""
    zielwert: str = ""
    schritte: str = ""
    massnahmen: str = ""
    bedarf_endet: bool = False


@dataclass(frozen=True)
class Leistungsangaben:
    """What a Leistung says; `ergaenzend` marks what joins a Persönliches Budget from outside.

    An empty `norm` takes that of the catalogue, an empty `entscheidung` the rule of the law, an
    empty `satz` the price of the `angebot` on the first day. `weitere_ziele` are other goals that
    it serves too, by their `kennung`.
    """

    teilhabeziel: Teilhabeziel
    leistungstraeger: Leistungstraeger
    bezeichnung: str
    norm: str
    leistungsform: str
    umfang: str
    beginn: date
    ende: date | None = None
    ergaenzend: bool = False
    katalogschluessel: str = ""
    entscheidung: str = ""
    entscheidung_grund: str = ""
    angebot: Angebot | None = None
    menge: Decimal | None = None
    einheit: str = ""
    satz: Decimal | None = None
    weitere_ziele: Collection[UUID] = ()


class Bewertungsstelle(NamedTuple):
    """Which goal is rated and by whom; providers are told apart by their id, None has no name."""

    kennung: UUID
    stimme: str
    leistungserbringer: int | None = None


class Sprecher(NamedTuple):
    """Who may say how a goal stands, and the words by which the page names them."""

    stelle: Bewertungsstelle
    wer: str


@dataclass(frozen=True)
class Bewertung:
    """How one voice sees one goal; without a status it has not said anything yet.

    `getan` is what a provider has done for it; None leaves what stands there.
    """

    status: str = ""
    grund: str = ""
    getan: str | None = None


@dataclass(frozen=True)
class Sachverstaendigenangabe:
    """One expert who is named for the choice: name, field, postal address, way and barriers."""

    name: str
    anschrift: str
    fachgebiet: str = ""
    zugang: str = ""


@dataclass(frozen=True)
class Gutachtenangaben:
    """What a Gutachten is to answer, who may write it, and why it departs from the rule.

    The rest is explained at `Gutachten`.
    """

    anlass: str
    fragen: str
    sachverstaendige: tuple[Sachverstaendigenangabe, ...]
    weniger_grund: str = ""
    neu_grund: str = ""
