"""The Celery application: it only wakes work that PostgreSQL knows of."""

from __future__ import annotations

import logging.config
import os
from queue import Empty
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging, worker_init, worker_ready
from django.conf import settings
from kombu.transport import redis

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def packages_with_tasks() -> list[str]:
    """Return every package of our apps that has a `tasks.py`: tasks stand in their rooms."""
    root = settings.BASE_DIR
    found = (path for app in settings.OWN_APPS for path in (root / app).rglob("tasks.py"))
    return sorted(".".join(path.parent.relative_to(root).parts) for path in found)


#: Where a task waits. What somebody waits for never stands behind a long run: other workers.
EILIG, NORMAL, MASSE, BESTAND = "eilig", "normal", "masse", "bestand"

logger = logging.getLogger("fallwerk.aufgaben")


class Kanal(redis.Channel):
    """The way from Redis: what is no message of ours is thrown away and noted, nothing stops."""

    def _brpop_read(self, **options: Any) -> Any:
        """Read one message; it has left the queue already when it cannot be read."""
        try:
            return super()._brpop_read(**options)
        except (ValueError, KeyError, TypeError, AttributeError):
            logger.exception("Unlesbare Nachricht verworfen")
            raise Empty from None


redis.Transport.Channel = Kanal

app = Celery("fallwerk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(packages_with_tasks)
app.conf.visibility_timeout = 600
app.conf.task_default_queue = NORMAL
app.conf.task_routes = {
    "cases.tasks.run_auftrag": {"queue": EILIG},
    # Short, and what is urgent depends on it.
    "cases.tasks.reconcile": {"queue": EILIG},
    "cases.austausch.tasks.*": {"queue": BESTAND},
    "cases.unterlage.tasks.*": {"queue": MASSE},
    "cases.schreiben.tasks.*": {"queue": MASSE},
}
app.conf.beat_schedule = {
    "abgleich": {
        "task": "cases.tasks.reconcile",
        "schedule": float(settings.ABGLEICH_SEKUNDEN),
        # Rounds that nobody has taken do not pile up while the workers are away. Not after one
        # round already: workers that are late by more would never look for what is left.
        "options": {"expires": 10 * settings.ABGLEICH_SEKUNDEN},
    },
    "bestandsuebernahme": {
        "task": "cases.austausch.tasks.continue_importe",
        "schedule": 60.0,
        "options": {"expires": 600},
    },
    "serienbriefe": {
        "task": "cases.schreiben.tasks.continue_serien",
        "schedule": 60.0,
        "options": {"expires": 600},
    },
    "zugriffsbeobachtung": {"task": "cases.tasks.watch_access", "schedule": 600.0},
    "unterlagenpruefung": {
        "task": "cases.unterlage.tasks.scan_unterlagen",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    # The row of the day, not the tick, is what counts: it is asked for also after a start.
    "tageslauf_nachholen": {"task": "cases.tisch.tasks.catch_up", "schedule": 300.0},
    "lebenszeichen": {
        "task": "cases.tasks.note_beat",
        "schedule": 60.0,
        "options": {"expires": 600},
    },
    "protokollsiegel": {
        "task": "cases.tasks.seal_protokoll",
        "schedule": crontab(minute=20, hour=3),
    },
    "nachtpruefung": {"task": "cases.tasks.check_night", "schedule": crontab(minute=50, hour=3)},
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


@worker_ready.connect
def catch_up_at_start(**_: Any) -> None:
    """Ask at every start of a worker whether the run of the day is missing."""
    app.send_task("cases.tisch.tasks.catch_up")


@worker_init.connect
def refuse_start(**_: Any) -> None:
    """Let no worker start where the web server would not."""
    from config.produktion import end_unless_allowed  # noqa: PLC0415 - app ready

    end_unless_allowed()
