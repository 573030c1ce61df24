"""The Celery application: it only wakes work that PostgreSQL knows of."""

from __future__ import annotations

import logging.config
import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging, worker_init, worker_process_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def packages_with_tasks() -> list[str]:
    """Return every package of our apps that has a `tasks.py`: tasks stand in their rooms."""
    root = settings.BASE_DIR
    found = (path for app in settings.OWN_APPS for path in (root / app).rglob("tasks.py"))
    return sorted(".".join(path.parent.relative_to(root).parts) for path in found)


app = Celery("fallwerk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(packages_with_tasks)
app.conf.visibility_timeout = 600
app.conf.beat_schedule = {
    "abgleich": {"task": "cases.tasks.reconcile", "schedule": 60.0},
    "bestandsuebernahme": {"task": "cases.austausch.tasks.continue_importe", "schedule": 60.0},
    "unterlagenpruefung": {"task": "cases.unterlage.tasks.scan_unterlagen", "schedule": 600.0},
    "fristenlauf": {
        "task": "cases.tisch.tasks.sweep_fristen",
        "schedule": crontab(minute=15, hour="5,6,7,12"),
    },
    "entwuerfe": {
        "task": "cases.tasks.clean_up_entwuerfe",
        "schedule": crontab(minute=40, hour=3),
    },
}


@setup_logging.connect
def keep_log_form(**_: Any) -> None:
    """Write log lines of worker and beat in the one form that carries no Sozialdaten.

    Celery would otherwise set up its own, with the text of every exception.
    """
    logging.config.dictConfig(settings.LOGGING)


@worker_process_init.connect
def warm_up_letters(**_: Any) -> None:
    """Load the letter renderer once per worker process, before the first letter waits for it."""
    from cases.schreiben.satz.pdf import (  # noqa: PLC0415 - slow import
        warm_up,
    )

    warm_up()


@worker_init.connect
def refuse_demo_accounts(**_: Any) -> None:
    """Let no worker of a production start beside accounts of the demonstration."""
    from config.produktion import refuse_demo_accounts as refuse  # noqa: PLC0415 - app ready

    refuse()
