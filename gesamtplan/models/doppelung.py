"""Leistungen of one kind that are given twice on the same day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gesamtplan.models.zielbezug import zielkennungen_of

if TYPE_CHECKING:
    from gesamtplan.models.gesamtplan import Leistung


def doppelte_paare(rows: Iterable[Leistung]) -> Iterator[tuple[Leistung, Leistung]]:
    """Yield pairs of one kind, by one carrier and provider, that share a goal and a day."""
    arten: dict[tuple[object, ...], list[Leistung]] = {}
    for row in rows:
        art = (
            row.katalogschluessel or row.bezeichnung.casefold(),
            row.leistungstraeger_id,
            row.angebot_id,
            row.leistungsform,
        )
        arten.setdefault(art, []).append(row)
    for gleiche in arten.values():
        sortiert = sorted(gleiche, key=lambda r: r.beginn)
        for stelle, andere in enumerate(sortiert):
            for eine in reversed(sortiert[:stelle]):
                laufend = eine.ende is None or andere.beginn <= eine.ende
                if laufend and zielkennungen_of(eine) & zielkennungen_of(andere):
                    yield eine, andere
                    break
