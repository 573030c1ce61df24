"""What a form, a demo or an import hands to a service about one part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gesamtplan.states import Zielstatus

if TYPE_CHECKING:
    from cases.models import Leistungstraeger
    from gesamtplan.models.gesamtplan import Teilhabeziel


@dataclass(frozen=True)
class Befund:
    """What was found in one Lebensbereich (§ 118 Abs. 1 SGB IX)."""

    beeintraechtigung: str = ""
    ressourcen: str = ""
    wunsch: str = ""
    bedarf: str = ""


@dataclass(frozen=True)
class Zielangaben:
    """What a goal says: what, in which Lebensbereich, by what to be recognised, by when."""

    lebensbereich: str
    text: str
    kriterium: str
    bis: date
    status: str = Zielstatus.OFFEN


@dataclass(frozen=True)
class Leistungsangaben:
    """What a Leistung says; `ergaenzend` marks what joins a Persönliches Budget from outside."""

    teilhabeziel: Teilhabeziel
    leistungstraeger: Leistungstraeger
    bezeichnung: str
    norm: str
    leistungsform: str
    umfang: str
    beginn: date
    ende: date | None = None
    ergaenzend: bool = False
