"""What was said to another body, or by it, without a letter: by telephone or face to face."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cases.crypto import EncryptedTextField
from cases.models.basis import append_only, choices_check


class Uebermittlungsrichtung(models.TextChoices):
    """Who has told whom."""

    AN = "an", "wir haben mitgeteilt"
    VON = "von", "wir haben erfahren"


class Uebermittlungsweg(models.TextChoices):
    """How it was said."""

    TELEFON = "telefon", "am Telefon"
    PERSOENLICH = "persoenlich", "im persönlichen Gespräch"


class Uebermittlungsgrund(models.TextChoices):
    """On which ground it was said or asked."""

    EINWILLIGUNG = "einwilligung", "Einwilligung der Person (§ 67b Abs. 1 SGB X)"
    AUFGABE = "aufgabe", "für eine gesetzliche Aufgabe nötig (§ 69 Abs. 1 Nr. 1 SGB X)"
    ERHEBUNG = "erhebung", "bei anderen Stellen erhoben (§ 67a Abs. 2 SGB X)"


class Uebermittlung(models.Model):
    """One conversation with another body about the person; what was said is never taken back.

    `einwilligung` is the consent on which it rests, and only then.
    """

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="uebermittlungen"
    )
    am = models.DateField("am")
    richtung = models.CharField("Richtung", max_length=10, choices=Uebermittlungsrichtung.choices)
    weg = models.CharField("Weg", max_length=20, choices=Uebermittlungsweg.choices)
    stelle = models.CharField("Stelle", max_length=200)
    inhalt = EncryptedTextField("Was mitgeteilt wurde", purpose="uebermittlung.inhalt")
    grund = models.CharField("Grundlage", max_length=20, choices=Uebermittlungsgrund.choices)
    einwilligung = models.ForeignKey(
        "cases.Einwilligung",
        models.PROTECT,
        verbose_name="Einwilligung",
        null=True,
        blank=True,
        related_name="uebermittlungen",
    )
    vermerkt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="vermerkt von", related_name="uebermittlungen"
    )

    class Meta:
        verbose_name = "Mündliche Mitteilung"
        verbose_name_plural = "Mündliche Mitteilungen"
        ordering = ["-am", "-id"]
        constraints = [
            choices_check("uebermittlung", "richtung", Uebermittlungsrichtung),
            choices_check("uebermittlung", "weg", Uebermittlungsweg),
            choices_check("uebermittlung", "grund", Uebermittlungsgrund),
            models.CheckConstraint(
                name="uebermittlung_einwilligung_genannt",
                condition=Q(grund=Uebermittlungsgrund.EINWILLIGUNG, einwilligung__isnull=False)
                | (~Q(grund=Uebermittlungsgrund.EINWILLIGUNG) & Q(einwilligung__isnull=True)),
            ),
            models.CheckConstraint(
                name="uebermittlung_grund_passt",
                condition=Q(grund=Uebermittlungsgrund.EINWILLIGUNG)
                | Q(richtung=Uebermittlungsrichtung.AN, grund=Uebermittlungsgrund.AUFGABE)
                | Q(richtung=Uebermittlungsrichtung.VON, grund=Uebermittlungsgrund.ERHEBUNG),
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_weg_display()} am {self.am:%d.%m.%Y}"
