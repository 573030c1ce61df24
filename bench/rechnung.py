"""How fast the law is computed: one Frist, one year of a busy office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bench.tabelle import Messung, median_ms
from recht.bekanntgabe import bekanntgabe
from recht.fristen import berechne_frist
from recht.parameter import parameter

_DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def _fristen() -> None:
    for day in _DAYS:
        berechne_frist("F01", day, "BW")


def _bekanntgaben() -> None:
    for day in _DAYS:
        bekanntgabe(day, "post", "BW")


def _werte() -> None:
    for day in _DAYS:
        parameter("bezugsgroesse", day)


def measure() -> Iterator[Messung]:
    """Return microseconds for one computation, warm."""
    for name, work in (
        ("Frist F01 mit Erklärung", _fristen),
        ("Bekanntgabe mit Widerspruchsfrist", _bekanntgaben),
        ("datierter Wert", _werte),
    ):
        work()
        yield Messung(name, median_ms(work) / len(_DAYS) * 1000, "µs", 1000)
