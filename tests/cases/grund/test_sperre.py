"""Steps that meet on one case wait for each other in one order: none is ended for it (T3, F10)."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from cases.antrag.services import antrag as antrag_services
from cases.fall.services.case import lock_case
from cases.models import Antrag
from cases.services.sperre import lock_row
from tests.fabriken import make_behoerde, make_fall, make_fallmanager

RUNDEN = 8


@pytest.mark.django_db(transaction=True)
def test_opposite_steps_never_deadlock():
    make_behoerde()
    case = make_fall(make_fallmanager())
    antrag = Antrag.objects.get(case=case)
    errors: list[Exception] = []
    done: list[str] = []
    start = threading.Barrier(2)

    def run(name: str, *locks) -> None:
        try:
            for _ in range(RUNDEN):
                start.wait(30)
                with transaction.atomic():
                    first, second = locks
                    first()
                    # Long enough that the other one holds its first lock, too.
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT pg_sleep(0.05)")
                    second()
                done.append(name)
        except Exception as error:
            errors.append(error)
            start.abort()
        finally:
            connection.close()

    def case_first():
        lock_case(case.pk)

    def part_first():
        lock_row(Antrag.objects.select_related("case"), antrag.pk)

    threads = [
        threading.Thread(target=run, args=("fall", case_first, part_first)),
        threading.Thread(target=run, args=("teil", part_first, case_first)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert len(done) == 2 * RUNDEN
    assert antrag_services.lock_row is lock_row
