"""Applications and what was decided about Zuständigkeit."""

from __future__ import annotations

import pghistory
from django.db import models

from cases.models.basis import choices_check


class Antragsweg(models.TextChoices):
    """How an application reached the authority."""

    SCHRIFTLICH = "schriftlich", "schriftlich"
    NIEDERSCHRIFT = "niederschrift", "zur Niederschrift"
    ELEKTRONISCH = "elektronisch", "elektronisch"
    WEITERGELEITET = "weitergeleitet", "von anderem Träger weitergeleitet"


@pghistory.track()
class Antrag(models.Model):
    """An application (§ 108 SGB IX); its day of receipt starts the first Fristen."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="antraege"
    )
    eingang = models.DateField("Eingang")
    weg = models.CharField("eingegangen", max_length=20, choices=Antragsweg.choices)
    begehren = models.TextField("Was wird beantragt?")
    persoenliches_budget = models.BooleanField("als Persönliches Budget beantragt", default=False)
    aufgenommen_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="aufgenommen von", related_name="antraege"
    )

    class Meta:
        verbose_name = "Antrag"
        verbose_name_plural = "Anträge"
        ordering = ["eingang", "id"]
        constraints = [choices_check("antrag", "weg", Antragsweg)]
        indexes = [models.Index(fields=["eingang"], name="antrag_eingang")]

    def __str__(self) -> str:
        return f"Antrag vom {self.eingang:%d.%m.%Y}"


@pghistory.track()
class Weiterleitung(models.Model):
    """An application handed on to another Rehabilitationsträger (§ 14 Abs. 1 S. 2 SGB IX)."""

    antrag = models.OneToOneField(
        Antrag, models.CASCADE, verbose_name="Antrag", related_name="weiterleitung"
    )
    an = models.ForeignKey(
        "cases.Leistungstraeger", models.PROTECT, verbose_name="an", related_name="weiterleitungen"
    )
    am = models.DateField("weitergeleitet am")
    grund = models.TextField("Grund")

    class Meta:
        verbose_name = "Weiterleitung"
        verbose_name_plural = "Weiterleitungen"

    def __str__(self) -> str:
        return f"Weiterleitung vom {self.am:%d.%m.%Y}"
