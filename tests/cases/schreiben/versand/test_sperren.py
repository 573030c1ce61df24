"""A worker that sends and a person who takes back never wait for each other."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, connections, transaction

from cases.models import Auftrag, Versand
from cases.schreiben.services.versand import cancel_versand, lock_versand, send
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.schreiben.versand.proben import BRIEFTAG, make_schreiben
from tests.fabriken import make_behoerde, make_fall, make_fallmanager


def _wait_for_lock() -> None:
    """Wait until another connection of this database waits for a row."""
    for _ in range(100):
        with connection.cursor() as cursor:
            # Within a transaction the view would show its first answer again.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")


@pytest.mark.django_db(transaction=True)
def test_taking_back_waits_for_the_worker_and_is_then_refused():
    make_behoerde()
    fm = make_fallmanager()
    versand = send(
        schreiben=make_schreiben(make_fall(fm), fm), weg="elektronisch", by=fm, tag=BRIEFTAG
    )
    gesagt: list[str] = []

    def take_back() -> None:
        try:
            cancel_versand(versand=versand, by=fm, tag=BRIEFTAG)
        except SchrittUnzulaessig as error:
            gesagt.append(error.text)
        finally:
            connections.close_all()

    Auftrag.objects.update(state="in_arbeit")
    thread = threading.Thread(target=take_back)
    with transaction.atomic():
        Auftrag.objects.select_for_update().get()
        thread.start()
        _wait_for_lock()
        assert lock_versand(versand.pk).state == "vorgesehen"
    thread.join(timeout=10)
    assert gesagt == ["Die Nachricht wird gerade versandt."]
    assert Versand.objects.get().state == "vorgesehen"
