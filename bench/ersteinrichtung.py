"""The tables of an empty database: what the first `migrate` costs."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator

from bench.tabelle import Messung
from tools.bestand import manage, scratch

LIMIT_S = 10


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure() -> Iterator[Messung]:
    """Migrate a new database in a process of its own; seconds of the clock and of the CPU."""
    with scratch(os.environ["DATABASE_URL"], f"leer_{os.getpid()}") as url:
        cpu, began = _spent(), time.perf_counter()
        manage(url, "migrate", "--verbosity", "0")
        yield Messung("migrate auf leerer Datenbank", time.perf_counter() - began, "s", LIMIT_S)
        yield Messung("davon Rechenzeit", _spent() - cpu, "s")
