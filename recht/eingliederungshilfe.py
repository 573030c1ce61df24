"""Which Rechtsgrundlage belongs to the Eingliederungshilfe, on a day.

Until 2019 it stood in §§ 53, 54 SGB XII, which took in § 55 SGB IX of that time; since 2020 it
stands in Part 2 of the SGB IX (§ 102 Abs. 1 SGB IX), whose Soziale Teilhabe takes in §§ 76-84.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from recht.rechtsstand import BEGINN_B, BEGINN_UEBERGANG

_BUCH = re.compile(r"(.*?)\b(SGB [IVX]+|BudgetV)\b")
_UNTERTEIL = re.compile(r"(Abs\.|Absatz|S\.|Satz|Nr\.|Nummer|Ziffer|Ziff\.)\s*\d+[a-z]?(-\d+)?")


def genannte_paragrafen(norm: str, buch: str) -> frozenset[str]:
    """The sections of one book that a Rechtsgrundlage names, e.g. {"61", "63"}."""
    found: set[str] = set()
    for text, name in _BUCH.findall(norm):
        if name == buch:
            found.update(re.findall(r"\d+[a-z]?", _UNTERTEIL.sub("", text)))
    return frozenset(found)


@dataclass(frozen=True)
class Grundlage:
    """Sections of a book that belong to the Eingliederungshilfe, by which norm, from when on.

    `vor` is the day from which such a section means something else. Otherwise a citation of older
    law still names the same Leistung.
    """

    buch: str
    paragrafen: frozenset[str]
    norm: str
    ab: date | None = None
    vor: date | None = None


def _folge(von: int, bis: int) -> frozenset[str]:
    return frozenset(str(paragraf) for paragraf in range(von, bis + 1))


GRUNDLAGEN = (
    Grundlage("SGB XII", _folge(53, 54), "§ 54 Abs. 1 S. 1 SGB XII"),
    # In Part 1 of today's SGB IX the number stands for Unterstützte Beschäftigung.
    Grundlage("SGB IX", frozenset({"55"}), "§ 54 Abs. 1 S. 1 SGB XII", vor=BEGINN_B),
    Grundlage("SGB IX", _folge(76, 84), "§ 113 Abs. 2 SGB IX", ab=BEGINN_UEBERGANG),
    Grundlage(
        "SGB IX",
        frozenset({"90", "99", "102", "105"}) | _folge(109, 116),
        "§ 102 Abs. 1 SGB IX",
        ab=BEGINN_B,
    ),
)


def is_eingliederungshilfe(norm: str, stichtag: date) -> bool:
    """Whether a Rechtsgrundlage belongs to the Eingliederungshilfe on this day."""
    return any(
        genannte_paragrafen(norm, g.buch) & g.paragrafen
        for g in GRUNDLAGEN
        if (g.ab is None or g.ab <= stichtag) and (g.vor is None or stichtag < g.vor)
    )
