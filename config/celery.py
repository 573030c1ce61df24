"""The Celery application: it only wakes work that PostgreSQL knows of."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("fallwerk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.visibility_timeout = 600
app.conf.beat_schedule = {
    "abgleich": {"task": "cases.tasks.reconcile", "schedule": 60.0},
    "fristenlauf": {
        "task": "cases.tasks.sweep_fristen",
        "schedule": crontab(minute=15, hour="5,6,7,12"),
    },
}


@worker_process_init.connect
def warm_up_letters(**_: Any) -> None:
    """Load the letter renderer once per worker process, before the first letter waits for it."""
    from cases.schreiben.pdf import warm_up  # noqa: PLC0415 - slow import

    warm_up()
