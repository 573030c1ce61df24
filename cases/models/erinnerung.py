"""The daily reminder by e-mail that there is work on the desk."""

from __future__ import annotations

from django.db import models


class Erinnerungsmail(models.Model):
    """One digest per person and day: that there is something on the desk, no Sozialdaten."""

    user = models.ForeignKey(
        "cases.User", models.CASCADE, verbose_name="an", related_name="erinnerungsmails"
    )
    datum = models.DateField("Tag")
    ueberfaellig = models.PositiveIntegerField("überfällig")
    faellig = models.PositiveIntegerField("fällig")
    bevorstehend = models.PositiveIntegerField("bevorstehend")
    uebergaben = models.PositiveIntegerField("Übergaben von Fällen", default=0)
    eskaliert = models.PositiveIntegerField("an die Leitung eskaliert", default=0)
    wiedervorlagen = models.PositiveIntegerField("Wiedervorlagen", default=0)

    class Meta:
        verbose_name = "Erinnerungsmail"
        verbose_name_plural = "Erinnerungsmails"
        constraints = [
            models.UniqueConstraint(name="erinnerungsmail_je_tag", fields=["user", "datum"])
        ]

    def __str__(self) -> str:
        return f"{self.user_id} am {self.datum:%d.%m.%Y}"
