"""A copy of the released plan for somebody else, with only the sections that they need."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.crypto import EncryptedTextField
from cases.models.basis import append_only


class Mehrausfertigung(models.Model):
    """Which sections of a released version go to whom on which consent; it never changes.

    `abschnitte` are keys of `gesamtplan.plan.queries.ausschnitt`; what is not named there is not
    in the copy at all.
    """

    gesamtplan = models.ForeignKey(
        "gesamtplan.Gesamtplan",
        models.PROTECT,
        verbose_name="Gesamtplan",
        related_name="mehrausfertigungen",
    )
    einwilligung = models.ForeignKey(
        "cases.Einwilligung",
        models.PROTECT,
        verbose_name="Einwilligung",
        related_name="mehrausfertigungen",
    )
    abschnitte = ArrayField(models.CharField(max_length=80), verbose_name="Abschnitte")
    zweck = EncryptedTextField("Zweck", purpose="mehrausfertigung.zweck")
    am = models.DateField("zusammengestellt am")
    von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="von", related_name="mehrausfertigungen"
    )

    class Meta:
        verbose_name = "Mehrausfertigung"
        verbose_name_plural = "Mehrausfertigungen"
        ordering = ["-am", "-id"]
        constraints = [
            models.CheckConstraint(
                name="mehrausfertigung_mit_inhalt",
                condition=Q(abschnitte__len__gt=0) & ~Q(zweck=""),
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Mehrausfertigung vom {self.am:%d.%m.%Y}"
