"""What is checked before a Persönliches Budget is granted, under the law of the day.

The lists are a decision aid: nothing in them is counted or weighed by the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from recht.daten import read_yaml
from recht.fehler import EingabeUngueltig
from recht.norm import parse_normen
from recht.rechtsstand import Rechtsstand, rechtsstand_am

LISTEN = {
    "voraussetzung": "Voraussetzungen",
    "ziel": "Ziele, die mit einem Persönlichen Budget besser erreichbar sind",
    "dafuer": "Was dafür spricht",
    "dagegen": "Was dagegen spricht",
    "budgetfaehig": "Budgetfähige Leistungen",
    "hinweis": "Hinweise",
}
_ENDUNG = {Rechtsstand.A: "a", Rechtsstand.UE: "ue", Rechtsstand.B: "b"}


@dataclass(frozen=True, slots=True)
class Pruefkriterium:
    """One line of a list: ``grad`` says how sure its ground is, ``hinweis`` what to look at."""

    liste: str
    schluessel: str
    nummer: str
    bezeichnung: str
    hinweis: str
    norm: str
    grad: str


def _read(zeile: dict[str, Any], rechtsstand: Rechtsstand) -> Pruefkriterium | None:
    endung = _ENDUNG[rechtsstand]
    norm = zeile.get(f"norm_{endung}")
    if norm is None:
        return None
    parse_normen(norm)
    return Pruefkriterium(
        liste=zeile["liste"],
        schluessel=zeile["schluessel"],
        nummer=zeile.get("nummer", ""),
        bezeichnung=zeile.get(f"bezeichnung_{endung}", zeile["bezeichnung"]),
        hinweis=zeile.get(f"hinweis_{endung}", zeile.get("hinweis", "")),
        norm=norm,
        grad=zeile["grad"],
    )


@cache
def _alle(rechtsstand: Rechtsstand) -> tuple[Pruefkriterium, ...]:
    gelesen = (_read(zeile, rechtsstand) for zeile in read_yaml("pruefkatalog"))
    return tuple(kriterium for kriterium in gelesen if kriterium is not None)


def pruefkriterien(liste: str, stichtag: date) -> tuple[Pruefkriterium, ...]:
    """The lines of one list under the law of the day, in their order."""
    if liste not in LISTEN:
        raise EingabeUngueltig(
            f"Die Liste „{liste}“ gibt es nicht; zulässig sind {', '.join(LISTEN)}."
        )
    return tuple(k for k in _alle(rechtsstand_am(stichtag)) if k.liste == liste)
