"""What operators look at: the last signs of life, and what the nightly check found."""

from __future__ import annotations

from django.db import models


class Betriebsstand(models.Model):
    """The latest moment of one thing that must keep happening, with what it found.

    `befunde` maps what was checked to how much of it is wrong; no Sozialdaten.
    """

    schluessel = models.CharField("Schlüssel", max_length=40, unique=True)
    zeitpunkt = models.DateTimeField("zuletzt")
    befunde = models.JSONField("Befunde", default=dict)

    class Meta:
        verbose_name = "Betriebsstand"
        verbose_name_plural = "Betriebsstände"
        ordering = ["schluessel"]

    def __str__(self) -> str:
        return self.schluessel
