"""Handover of cases: what went from whom to whom, who was told, what came back."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.models.basis import choices_check


@pghistory.track()
class Uebergabe(models.Model):
    """One handover of one or many cases; effective at once, to be undone within a day."""

    grund = models.CharField("Grund", max_length=200)
    zeit = models.DateTimeField("übergeben")
    durch = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="durch", related_name="uebergaben"
    )
    anzahl = models.PositiveIntegerField("Fälle")
    zurueck_zeit = models.DateTimeField("rückgängig gemacht", null=True, blank=True)
    zurueck_durch = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="rückgängig gemacht von",
        null=True,
        blank=True,
        related_name="rueckgaengige_uebergaben",
    )

    class Meta:
        verbose_name = "Übergabe"
        verbose_name_plural = "Übergaben"
        ordering = ["-zeit", "-id"]
        constraints = [
            models.CheckConstraint(
                name="uebergabe_rueckgaengig_vollstaendig",
                condition=Q(zurueck_zeit__isnull=True, zurueck_durch__isnull=True)
                | Q(zurueck_zeit__isnull=False, zurueck_durch__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Übergabe vom {self.zeit:%d.%m.%Y}"


class Uebergabezeile(models.Model):
    """One case of a handover: old and new owner and team, the Wiedervorlagen that moved along.

    `bleibt_weil` says why undoing the handover has left this case where it is.
    """

    uebergabe = models.ForeignKey(
        Uebergabe, models.CASCADE, verbose_name="Übergabe", related_name="zeilen"
    )
    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="uebergabezeilen"
    )
    von_user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="von", related_name="abgegebene_zeilen"
    )
    von_team = models.ForeignKey("cases.Team", models.PROTECT, related_name="+")
    an_user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="an", related_name="uebernommene_zeilen"
    )
    an_team = models.ForeignKey("cases.Team", models.PROTECT, related_name="+")
    wiedervorlagen = ArrayField(models.BigIntegerField(), default=list, blank=True)
    zurueck = models.BooleanField("zurückgegeben", default=False)
    bleibt_weil = models.CharField("bleibt, weil", max_length=200, blank=True)

    class Meta:
        verbose_name = "Übergabezeile"
        verbose_name_plural = "Übergabezeilen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="uebergabezeile_einmal", fields=["uebergabe", "case"]),
        ]

    def __str__(self) -> str:
        return f"{self.uebergabe_id}: {self.case_id}"


class Meldungsart(models.TextChoices):
    """How somebody is touched by a handover."""

    ABGEGEBEN = "abgegeben", "abgegeben"
    UEBERNOMMEN = "uebernommen", "übernommen"
    LEITUNG = "leitung", "im Team"
    ZURUECK = "zurueck", "rückgängig gemacht"


class Uebergabemeldung(models.Model):
    """Somebody is told of a handover; stays on the desk until taken note of."""

    uebergabe = models.ForeignKey(
        Uebergabe, models.CASCADE, verbose_name="Übergabe", related_name="meldungen"
    )
    user = models.ForeignKey(
        "cases.User", models.CASCADE, verbose_name="an", related_name="uebergabemeldungen"
    )
    art = models.CharField("Art", max_length=20, choices=Meldungsart.choices)
    anzahl = models.PositiveIntegerField("Fälle")
    gelesen_am = models.DateField("zur Kenntnis genommen am", null=True, blank=True)

    class Meta:
        verbose_name = "Übergabemeldung"
        verbose_name_plural = "Übergabemeldungen"
        ordering = ["-id"]
        constraints = [
            choices_check("uebergabemeldung", "art", Meldungsart),
            models.UniqueConstraint(
                name="uebergabemeldung_einmal", fields=["uebergabe", "user", "art"]
            ),
        ]
        indexes = [
            models.Index(
                fields=["user"],
                name="uebergabemeldung_offen",
                condition=Q(gelesen_am__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.uebergabe_id} an {self.user_id}: {self.art}"
