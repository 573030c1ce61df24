"""What a person must be told when an application is taken in: dated wording with its norm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from recht.daten import read_yaml
from recht.eingabe import write_datum
from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig
from recht.norm import parse_normen
from recht.rechtsstand import rechtsstand_am

HINWEISE = ("uebermittlung",)


@dataclass(frozen=True, slots=True)
class Hinweistext:
    """One wording; ``fassung`` names it for good, wherever it was used."""

    schluessel: str
    fassung: str
    gueltig_ab: date
    titel: str
    absaetze: tuple[str, ...]
    norm: str


def _read(zeile: dict[str, Any]) -> Hinweistext:
    parse_normen(zeile["norm"])
    return Hinweistext(
        schluessel=zeile["schluessel"],
        fassung=zeile["fassung"],
        gueltig_ab=zeile["gueltig_ab"],
        titel=zeile["titel"],
        absaetze=tuple(zeile["absaetze"]),
        norm=zeile["norm"],
    )


@cache
def _alle() -> tuple[Hinweistext, ...]:
    return tuple(_read(zeile) for zeile in read_yaml("hinweise"))


def hinweistext(schluessel: str, stichtag: date) -> Hinweistext:
    """The wording that holds on the day; a day without one raises."""
    if schluessel not in HINWEISE:
        raise EingabeUngueltig(
            f"Den Hinweis „{schluessel}“ gibt es nicht; zulässig sind {', '.join(HINWEISE)}."
        )
    rechtsstand_am(stichtag)
    gueltig = [h for h in _alle() if h.schluessel == schluessel and h.gueltig_ab <= stichtag]
    if not gueltig:
        raise AusserhalbDerDeckung(
            f"Für den {write_datum(stichtag)} ist kein Wortlaut dieses Hinweises hinterlegt."
        )
    return max(gueltig, key=lambda h: h.gueltig_ab)
