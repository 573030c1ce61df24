"""Celery tasks: ids in, one service call, safe to run twice. They wake work, they hold none.

Views call `wake` after a service has ordered an effect; what nobody woke, `reconcile` finds.
"""

from __future__ import annotations

import logging
from functools import partial

from celery import current_app, shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.services import auftrag, entwurf, tageslauf, unterlage

logger = logging.getLogger("fallwerk.tasks")

# A page never waits longer than this for the broker.
_WECKEN_SEKUNDEN = 0.4
_JE_ABGLEICH = 200


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


def wake(auftrag_id: int | None) -> None:
    """Wake a worker for this order once the current transaction is committed."""
    if auftrag_id is not None:
        transaction.on_commit(partial(_publish, auftrag_id))


def _publish(auftrag_id: int) -> None:
    optionen = {
        **current_app.conf.broker_transport_options,
        "socket_timeout": _WECKEN_SEKUNDEN,
        "socket_connect_timeout": _WECKEN_SEKUNDEN,
        "max_retries": 0,
    }
    try:
        with current_app.connection_for_write(transport_options=optionen) as connection:
            run_auftrag.apply_async([auftrag_id], connection=connection, retry=False)
    except Exception:  # the order is safe in the database, the reconciler finds it
        logger.warning("Wecken gescheitert", extra={"auftrag_id": auftrag_id}, exc_info=True)
