"""Tasks stand in their rooms; the worker knows all of them and the beat names only known ones."""

from __future__ import annotations

import re
from pathlib import Path

from config.celery import app, packages_with_tasks

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = re.compile(r'@shared_task\(name="([\w.]+)"\)\ndef (\w+)')


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
