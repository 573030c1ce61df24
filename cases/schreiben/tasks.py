"""Celery tasks of series of letters: they go on letter by letter, also after a crash."""

from __future__ import annotations

import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from cases.schreiben.queries.serie import under_way
from cases.schreiben.services.serienlauf import advance_serie
from cases.services import betrieb
from cases.tasks import send_when_committed

# A task does a slice for so long and goes to the end of its queue: other work comes in between.
SERIEN_SEKUNDEN = 5.0
# A page that starts a series does only so much of it.
SOFORT_SEKUNDEN = 2.0


@shared_task(name="cases.schreiben.tasks.continue_serie")
def continue_serie(serie_id: int) -> None:
    """Do the next slice of a series; what is left is the next task, or the next round's."""
    if do_letters(serie_id, SERIEN_SEKUNDEN):
        continue_serie.delay(serie_id)


@shared_task(name="cases.schreiben.tasks.continue_serien")
def continue_serien() -> None:
    """Hand every series that is under way to the workers."""
    offen = under_way()
    betrieb.note("serienbriefe", now=timezone.now(), ergebnis={"Serien": len(offen)})
    for serie_id in offen:
        continue_serie.apply_async([serie_id], expires=60)


def do_letters(serie_id: int, sekunden: float) -> bool:
    """Do letter after letter of a series for this long; tell whether there is more."""
    ende = time.monotonic() + sekunden
    while time.monotonic() < ende:
        now = timezone.now()
        ab = now + timedelta(minutes=settings.RUECKRUF_MINUTEN)
        if not advance_serie(serie_id=serie_id, now=now, ab=ab):
            return False
    return True


def go_on(serie_id: int) -> None:
    """Do what fits into a request; a worker does the rest."""
    if do_letters(serie_id, SOFORT_SEKUNDEN):
        send_when_committed(continue_serie, serie_id)
