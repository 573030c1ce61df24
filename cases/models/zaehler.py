"""Counters with an end that all processes share and that survive a restart."""

from __future__ import annotations

from django.db import models


class Zaehler(models.Model):
    """One counter or mark of limited life, see `cases.zaehlwerk`; the caller hashes its name."""

    schluessel = models.CharField("Schlüssel", max_length=250, primary_key=True)
    wert = models.JSONField("Wert")
    bis = models.DateTimeField("gilt bis", null=True, blank=True)

    class Meta:
        verbose_name = "Zähler"
        verbose_name_plural = "Zähler"
        indexes = [models.Index(fields=["bis"], name="zaehler_bis")]

    def __str__(self) -> str:
        return self.schluessel
