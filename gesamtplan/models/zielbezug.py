"""Which goals a Leistung serves: one that is named first, and any number of others.

The others are kept by their `kennung`, which a goal keeps from version to version.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from gesamtplan.models.bedarf import Bedarf
    from gesamtplan.models.gesamtplan import Leistung, Teilhabeziel


def ziele_of(row: Leistung, ziele: Iterable[Teilhabeziel]) -> list[Teilhabeziel]:
    """Return the goals that a Leistung serves, the one named first in front.

    `ziele` are those of its version; they are looked at only when there is more than one.
    """
    if not row.weitere_ziele:
        return [row.teilhabeziel]
    weitere = (ziel for ziel in ziele if ziel.kennung in row.weitere_ziele)
    return [row.teilhabeziel, *weitere]


def lebensbereiche_of(row: Leistung, ziele: Iterable[Teilhabeziel]) -> list[str]:
    """Return the Lebensbereiche of the goals that a Leistung serves, each once."""
    return list(dict.fromkeys(ziel.lebensbereich for ziel in ziele_of(row, ziele)))


def is_serving(row: Leistung, ziel: Teilhabeziel) -> bool:
    """Tell whether a Leistung serves a goal of its version, alone or among others."""
    return row.teilhabeziel_id == ziel.pk or ziel.kennung in row.weitere_ziele


def zielkennungen_of(row: Leistung) -> set[UUID]:
    """Return the goals that a Leistung serves by what they keep from version to version."""
    return {row.teilhabeziel.kennung, *row.weitere_ziele}


def nummern_in_worten(ziele: Iterable[Teilhabeziel]) -> str:
    """Return the numbers of goals as a sentence lists them: „1“, „1 und 3“, „1, 2 und 4“."""
    nummern = [str(ziel.nummer) for ziel in sorted(ziele, key=lambda ziel: ziel.nummer)]
    return " und ".join(part for part in (", ".join(nummern[:-1]), *nummern[-1:]) if part)


def bereich_ohne_ziel(bedarfe: Iterable[Bedarf], ziele: Iterable[Teilhabeziel]) -> str:
    """Return the Lebensbereich that a further goal is about next; "" when each has one.

    It is the first with a need and no goal, those first in which the person has said a wish.
    """
    mit_ziel = {ziel.lebensbereich for ziel in ziele}
    offen = [b for b in bedarfe if b.bedarf.strip() and b.lebensbereich not in mit_ziel]
    offen.sort(key=lambda b: not b.wunsch.strip())
    return offen[0].lebensbereich if offen else ""
