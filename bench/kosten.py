"""What an answer costs: CPU of this process and of its database session, statements sent."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from psycopg.pq import Trace

from bench.tabelle import Messung


@dataclass(frozen=True)
class Kosten:
    """Milliseconds of CPU of one answer, and how many statements the server was sent."""

    programm_ms: float
    datenbank_ms: float
    anweisungen: int

    @property
    def ms(self) -> float:
        """CPU on both sides of the connection."""
        return self.programm_ms + self.datenbank_ms


def kosten_of(works: list[Callable[[], object]], rounds: int = 20) -> Kosten:
    """Return the mean of the rounds, asked in turn, and the highest number of statements."""
    anweisungen = max(statements_of(work) for work in works)
    datenbank, programm = _session_seconds(), time.process_time()
    for n in range(rounds):
        works[n % len(works)]()
    programm = time.process_time() - programm
    datenbank = _session_seconds() - datenbank
    return Kosten(programm / rounds * 1000, datenbank / rounds * 1000, anweisungen)


def statements_of(work: Callable[[], object]) -> int:
    """Count what goes to the server, read off the wire by libpq.

    BEGIN, SAVEPOINT and COMMIT are among them, and the question whether the connection lives.
    """
    connection.ensure_connection()
    wire = connection.connection.pgconn
    with tempfile.TemporaryFile() as file:
        wire.trace(file.fileno())
        wire.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        try:
            work()
        finally:
            wire.untrace()
        file.seek(0)
        lines = [line.split(b"\t") for line in file.read().split(b"\n") if line[:2] == b"F\t"]
    return sum(parts[2] in {b"Query", b"Execute"} for parts in lines)


def _session_seconds() -> float:
    """Return the CPU seconds of the database session, 0 where its process is not to be seen."""
    connection.ensure_connection()
    path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    try:
        return int(path.read_text(encoding="ascii").split()[0]) / 1e9
    except OSError:
        return 0.0


def cpu_rows(was: str, kosten: Kosten, boden: Kosten, fach: float | None) -> Iterator[Messung]:
    """Return the CPU of a page, and how many times that of the floor page it is."""
    davon = f"{kosten.datenbank_ms:.1f}".replace(".", ",")
    yield Messung(f"{was} – Rechenzeit, davon Datenbank {davon}", kosten.ms, "ms")
    if kosten is not boden:
        yield Messung(f"{was} – Vielfaches der Bodenseite", kosten.ms / boden.ms, "", fach)
