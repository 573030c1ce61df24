"""What a Gesamtplan, a Zielvereinbarung and a Bescheid must contain on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from recht.daten import read_yaml
from recht.fehler import EingabeUngueltig
from recht.norm import parse_normen
from recht.rechtsstand import Rechtsstand, rechtsstand_am

Dokument = Literal["gesamtplan", "zielvereinbarung", "bescheid"]
DOKUMENTE: tuple[Dokument, ...] = ("gesamtplan", "zielvereinbarung", "bescheid")
# P: must be there. U: usual or recommended. F: must be there in the case that the text names.
GRADE = {"P": "zwingend", "U": "üblich", "F": "im genannten Fall"}
_ENDUNG = {Rechtsstand.A: "a", Rechtsstand.UE: "ue", Rechtsstand.B: "b"}


@dataclass(frozen=True, slots=True)
class Pflichtinhalt:
    """One required element of a document."""

    schluessel: str
    nummer: str
    bezeichnung: str
    hinweis: str
    norm: str
    grad: Literal["P", "U", "F"]


@dataclass(frozen=True, slots=True)
class _Zeile:
    dokument: str
    rechtsstand: Rechtsstand
    gueltig_ab: date
    inhalt: Pflichtinhalt


def _read_zeilen(zeile: dict[str, Any]) -> list[_Zeile]:
    gelesen = []
    for rechtsstand, endung in _ENDUNG.items():
        norm = zeile.get(f"norm_{endung}")
        if norm is None:
            continue
        parse_normen(norm)
        inhalt = Pflichtinhalt(
            schluessel=zeile["schluessel"],
            nummer=zeile["nummer"],
            bezeichnung=zeile["bezeichnung"],
            hinweis=zeile["hinweis"],
            norm=norm,
            grad=zeile.get(f"grad_{endung}", zeile.get("grad", "P")),
        )
        ab = zeile.get("gueltig_ab", date.min)
        gelesen.append(_Zeile(zeile["dokument"], rechtsstand, ab, inhalt))
    return gelesen


@cache
def _alle_zeilen() -> tuple[_Zeile, ...]:
    return tuple(eine for zeile in read_yaml("inhalte") for eine in _read_zeilen(zeile))


def pflichtinhalte(dokument: Dokument, stichtag: date) -> tuple[Pflichtinhalt, ...]:
    """The elements of a document under the law of the day, in their order."""
    if dokument not in DOKUMENTE:
        raise EingabeUngueltig(
            f"Für „{dokument}“ sind keine Inhalte hinterlegt; zulässig sind {', '.join(DOKUMENTE)}."
        )
    rechtsstand = rechtsstand_am(stichtag)
    return tuple(
        zeile.inhalt
        for zeile in _alle_zeilen()
        if zeile.dokument == dokument
        and zeile.rechtsstand is rechtsstand
        and zeile.gueltig_ab <= stichtag
    )
