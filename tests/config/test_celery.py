"""Tasks stand in their rooms; the worker knows all of them and the beat names only known ones."""

from __future__ import annotations

import re
from pathlib import Path
from queue import Empty
from types import SimpleNamespace

import pytest
from kombu.transport import redis

from config.celery import Kanal, app, packages_with_tasks

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = re.compile(r'@shared_task\(\s*name="([\w.]+)"(?:,[^)]*)?\)\ndef (\w+)')


def test_worker_knows_every_task_under_the_name_of_its_room():
    app.loader.import_default_modules()
    seen = 0
    for package in packages_with_tasks():
        text = (ROOT / package.replace(".", "/") / "tasks.py").read_text()
        for name, function in NAME.findall(text):
            seen += 1
            assert name == f"{package}.tasks.{function}"
            assert name in app.tasks
        assert len(NAME.findall(text)) == text.count("@shared_task")
    assert seen >= 7


def test_beat_names_known_tasks():
    app.loader.import_default_modules()
    planned = [row["task"] for row in app.conf.beat_schedule.values()]
    assert len(planned) >= 5
    assert [name for name in planned if name not in app.tasks] == []


def test_a_round_outlives_workers_that_are_late_by_more_than_one():
    """A round that expires before anybody takes it is looked at by nobody, round after round."""
    for name, row in app.conf.beat_schedule.items():
        expires = row.get("options", {}).get("expires")
        if expires is not None and isinstance(row["schedule"], float):
            assert expires >= min(10 * row["schedule"], 600), name


def test_urgent_normal_and_bulk_never_share_a_worker():
    """Bulk work has a queue of its own, so that urgent notices do not wait for it."""
    app.loader.import_default_modules()
    own = [name for name in app.tasks if not name.startswith("celery.")]
    queues = {name: app.amqp.router.route({}, name)["queue"].name for name in own}
    assert queues["cases.tasks.run_auftrag"] == "eilig"
    assert {queues[n] for n in own if ".unterlage." in n} == {"masse"}
    assert {queues[n] for n in own if ".austausch." in n} == {"bestand"}
    assert set(queues.values()) == {"eilig", "normal", "masse", "bestand"}
    for name in ("Procfile", "docker-compose.yml"):
        text = (ROOT / name).read_text().replace('", "', " ")
        served = re.findall(r"-Q ([\w,]+)", text)
        assert sorted(served) == ["eilig", "normal,masse,bestand"], name


@pytest.mark.parametrize(
    "body",
    [
        b"kein json",
        b"",
        b"[]",
        b"7",
        b"null",
        b"{}",
        b'{"body": 1}',
        b'"x"',
        b"\xff\xfe",
        b"x" * 10_000_000,
    ],
)
def test_message_that_is_none_is_thrown_away_and_noted(body, caplog):
    """What Redis hands over has left the queue; the worker goes on with the next (T8, F21)."""
    channel = Kanal.__new__(Kanal)
    delivered: list[object] = []
    channel.connection = SimpleNamespace(
        _deliver=lambda message, queue: delivered.append(message["properties"]["delivery_info"])
    )
    channel._queue_cycle = SimpleNamespace(rotate=lambda _: None)
    channel._in_poll = True
    channel.sep = "\x06\x16"
    channel.__dict__["client"] = SimpleNamespace(
        parse_response=lambda *a, **k: (b"eilig", body), connection=None
    )
    channel._flush_brpop_reauth = lambda: None
    channel.connection_errors = ()
    with pytest.raises(Empty) as empty:
        channel._brpop_read()
    assert (delivered, empty.value.args) == ([], ())
    assert "Unlesbare Nachricht verworfen" in caplog.text
    assert redis.Transport.Channel is Kanal
