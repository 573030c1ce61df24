"""How fast the law is computed: one Frist, one year of a busy office."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from bench.tabelle import Messung, median_ms
from recht.bekanntgabe import bekanntgabe
from recht.bemessung import stunden
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.parameter import parameter

_DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def _fristen() -> None:
    for day in _DAYS:
        compute_frist(Regel.ZUSTAENDIGKEITSPRUEFUNG, day, "BW")


def _bekanntgaben() -> None:
    for day in _DAYS:
        bekanntgabe(day, "post", "BW")


def _werte() -> None:
    for day in _DAYS:
        parameter("bezugsgroesse", day)


def _bemessungen() -> None:
    for day in _DAYS:
        stunden(Decimal("6"), Decimal("42.50"), "woche", day)


def _import_ms() -> float:
    """Return the median time of `import recht.*` in new processes, without the start of Python."""
    code = (
        "import time; t = time.perf_counter(); "
        "import recht.fristen, recht.bekanntgabe, recht.bemessung, recht.beitrag, recht.inhalte; "
        "print((time.perf_counter() - t) * 1000)"
    )
    runs = [
        float(
            subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            ).stdout
        )
        for _ in range(5)
    ]
    return median(runs)


def measure() -> Iterator[Messung]:
    """Return microseconds for one computation, warm; 33 µs are 30,000 Fristen a second."""
    for name, work, limit in (
        ("Frist F01 mit Erklärung", _fristen, 33),
        ("Bemessung nach Stunden mit Rechenweg", _bemessungen, 100),
        ("Bekanntgabe mit Widerspruchsfrist", _bekanntgaben, 1000),
        ("datierter Wert", _werte, 1000),
    ):
        work()
        yield Messung(name, median_ms(work) / len(_DAYS) * 1000, "µs", limit)
    yield Messung("recht laden", _import_ms(), "ms", 150)
