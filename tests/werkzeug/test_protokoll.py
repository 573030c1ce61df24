"""Log lines: what somebody typed never stands in one, whatever library wrote it."""

from __future__ import annotations

import io
import json
import logging

import pytest
from celery.signals import setup_logging
from celery.utils.log import get_task_logger
from django.db import DataError

from config.celery import keep_log_form
from config.logs import JsonFormatter

GEHEIM = "Öhler-Kanarienvogel"


@pytest.fixture
def zeilen():
    ausgabe = io.StringIO()
    handler = logging.StreamHandler(ausgabe)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in ausgabe.getvalue().splitlines()]
    root.removeHandler(handler)


def test_text_of_an_exception_stays_out_of_the_log(zeilen):
    celery, fremd = get_task_logger("cases.tasks"), logging.getLogger("irgendwer")
    try:
        raise DataError(f"DETAIL: Failing row contains ({GEHEIM})")
    except DataError as error:
        celery.error("Task %s raised unexpected: %r", "lauf", error, exc_info=True)
        fremd.error(error)
    erste, zweite = zeilen()
    assert GEHEIM not in json.dumps([erste, zweite], ensure_ascii=False)
    assert (erste["text"], erste["fehler"]) == ("Task %s raised unexpected: %r", "DataError")
    assert zweite["text"] == "DataError"


def test_path_of_a_request_stays_readable(zeilen):
    logging.getLogger("django.request").warning("Not Found: %s", "/faelle/17/")
    assert zeilen()[0]["text"] == "Not Found: /faelle/17/"


def test_worker_and_beat_write_the_same_lines():
    assert [ref() for _, ref in setup_logging.receivers] == [keep_log_form]
    keep_log_form()
    handler = logging.getLogger().handlers[-1]
    assert isinstance(handler.formatter, JsonFormatter)


def test_a_task_that_failed_is_named():
    """The line of Celery holds its facts as placeholders, which stay closed."""
    satz = logging.LogRecord(
        "celery.app.trace",
        logging.ERROR,
        "trace.py",
        1,
        "Task %(name)s[%(id)s]: %(exc)s",
        ({"name": "cases.tisch.tasks.catch_up", "id": "1", "exc": "Lena Öhler"},),
        None,
    )
    zeile = json.loads(JsonFormatter().format(satz))
    assert zeile["aufgabe"] == "cases.tisch.tasks.catch_up"
    assert "Öhler" not in json.dumps(zeile, ensure_ascii=False)
