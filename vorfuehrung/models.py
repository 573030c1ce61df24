"""How far the demonstration is loaded: kept where its cases are, so that both share one fate."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Ladestand(models.Model):
    """One row as soon as somebody loads the demonstration; an office at work has none."""

    tag = models.DateField("erzählt für den Tag")
    faelle = models.PositiveSmallIntegerField("Zahl der Fälle")
    naechster = models.PositiveSmallIntegerField("nächster Platz der Reihe", default=0)
    schritte = ArrayField(
        models.CharField(max_length=40), verbose_name="erledigte Schritte", default=list, blank=True
    )
    fertig_am = models.DateTimeField("vollständig seit", null=True, blank=True)

    class Meta:
        verbose_name = "Ladestand der Vorführung"
        verbose_name_plural = "Ladestand der Vorführung"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="ladestand_einmal")]

    def __str__(self) -> str:
        return f"Vorführung für den {self.tag:%d.%m.%Y}"


class ErzaehlterFall(models.Model):
    """A case of the demonstration and its place in the order; open until its story is told."""

    platz = models.PositiveSmallIntegerField("Platz in der Reihe", unique=True)
    case = models.OneToOneField("cases.Case", models.CASCADE, verbose_name="Fall", related_name="+")
    erzaehlt = models.BooleanField("zu Ende erzählt", default=False)

    class Meta:
        verbose_name = "erzählter Fall"
        verbose_name_plural = "erzählte Fälle"
        ordering = ["platz"]

    def __str__(self) -> str:
        return f"Platz {self.platz}"


class Vorfuehrkonto(models.Model):
    """An account whose password was printed on a screen; the mark stays whatever is renamed."""

    user = models.OneToOneField(
        "cases.User", models.CASCADE, verbose_name="Konto", related_name="vorfuehrkonto"
    )

    class Meta:
        verbose_name = "Konto der Vorführung"
        verbose_name_plural = "Konten der Vorführung"

    def __str__(self) -> str:
        return f"Vorführung: {self.user_id}"
