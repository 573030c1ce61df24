"""Celery tasks of the import: it goes on step by step, also after a crash."""

from __future__ import annotations

import time

from celery import shared_task
from django.utils import timezone

from cases.austausch.forms.bestandsfall import pruefer_of
from cases.austausch.queries.austausch import stapel_for_work, under_way
from cases.austausch.services import austausch
from cases.services import betrieb
from cases.tasks import send_when_committed

# A task does a slice for so long and goes to the end of its queue: other work comes in between.
IMPORT_SEKUNDEN = 5.0
# A page that starts an import does only so much of it.
SOFORT_SEKUNDEN = 4.0


@shared_task(name="cases.austausch.tasks.continue_import")
def continue_import(stapel_id: int) -> None:
    """Do the next slice of an import; what is left is the next task, or the next round's."""
    if advance_import(stapel_id, IMPORT_SEKUNDEN):
        continue_import.delay(stapel_id)


@shared_task(name="cases.austausch.tasks.continue_importe")
def continue_importe() -> None:
    """Hand every import that is under way to the workers."""
    offen = under_way()
    betrieb.note("bestandsuebernahme", now=timezone.now(), ergebnis={"Übernahmen": len(offen)})
    for stapel_id in offen:
        continue_import.apply_async([stapel_id], expires=60)


def advance_import(stapel_id: int, sekunden: float) -> bool:
    """Do step after step of an import for this long; tell whether there is more."""
    stapel = stapel_for_work(stapel_id)
    if stapel is None:
        return False
    heute = timezone.localdate()
    pruefer = pruefer_of(stapel, heute)
    ende = time.monotonic() + sekunden
    while time.monotonic() < ende:
        if not austausch.advance_stapel(stapel_id=stapel_id, pruefer=pruefer, tag=heute):
            return False
    return True


def wake_import(stapel_id: int) -> None:
    """Wake a worker for this import once the current transaction is committed."""
    send_when_committed(continue_import, stapel_id)


def go_on(stapel_id: int) -> None:
    """Do what fits into a request; a worker does the rest."""
    if advance_import(stapel_id, SOFORT_SEKUNDEN):
        wake_import(stapel_id)
