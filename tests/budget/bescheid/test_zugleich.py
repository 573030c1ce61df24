"""Two releases at once give one decision: raced on two connections, again and again."""

from __future__ import annotations

import os
import threading
from typing import Any

import pytest
from django.db import connection

from budget.bescheid.services import bescheid as bescheide
from budget.models import Bescheid
from cases.models import Ereignis, User
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.fabriken import make_leitung

# `FALLWERK_RENNEN=1000` races as often as it takes to believe it.
RUNDEN = int(os.environ.get("FALLWERK_RENNEN", "12"))


def _frozen(*, art: str, anlass: Any, gesehen: str | None = None) -> Any:
    return fabriken.make_schreiben(anlass.case, anlass.by, art, {}, anlass.tag)


@pytest.mark.django_db(transaction=True)
def test_two_releases_at_once_give_one(monkeypatch):
    monkeypatch.setattr(bescheide, "write_schreiben", _frozen)
    akte = fabriken.insert_vorgelegt(fabriken.make_akte(fabriken.B), fabriken.B)
    tag, pk = akte.tage.bescheid, akte.bescheid.pk
    users = [akte.leitung, make_leitung("zweite", akte.case.team)]
    for runde in range(RUNDEN):
        assert _race(pk, users, tag) == ["freigegeben", "verwehrt"], runde
        row = Bescheid.objects.get(pk=pk)
        assert row.state == "freigegeben"
        # Back to where it was; the next race meets a submitted one again.
        row = bescheide.reopen_bescheid(bescheid=row, grund="x", by=akte.fallmanager, tag=tag)
        bescheide.submit_bescheid(bescheid=row, by=akte.fallmanager, tag=tag)
    freigaben = Ereignis.objects.filter(case=akte.case, text="Bescheid freigegeben")
    assert freigaben.count() == RUNDEN


def _race(pk: int, users: list[User], tag: Any) -> list[str]:
    start, found = threading.Barrier(len(users)), []

    def run(user: User) -> None:
        try:
            row = Bescheid.objects.select_related("persoenliches_budget").get(pk=pk)
            start.wait(30)
            bescheide.release_bescheid(bescheid=row, by=user, tag=tag)
            found.append("freigegeben")
        except SchrittUnzulaessig:
            found.append("verwehrt")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(found)
