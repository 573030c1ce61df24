"""How far the demonstration is loaded, for the frame of every page; asked in the demo only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction

from vorfuehrung.schrittfolge import SCHRITTE

# A number of our own for the advisory lock of PostgreSQL: it dies with whoever loads.
_SPERRE = 20260823
_SCHLUESSEL = "vorfuehrung-ladestand"
_NICHTS = "nichts"
# A complete demonstration is asked for once a minute per process, as the name of the authority.
_FERTIG_SEKUNDEN, _LEER_SEKUNDEN = 60, 2
_ABFRAGE = """
    SELECT s.faelle, cardinality(s.schritte), s.fertig_am IS NOT NULL,
           (SELECT count(*) FROM vorfuehrung_erzaehlterfall WHERE erzaehlt),
           EXISTS (
               SELECT 1 FROM pg_locks
               WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND objsubid = 1
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
           )
    FROM vorfuehrung_ladestand s
"""


@dataclass(frozen=True)
class Anzeige:
    """What the notice shows while not everything is there."""

    erzaehlt: int
    faelle: int
    schritte: int
    laeuft: bool

    @property
    def wert(self) -> int:
        """How many parts are done; the cases and what is told about them afterwards."""
        return self.erzaehlt + self.schritte

    @property
    def ganz(self) -> int:
        """Of how many parts."""
        return self.faelle + len(SCHRITTE)

    @property
    def text(self) -> str:
        """The sentence of the notice."""
        stand = f"{self.erzaehlt} von {self.faelle} Fällen"
        if not self.laeuft:
            return f"Das Laden der Vorführdaten wurde unterbrochen: {stand}"
        if self.erzaehlt < self.faelle:
            return f"Die Vorführdaten werden noch geladen: {stand}"
        return f"Die Vorführdaten werden noch geladen: {stand}, es folgen Unterlagen und Verlauf"

    @property
    def anmelden(self) -> bool:
        """Whether the accounts are there."""
        return self.schritte > 0

    def as_json(self) -> dict[str, str | int | bool]:
        """Return what the page asks for to keep its bar in step."""
        return {"text": self.text, "wert": self.wert, "ganz": self.ganz, "laeuft": self.laeuft}


def ladestand() -> Anzeige | None:
    """Return how far the load is; None when all is there, or nothing was ever loaded.

    Outside the demo this asks nothing. A page must not fail for the sake of the notice.
    """
    if not settings.DEMO or caches["prozess"].get(_SCHLUESSEL) == _NICHTS:
        return None
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ABFRAGE, [_SPERRE])
            row = cursor.fetchone()
    except DatabaseError:
        return None
    if row is None or row[2]:
        caches["prozess"].set(
            _SCHLUESSEL, _NICHTS, _LEER_SEKUNDEN if row is None else _FERTIG_SEKUNDEN
        )
        return None
    faelle, schritte, _, erzaehlt, laeuft = row
    return Anzeige(erzaehlt=erzaehlt, faelle=faelle, schritte=schritte, laeuft=laeuft)


@contextmanager
def loading() -> Iterator[bool]:
    """Hold the lock of the one who loads; False when another process has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_SPERRE])
        held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_SPERRE])
