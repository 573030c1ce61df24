"""Tasks run twice without a second effect; waking never holds a page up."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cases import tasks
from cases.models import Auftrag, Erinnerungsmail, Frist
from cases.registry.beitrag import registry
from cases.services.auftrag import SPERRE, order
from cases.tisch import tasks as tisch_tasks
from config.celery import app
from tests import uhr
from tests.fabriken import make_fall

JETZT = datetime(2026, 3, 17, 6, 0, tzinfo=UTC)


@contextmanager
def configured(**values: object) -> Iterator[None]:
    """Change settings of Celery for a while."""
    before = {name: app.conf[name] for name in values}
    app.conf.update(values)
    try:
        yield
    finally:
        app.conf.update(before)


@pytest.fixture(autouse=True)
def _ruft_wieder(monkeypatch):
    """What an earlier test learnt of its broker says nothing of the next one."""
    monkeypatch.setattr(tasks._Ruf, "wieder_ab", 0.0)


@pytest.fixture
def broker():
    """A broker inside this process, instead of the shared one."""
    with (
        configured(broker_write_url="memory://", broker_transport_options={}),
        app.connection_for_write() as connection,
    ):
        queue = connection.SimpleQueue("eilig")
        queue.clear()
        yield queue
        queue.clear()
        queue.close()


def place(schluessel: str = "probe:1") -> Auftrag:
    return order(art="probe", schluessel=schluessel, gegenstand_id=7, zeitpunkt=JETZT)


@pytest.mark.django_db
@time_machine.travel(JETZT, tick=False)
def test_run_auftrag_twice_has_one_effect(wirkung):
    auftrag = place()
    tasks.run_auftrag(auftrag.pk)
    tasks.run_auftrag(auftrag.pk)
    assert (wirkung.laeufe, Auftrag.objects.get().state) == ([7], "fertig")


@pytest.mark.django_db
@time_machine.travel(JETZT, tick=False)
def test_run_auftrag_of_an_unknown_id_does_nothing(wirkung):
    tasks.run_auftrag(999_999)
    assert wirkung.laeufe == []


@pytest.mark.django_db
@time_machine.travel(JETZT, tick=False)
def test_reconcile_twice_has_one_effect_and_settles_dead_leases(wirkung):
    place()
    Auftrag.objects.create(
        art="probe", schluessel="tot", gegenstand_id=8, state="in_arbeit",
        naechster_versuch=JETZT, gesperrt_bis=JETZT - SPERRE,
    )  # fmt: skip
    with configured(task_always_eager=True):
        tasks.reconcile()
        tasks.reconcile()
    assert wirkung.laeufe == [7]
    assert dict(Auftrag.objects.values_list("schluessel", "state")) == {
        "probe:1": "fertig",
        "tot": "ungewiss",
    }


@pytest.mark.django_db
def test_sweep_twice_moves_once_and_reminds_once(fallmanager):
    make_fall(fallmanager, eingang=uhr.HEUTE - timedelta(days=15))
    tisch_tasks.sweep_fristen()
    before = list(Frist.objects.order_by("id").values_list("stufe", "state"))
    tisch_tasks.sweep_fristen()
    assert before == list(Frist.objects.order_by("id").values_list("stufe", "state"))
    assert (Erinnerungsmail.objects.count(), Auftrag.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_abgleich_works_without_a_broker(wirkung):
    for n in range(12):
        place(f"probe:{n}")
    out = StringIO()
    call_command("abgleich", stdout=out)
    call_command("abgleich", stdout=out)
    assert out.getvalue() == "fertig: 12\nNichts zu tun.\n"


@pytest.mark.django_db
def test_fristenlauf_takes_the_day_from_the_command_line(fallmanager):
    make_fall(fallmanager, eingang=datetime(2026, 3, 2, tzinfo=UTC).date())
    out = StringIO()
    call_command("fristenlauf", "--tag", "16.03.2026", stdout=out)
    assert out.getvalue() == (
        "Fristenlauf für den 16.03.2026: 1 bevorstehend, 1 faellig, 0 ueberfaellig, "
        "0 eskaliert, 0 abgelaufen, 0 gescheitert, 0 fortgesetzt.\nErinnerungen veranlasst: 1.\n"
    )


@pytest.mark.parametrize("tag", ["31.02.2026", "2026-03-16", "morgen"])
def test_fristenlauf_refuses_what_is_no_day(tag):
    with pytest.raises(CommandError, match=r"kein Tag der Form TT\.MM\.JJJJ"):
        call_command("fristenlauf", "--tag", tag)


@pytest.mark.django_db
def test_wake_sends_the_id_only_after_commit(broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tasks.send_when_committed(tasks.run_auftrag, 41)
        assert broker.qsize() == 0
    message = broker.get_nowait()
    assert (message.headers["task"], message.payload[0]) == ("cases.tasks.run_auftrag", [41])


@pytest.mark.django_db
def test_whoever_orders_many_things_waits_once_for_a_dead_broker(tmp_path):
    start = time.monotonic()
    with configured(broker_write_url=f"redis+socket://{tmp_path}/nichts.sock"):
        tasks.wake(41, 0)
        vergeblich = time.monotonic() - start
        for nummer in range(200):
            tasks.wake(nummer, 0)
    assert tasks._Ruf.wieder_ab > time.monotonic()
    assert time.monotonic() - start < vergeblich + 1


def test_what_is_made_up_for_stands_behind_what_was_just_ordered():
    """Redis keeps a line for each rank; the urgent kind is urgent also when it is found late."""
    assert app.conf.broker_transport_options["queue_order_strategy"] == "priority"
    raenge = {key: art.rang for key, art in registry.auftragsarten.items()}
    assert raenge["zugangsmeldung"] < raenge["versand_email"] < tasks._NACHGEHOLT


@pytest.mark.django_db
def test_every_kind_that_is_not_ordered_by_the_hundred_is_woken():
    """A notice that nobody wakes waits for the next round: up to a minute."""
    assert registry.wecker is tasks.wake
    in_menge = {key for key, art in registry.auftragsarten.items() if art.in_menge}
    assert in_menge == {"erinnerung"}


@pytest.mark.django_db
@pytest.mark.parametrize("art", ["verweigert", "schweigt", "fehlt"])
def test_dead_broker_does_not_hold_the_page_up(tmp_path, art, django_capture_on_commit_callbacks):
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        if art == "verweigert":
            server.close()
        if art == "fehlt":
            url = f"redis+socket://{tmp_path}/nichts.sock"
        start = time.monotonic()
        with (
            configured(broker_write_url=url),
            django_capture_on_commit_callbacks(execute=True) as callbacks,
        ):
            tasks.send_when_committed(tasks.run_auftrag, 41)
        # Trying again would take more than six seconds.
        assert (len(callbacks), time.monotonic() - start < 4) == (1, True)
