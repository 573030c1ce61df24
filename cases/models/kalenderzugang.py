"""The secret address under which somebody's calendar program reads the own Fristen."""

from __future__ import annotations

import pghistory
from django.db import models


@pghistory.track(
    pghistory.InsertEvent(),
    # Every reading moves the mark below; only a new address is a change worth keeping.
    pghistory.UpdateEvent(condition=pghistory.AnyChange("schluessel_sha256")),
    pghistory.DeleteEvent(),
)
class Kalenderzugang(models.Model):
    """One address per person; only the hash of its secret part is kept."""

    user = models.OneToOneField(
        "cases.User", models.CASCADE, verbose_name="für", related_name="kalenderzugang"
    )
    schluessel_sha256 = models.CharField("SHA-256 des Schlüssels", max_length=64, unique=True)
    erstellt_am = models.DateField("eingerichtet am")
    zuletzt_gelesen = models.DateTimeField("zuletzt gelesen", null=True, blank=True)
    abrufe = models.PositiveIntegerField("Abrufe", default=0)

    class Meta:
        verbose_name = "Kalenderzugang"
        verbose_name_plural = "Kalenderzugänge"

    def __str__(self) -> str:
        return f"Kalender von {self.user_id}"
