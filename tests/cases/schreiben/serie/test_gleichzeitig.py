"""Two at once: two workers, two who release, two clicks on the same form have one effect."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from cases.models import Schreiben, Serie, Versand
from cases.schreiben.services.serie import release_serie
from cases.schreiben.services.serienlauf import advance_serie
from cases.states.tafel import SchrittUnzulaessig
from tests import uhr
from tests.cases.schreiben.serie.proben import AB, make_serie, open_sample, work
from tests.fabriken import make_behoerde, make_fallmanager, make_leitung

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Let each work in a thread and a connection of its own; return what each gave or refused."""
    start, found = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait()
            found.append(work())
        except SchrittUnzulaessig as error:
            found.append(error.text)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def through(serie: Serie) -> None:
    """Work like two workers that are woken again and again."""
    for _ in range(12):
        advance_serie(serie_id=serie.pk, now=uhr.JETZT, ab=AB)


def test_two_releases_and_two_workers_send_each_letter_once():
    make_behoerde()
    serie = work(make_serie(make_fallmanager(), 4))
    zweite = make_leitung("zweite")
    open_sample(serie, zweite)
    gesagt = at_once(*[lambda: release_serie(serie=serie, by=zweite, now=uhr.JETZT)] * 2)
    assert [g for g in gesagt if isinstance(g, Serie)] == [serie]
    assert [g for g in gesagt if isinstance(g, str)] == [
        "„Freigeben und versenden“ ist im Zustand „wird versandt“ nicht möglich."
    ]
    at_once(*[lambda: through(serie)] * 2)
    work(serie)
    assert Serie.objects.get().state == "versandt"
    briefe = Schreiben.objects.values_list("case", flat=True)
    assert sorted(briefe) == sorted(serie.briefe.values_list("case", flat=True))
    assert Versand.objects.count() == len(briefe) == 4


def test_two_workers_set_each_letter_once():
    make_behoerde()
    serie = make_serie(make_fallmanager(), 4)
    at_once(*[lambda: through(serie)] * 2)
    serie = work(serie)
    assert serie.state == "gesetzt"
    assert serie.briefe.filter(state="gesetzt").count() == 4
    assert serie.briefe.filter(stichprobe=True).count() == 3
