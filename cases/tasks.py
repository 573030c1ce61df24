"""Celery tasks: ids in, one service call, safe to run twice. They wake work, they hold none.

Views call `wake` after a service has ordered an effect; what nobody woke, `reconcile` finds.
"""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import Any

from celery import current_app, shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.forms.austausch import pruefer_of
from cases.queries.austausch import stapel_for_work, under_way
from cases.services import auftrag, austausch, entwurf, tageslauf, unterlage

logger = logging.getLogger("fallwerk.tasks")

# A page never waits longer than this for the broker.
_WECKEN_SEKUNDEN = 0.4
_JE_ABGLEICH = 200
# A worker stays this long with one import, a page that starts one only so long.
IMPORT_SEKUNDEN = 120.0
SOFORT_SEKUNDEN = 4.0


@shared_task(name="cases.tasks.run_auftrag")
def run_auftrag(auftrag_id: int) -> None:
    """Carry out one order, if it is still due."""
    auftrag.run(auftrag_id=auftrag_id, now=timezone.now())


@shared_task(name="cases.tasks.reconcile")
def reconcile() -> None:
    """Settle dead leases and hand every due order to the workers."""
    now = timezone.now()
    auftrag.expire_leases(now=now)
    for auftrag_id in auftrag.due(now).values_list("pk", flat=True)[:_JE_ABGLEICH]:
        # A copy that is still waiting when the next round comes is thrown away.
        run_auftrag.apply_async([auftrag_id], expires=60)


@shared_task(name="cases.tasks.sweep_fristen")
def sweep_fristen() -> None:
    """Do the daily run: days, stages, digests; a second one at the same time does nothing."""
    tageslauf.run_tageslauf(at=timezone.localdate(), now=timezone.now())


@shared_task(name="cases.tasks.clean_up_entwuerfe")
def clean_up_entwuerfe() -> None:
    """Delete drafts that nobody has come back for."""
    entwurf.clean_up(now=timezone.now())


@shared_task(name="cases.tasks.scan_unterlagen")
def scan_unterlagen() -> None:
    """Check documents for malware that no scanner has seen yet."""
    unterlage.scan_pending(clamd=settings.CLAMD, now=timezone.now())


@shared_task(name="cases.tasks.continue_import")
def continue_import(stapel_id: int) -> None:
    """Go on with one import for a while; what is left is taken up again by the next round."""
    if advance_import(stapel_id, IMPORT_SEKUNDEN):
        continue_import.delay(stapel_id)


@shared_task(name="cases.tasks.continue_importe")
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
        if not austausch.advance_stapel(stapel_id=stapel_id, pruefer=pruefer, at=heute):
            return False
    return True


def wake_import(stapel_id: int) -> None:
    """Wake a worker for this import once the current transaction is committed."""
    transaction.on_commit(partial(_send, continue_import, stapel_id))


def wake(auftrag_id: int | None) -> None:
    """Wake a worker for this order once the current transaction is committed."""
    if auftrag_id is not None:
        transaction.on_commit(partial(_send, run_auftrag, auftrag_id))


def _send(task: Any, nummer: int) -> None:
    optionen = {
        **current_app.conf.broker_transport_options,
        "socket_timeout": _WECKEN_SEKUNDEN,
        "socket_connect_timeout": _WECKEN_SEKUNDEN,
        "max_retries": 0,
    }
    try:
        with current_app.connection_for_write(transport_options=optionen) as connection:
            task.apply_async([nummer], connection=connection, retry=False)
    except Exception:  # the order is safe in the database, the reconciler finds it
        logger.warning("Wecken gescheitert", extra={"auftrag_id": nummer}, exc_info=True)
