"""Where the authority's own texts are offered, and what stands in for a fact in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cases.models import Case

# How the keys of places begin at which a hint for the office stands, not a text of a file.
HINWEIS = "hinweis."
_PLATZHALTER = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_KLAMMER = re.compile(r"\[\[|\]\]")
#: The hard cases in which a text is shown before its release; nobody in them is real.
PROBEFAELLE = (
    "Langer Name mit vielen Zeichen",
    "Ein einziger Name, nur das Jahr der Geburt",
    "Die Akte weiß fast nichts",
)


@dataclass(frozen=True)
class Textstelle:
    """One place in which somebody writes: a section of a plan, the body of a kind of letter.

    `schluessel` begins with the app or room and a dot ("gesamtplan.aktivitaeten"). `wortlaut` is
    the text that the program brings along: a proposal, offered once the authority has taken it
    over as its own.
    """

    schluessel: str
    titel: str
    gruppe: str
    norm: str = ""
    wortlaut: str = ""


@dataclass(frozen=True)
class Platzhalter:
    """A word that stands for a fact of the case: `[[Name]]`.

    `wert` returns the fact on a day, empty where the file does not know it. `bereich` is the
    beginning of the keys of the places that know it; empty means everywhere. `proben` are what it
    is in the invented cases of `PROBEFAELLE`; without one the file there does not know it.
    """

    name: str
    bedeutung: str
    wert: Callable[[Case, date], str]
    bereich: str = ""
    proben: tuple[str, ...] = ()

    def steht_in(self, stelle: str) -> bool:
        """Tell whether the placeholder may stand in a text for this place; in a hint none may."""
        return not is_hinweis(stelle) and stelle.startswith(self.bereich)


def is_hinweis(stelle: str) -> bool:
    """Tell whether at a place stands a hint for the office, beside a step."""
    return stelle.startswith(HINWEIS)


def platzhalter_in(text: str) -> list[str]:
    """Return the names of the placeholders of a text, each once, in their order."""
    return list(dict.fromkeys(name.strip() for name in _PLATZHALTER.findall(text)))


def has_platzhalter(text: str) -> bool:
    """Tell whether a text still holds a placeholder or half of one."""
    return bool(_KLAMMER.search(text))


def stray_brackets(text: str) -> bool:
    """Tell whether double brackets stand in a text that open or close nothing."""
    return bool(_KLAMMER.search(_PLATZHALTER.sub("", text)))


def replace_platzhalter(text: str, wert_of: Callable[[str], str]) -> str:
    """Return the text with its facts; where there is none, the placeholder stays to be seen."""
    return _PLATZHALTER.sub(lambda m: wert_of(m.group(1).strip()) or m.group(0), text)
