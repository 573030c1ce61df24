"""The daily run: one at a time, noted with its figures, harmless when done again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime

from django.db import connection
from django.db.models import DateTimeField, Func

from cases.frist.services.fristberichtigung import Berichtigung, correct_sweep
from cases.frist.services.fristenlauf import sweep
from cases.frist.services.fristneuberechnung import recompute_if_changed
from cases.models import Tageslauf, Zaehler
from cases.person.services.schutz import end_expired_schutz
from cases.registry.beitrag import registry
from cases.services.uhr import require_tag, require_uhr
from cases.tisch.services.erinnerung import discard_erinnerungen, order_erinnerungen

# A number of our own for the advisory lock of PostgreSQL; it belongs to the daily run alone.
_SPERRE = 4_711_001


def run_tageslauf(*, tag: date, now: datetime, bestaetigt: bool = False) -> Tageslauf | None:
    """Compute anew what has changed, move the stages, order the digests; None if one is running.

    Runs of days on which the machine stood still need not be made up one by one: each run brings
    every Frist to where it stands on its own day.

    Raises SchrittUnzulaessig when `tag` has not come by the clock of the database, or the clocks
    contradict each other (`bestaetigt`: a person has named the day). Raises what went wrong after
    noting its kind: the run of the next hour tries again.
    """
    with _alone() as allein:
        if not allein:
            return None
        require_tag(tag=tag, now=now, bestaetigt=bestaetigt)
        lauf = Tageslauf.objects.create(datum=tag, begonnen=now)
        try:
            end_expired_schutz(tag=tag)
            Zaehler.objects.filter(bis__lt=now).delete()
            recompute_if_changed(tag=tag)
            for schritt in registry.taeglich:
                schritt(tag=tag)
            ergebnis = sweep(tag=tag)
            erinnerungen = order_erinnerungen(tag=tag)
        except Exception as error:
            # The text of an error may hold data of a person; its kind is enough here.
            _finish(lauf, fehler=type(error).__name__)
            raise
        _finish(lauf, erinnerungen=erinnerungen, **asdict(ergebnis))
        return lauf


def correct_tageslauf(*, now: datetime) -> Berichtigung | None:
    """Take back what runs did ahead of the database's day; None if a run is going on.

    Their digests that have not gone out are dropped, so that each day gets its own.

    Raises UhrUnglaubwuerdig when the clocks contradict each other now.
    """
    with _alone() as allein:
        if not allein:
            return None
        tag = require_uhr(now=now).heute
        berichtigung = correct_sweep(tag=tag)
        discard_erinnerungen(nach=tag)
        Tageslauf.objects.filter(datum__gt=tag).update(fehler="berichtigt: der Tag kam noch nicht")
        return berichtigung


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
