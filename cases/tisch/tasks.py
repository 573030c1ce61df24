"""Celery task of the daily run."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from cases.tisch.services import tageslauf


@shared_task(name="cases.tisch.tasks.sweep_fristen")
def sweep_fristen() -> None:
    """Do the daily run: days, stages, digests; a second one at the same time does nothing."""
    tageslauf.run_tageslauf(tag=timezone.localdate(), now=timezone.now())
