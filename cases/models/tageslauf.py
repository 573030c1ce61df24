"""What the daily sweep did, run by run, so that a missing day is seen."""

from __future__ import annotations

import pghistory
from django.db import models


@pghistory.track()
class Tageslauf(models.Model):
    """One run of the daily sweep; a run without `beendet` was cut off or is still going on."""

    datum = models.DateField("Tag")
    begonnen = models.DateTimeField("begonnen")
    beendet = models.DateTimeField("beendet", null=True, blank=True)
    bevorstehend = models.PositiveIntegerField("bevorstehend", default=0)
    faellig = models.PositiveIntegerField("fällig", default=0)
    ueberfaellig = models.PositiveIntegerField("überfällig", default=0)
    eskaliert = models.PositiveIntegerField("eskaliert", default=0)
    abgelaufen = models.PositiveIntegerField("abgelaufen", default=0)
    fortgesetzt = models.PositiveIntegerField("nach Pause fortgesetzt", default=0)
    gescheitert = models.PositiveIntegerField("gescheitert", default=0)
    erinnerungen = models.PositiveIntegerField("Erinnerungen", default=0)
    fehler = models.CharField("Fehler", max_length=100, blank=True)

    class Meta:
        verbose_name = "Tageslauf"
        verbose_name_plural = "Tagesläufe"
        ordering = ["-begonnen", "-id"]
        indexes = [models.Index(fields=["datum"], name="tageslauf_datum")]

    def __str__(self) -> str:
        return f"Tageslauf {self.datum:%d.%m.%Y}"
