"""Celery tasks of the import: it goes on step by step, also after a crash."""

from __future__ import annotations

import time

from celery import shared_task
from django.utils import timezone

from cases.austausch.forms import pruefer_of
from cases.austausch.queries import stapel_for_work, under_way
from cases.austausch.services import austausch
from cases.tasks import send_when_committed

# A worker stays this long with one import, a page that starts one only so long.
IMPORT_SEKUNDEN = 120.0


SOFORT_SEKUNDEN = 4.0


@shared_task(name="cases.austausch.tasks.continue_import")
def continue_import(stapel_id: int) -> None:
    """Go on with one import for a while; what is left is taken up again by the next round."""
    if advance_import(stapel_id, IMPORT_SEKUNDEN):
        continue_import.delay(stapel_id)


@shared_task(name="cases.austausch.tasks.continue_importe")
def continue_importe() -> None:
    """Hand every import that is under way to the workers."""
    for stapel_id in under_way():
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
