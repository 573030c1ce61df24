"""The Chronik of a case."""

from __future__ import annotations

from django.db import models

from cases.models.basis import append_only


class Ereignis(models.Model):
    """One thing that happened in a case; written by services, never changed."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="ereignisse"
    )
    am = models.DateField("am")
    zeit = models.DateTimeField("aufgezeichnet", auto_now_add=True)
    user = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="durch",
        null=True,
        blank=True,
        related_name="ereignisse",
    )
    art = models.CharField("Art", max_length=40)
    text = models.CharField("Text", max_length=500)
    gegenstand = models.CharField("Gegenstand", max_length=60, blank=True)

    class Meta:
        verbose_name = "Ereignis"
        verbose_name_plural = "Ereignisse"
        ordering = ["-zeit", "-id"]
        indexes = [
            models.Index(fields=["case", "-zeit"], name="ereignis_case_zeit"),
            models.Index(fields=["case", "-am", "-id"], name="ereignis_case_am"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.am:%d.%m.%Y}: {self.text}"
