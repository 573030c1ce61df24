"""Rows of the table that `make bench` prints."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Messung:
    """One measured value; `grenze` None means that it is only shown."""

    was: str
    wert: float
    einheit: str
    grenze: float | None = None

    @property
    def haelt(self) -> bool:
        """Whether the value keeps its limit."""
        return self.grenze is None or self.wert <= self.grenze


def median_ms(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the median of the wall time in milliseconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def p95(times: list[float]) -> float:
    """Return the 95th percentile: of forty answers the third slowest."""
    return sorted(times)[int(len(times) * 0.95) - 1]


def _number(value: float) -> str:
    digits = 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2
    return f"{value:.{digits}f}".replace(".", ",")


def show(title: str, rows: Iterable[Messung]) -> bool:
    """Print one table; say whether every row keeps its limit."""
    kept = True
    print(f"\n{title}")
    for row in rows:
        limit = "" if row.grenze is None else f"Grenze {_number(row.grenze)}"
        mark = "" if row.haelt else "  << überschritten"
        print(f"  {row.was:<58}{_number(row.wert):>9} {row.einheit:<9} {limit}{mark}", flush=True)
        kept = kept and row.haelt
    return kept
