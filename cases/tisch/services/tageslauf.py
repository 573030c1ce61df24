"""The daily run: one at a time, noted with its figures, harmless when done again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime

from django.db import connection
from django.db.models import DateTimeField, Func

from cases.frist.services.fristenlauf import sweep
from cases.frist.services.fristneuberechnung import recompute_if_changed
from cases.models import Tageslauf
from cases.tisch.services.erinnerung import order_erinnerungen

# A number of our own for the advisory lock of PostgreSQL; it belongs to the daily run alone.
_SPERRE = 4_711_001


def run_tageslauf(*, tag: date, now: datetime) -> Tageslauf | None:
    """Compute anew what has changed, move the stages, order the digests; None if one is running.

    Runs of days on which the machine stood still need not be made up one by one: each run brings
    every Frist to where it stands on its own day.

    Raises what went wrong after noting its kind: the run of the next hour tries again.
    """
    with _alone() as allein:
        if not allein:
            return None
        lauf = Tageslauf.objects.create(datum=tag, begonnen=now)
        try:
            recompute_if_changed(tag=tag)
            ergebnis = sweep(tag=tag)
            erinnerungen = order_erinnerungen(tag=tag)
        except Exception as error:
            # The text of an error may hold data of a person; its kind is enough here.
            _finish(lauf, fehler=type(error).__name__)
            raise
        _finish(lauf, erinnerungen=erinnerungen, **asdict(ergebnis))
        return lauf


def _finish(lauf: Tageslauf, **felder: object) -> None:
    jetzt = Func(function="clock_timestamp", output_field=DateTimeField())
    Tageslauf.objects.filter(pk=lauf.pk).update(beendet=jetzt, **felder)
    lauf.refresh_from_db()


@contextmanager
def _alone() -> Iterator[bool]:
    """Hold the lock of the daily run for the block; False when another run holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_SPERRE])
        allein = bool(cursor.fetchone()[0])
        try:
            yield allein
        finally:
            if allein:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_SPERRE])
