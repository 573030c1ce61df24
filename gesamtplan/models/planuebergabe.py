"""That the person has got the released plan (§ 121 Abs. 5 SGB IX)."""

from __future__ import annotations

from django.db import models

from cases.models.basis import append_only, choices_check


class Uebergabeweg(models.TextChoices):
    """How a plan reached the person."""

    PERSOENLICH = "persoenlich", "persönlich ausgehändigt"
    POST = "post", "mit der Post"
    ELEKTRONISCH = "elektronisch", "elektronisch"


class Planuebergabe(models.Model):
    """One handing over of a released version; what was handed over is never taken back."""

    gesamtplan = models.ForeignKey(
        "gesamtplan.Gesamtplan",
        models.PROTECT,
        verbose_name="Gesamtplan",
        related_name="uebergaben",
    )
    an = models.CharField("übergeben an", max_length=200)
    am = models.DateField("übergeben am")
    weg = models.CharField("Weg", max_length=20, choices=Uebergabeweg.choices)
    unterschrieben = models.BooleanField("von der Person unterschrieben", default=False)
    von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="vermerkt von", related_name="planuebergaben"
    )

    class Meta:
        verbose_name = "Planübergabe"
        verbose_name_plural = "Planübergaben"
        ordering = ["-am", "-id"]
        constraints = [choices_check("planuebergabe", "weg", Uebergabeweg)]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Übergabe am {self.am:%d.%m.%Y}"
