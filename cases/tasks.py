"""Celery tasks: ids in, one service call, safe to run twice. They wake work, they hold none.

An order wakes its worker when its transaction has ended; what nobody woke, `reconcile` finds.
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

from cases.access import LESEFENSTER
from cases.registry.beitrag import registry
from cases.services import auffaelligkeit, auftrag, betrieb, entwurf, protokoll

logger = logging.getLogger("fallwerk.tasks")

# A page never waits longer than this for the broker.
_WECKEN_SEKUNDEN = 0.4
# After a call in vain nobody calls for so long: who orders ten things would wait ten times.
_STUMM_SEKUNDEN = 20.0
# What two workers manage in a minute; the round after takes the rest.
_JE_ABGLEICH = 2_000
# Redis has a line of its own for each of these; a lower one is served first.
_EILIG, _NACHGEHOLT = 0, 6


@shared_task(name="cases.tasks.run_auftrag")
def run_auftrag(auftrag_id: int) -> None:
    """Carry out one order, if it is still due."""
    auftrag.run(auftrag_id=auftrag_id, now=timezone.now())


@shared_task(name="cases.tasks.reconcile")
def reconcile() -> None:
    """Settle dead leases and hand every due order to the workers."""
    now = timezone.now()
    abgebrochen = auftrag.expire_leases(now=now)
    faellig = list(auftrag.due(now).values_list("pk", "art")[:_JE_ABGLEICH])
    betrieb.note(
        betrieb.ABGLEICH, now=now, ergebnis={"abgebrochen": abgebrochen, "fällig": len(faellig)}
    )
    for auftrag_id, art in faellig:
        # A copy that is still waiting when the next round comes is thrown away. Digests of a
        # whole house come at once: they stand behind what a person has just sent off.
        row = registry.auftragsarten[art]
        wo = {"queue": "normal"} if row.in_menge else {}
        # What is made up for stands behind what was ordered just now, except what is urgent.
        run_auftrag.apply_async(
            [auftrag_id],
            expires=settings.ABGLEICH_SEKUNDEN,
            priority=_NACHGEHOLT if row.rang else _EILIG,
            **wo,
        )


@shared_task(name="cases.tasks.note_beat")
def note_beat() -> None:
    """Note that beat and a worker are alive; the page „Betrieb“ and its health tell the age."""
    betrieb.note_beat(now=timezone.now())


@shared_task(name="cases.tasks.seal_protokoll")
def seal_protokoll() -> None:
    """Seal the days of the logs that are over."""
    protokoll.prepare_months()
    neu = protokoll.seal_logs(vor=timezone.localdate())
    betrieb.note("protokollsiegel", now=timezone.now(), ergebnis={"neue Siegel": neu})


@shared_task(
    name="cases.tasks.check_night",
    # Longer than an unacknowledged task stays with its worker: it would be given out again.
    acks_late=False,
    reject_on_worker_lost=False,
    soft_time_limit=3 * 3600,
    time_limit=4 * 3600,
)
def check_night() -> None:
    """Check every ciphertext, file and seal and the invariants; once, however long it takes."""
    betrieb.check_night(now=timezone.now())


@shared_task(name="cases.tasks.clean_up_entwuerfe")
def clean_up_entwuerfe() -> None:
    """Delete drafts that nobody has come back for."""
    now = timezone.now()
    entwuerfe, vorgaenge = entwurf.clean_up(now=now)
    ergebnis = {"Entwürfe": entwuerfe, "Merkmale des Absendens": vorgaenge}
    betrieb.note("entwuerfe", now=now, ergebnis=ergebnis)


@shared_task(name="cases.tasks.watch_access")
def watch_access() -> None:
    """Look for reading that stands out; an alert that is there already is not raised again."""
    now = timezone.now()
    gemeldet = [
        *auffaelligkeit.watch_shown(now=now),
        *auffaelligkeit.watch_nearness(seit=now - LESEFENSTER, now=now),
    ]
    betrieb.note("zugriffsbeobachtung", now=now, ergebnis={"neue Meldungen": len(gemeldet)})


def wake(auftrag_id: int, rang: int) -> None:
    """Hand an order to a worker; called when its transaction is committed."""
    _send(run_auftrag, auftrag_id, priority=rang)


def send_when_committed(task: Any, nummer: int) -> None:
    """Hand a number to a worker once the current transaction is committed; a lost call is found."""
    transaction.on_commit(partial(_send, task, nummer))


class _Ruf:
    """When this process may call the broker again."""

    wieder_ab = 0.0


def _send(task: Any, nummer: int, **wie: Any) -> None:
    if time.monotonic() < _Ruf.wieder_ab:
        return
    optionen = {
        **current_app.conf.broker_transport_options,
        "socket_timeout": _WECKEN_SEKUNDEN,
        "socket_connect_timeout": _WECKEN_SEKUNDEN,
        "max_retries": 0,
    }
    try:
        with current_app.connection_for_write(transport_options=optionen) as connection:
            task.apply_async([nummer], connection=connection, retry=False, **wie)
    except Exception:  # the order is safe in the database, the reconciler finds it
        _Ruf.wieder_ab = time.monotonic() + _STUMM_SEKUNDEN
        logger.warning("Wecken gescheitert", extra={"auftrag_id": nummer}, exc_info=True)
