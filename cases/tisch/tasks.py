"""Celery task of the daily run."""

from __future__ import annotations

from datetime import time

from celery import shared_task
from django.utils import timezone

from cases.models import Behoerde
from cases.tisch.queries.tageslauf import has_run
from cases.tisch.services import tageslauf

# The hour of the first run of a day, see config/celery.py.
ERSTER_LAUF = time(5, 15)


@shared_task(name="cases.tisch.tasks.catch_up")
def catch_up() -> None:
    """Do the daily run when today's row is missing and its first hour has come.

    Before the authority is set up there is nothing to run over.
    """
    jetzt = timezone.localtime()
    faellig = jetzt.time() >= ERSTER_LAUF and not has_run(jetzt.date())
    if faellig and Behoerde.objects.exists():
        tageslauf.run_tageslauf(tag=jetzt.date(), now=timezone.now())


@shared_task(name="cases.tisch.tasks.sweep_fristen")
def sweep_fristen() -> None:
    """Do the daily run: days, stages, digests; a second one at the same time does nothing."""
    tageslauf.run_tageslauf(tag=timezone.localdate(), now=timezone.now())
