"""Who opened a case, and who was turned away."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cases.models.basis import append_only, choices_check
from cases.states.zugang import Zugriffsgrund


class Lesezugriff(models.Model):
    """Somebody opened a case; written in the transaction that read it."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="lesezugriffe"
    )
    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="durch", related_name="lesezugriffe"
    )
    zeit = models.DateTimeField("Zeit", auto_now_add=True)
    route = models.CharField("Seite", max_length=80)
    als = models.CharField("als", max_length=30)
    grund = models.CharField(
        "Anlass",
        max_length=20,
        choices=Zugriffsgrund.choices,
        default=Zugriffsgrund.UNBEKANNT,
        db_default=Zugriffsgrund.UNBEKANNT,
    )
    notfall = models.ForeignKey(
        "cases.Notfallzugriff",
        models.PROTECT,
        verbose_name="Notfallzugriff",
        null=True,
        blank=True,
        related_name="lesezugriffe",
    )

    class Meta:
        verbose_name = "Lesezugriff"
        verbose_name_plural = "Lesezugriffe"
        ordering = ["-zeit", "-id"]
        constraints = [
            choices_check("lesezugriff", "grund", Zugriffsgrund),
            models.CheckConstraint(
                name="lesezugriff_notfall_benannt",
                condition=Q(grund=Zugriffsgrund.NOTFALL, notfall__isnull=False)
                | (~Q(grund=Zugriffsgrund.NOTFALL) & Q(notfall__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-zeit"], name="lesezugriff_case_zeit"),
            models.Index(fields=["user", "-zeit"], name="lesezugriff_user_zeit"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.zeit:%d.%m.%Y %H:%M}: {self.route}"


class Zugriffsverweigerung(models.Model):
    """Somebody asked for a case that is not theirs, or for a page their role has no right to."""

    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="durch", related_name="zugriffsverweigerungen"
    )
    zeit = models.DateTimeField("Zeit", auto_now_add=True)
    route = models.CharField("Seite", max_length=80)
    case_id_angefragt = models.BigIntegerField("angefragter Fall", null=True, blank=True)

    class Meta:
        verbose_name = "Zugriffsverweigerung"
        verbose_name_plural = "Zugriffsverweigerungen"
        ordering = ["-zeit", "-id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.zeit:%d.%m.%Y %H:%M}: {self.route}"
