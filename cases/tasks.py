"""Celery tasks: ids in, one service call, safe to run twice. They wake work, they hold none.

Views call `wake` after a service has ordered an effect; what nobody woke, `reconcile` finds.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from celery import current_app, shared_task
from django.db import transaction
from django.utils import timezone

from cases.services import auftrag, entwurf

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


@shared_task(name="cases.tasks.clean_up_entwuerfe")
def clean_up_entwuerfe() -> None:
    """Delete drafts that nobody has come back for."""
    entwurf.clean_up(now=timezone.now())


def wake(auftrag_id: int | None) -> None:
    """Wake a worker for this order once the current transaction is committed."""
    if auftrag_id is not None:
        send_when_committed(run_auftrag, auftrag_id)


def send_when_committed(task: Any, nummer: int) -> None:
    """Hand a number to a worker once the current transaction is committed; a lost call is found."""
    transaction.on_commit(partial(_send, task, nummer))


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
