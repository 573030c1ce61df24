"""Celery task that has documents checked for malware."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from cases.services import betrieb
from cases.unterlage.services import unterlage


@shared_task(name="cases.unterlage.tasks.scan_unterlagen")
def scan_unterlagen() -> None:
    """Check documents for malware that no scanner has seen yet."""
    now = timezone.now()
    geprueft = unterlage.scan_pending(clamd=settings.CLAMD, now=now)
    betrieb.note("unterlagenpruefung", now=now, ergebnis={"geprüft": geprueft})
