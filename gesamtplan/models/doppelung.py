"""Leistungen of one kind that are given twice on the same day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gesamtplan.models.gesamtplan import Leistung


def doppelte_paare(rows: Iterable[Leistung]) -> Iterator[tuple[Leistung, Leistung]]:
    """Yield pairs of one kind for one goal, by one carrier and provider, that share a day."""
    arten: dict[tuple[object, ...], list[Leistung]] = {}
    for row in rows:
        art = (
            row.katalogschluessel or row.bezeichnung.casefold(),
            row.leistungstraeger_id,
            row.angebot_id,
            row.teilhabeziel_id,
            row.leistungsform,
        )
        arten.setdefault(art, []).append(row)
    for gleiche in arten.values():
        sortiert = sorted(gleiche, key=lambda r: r.beginn)
        for eine, andere in pairwise(sortiert):
            if eine.ende is None or andere.beginn <= eine.ende:
                yield eine, andere
