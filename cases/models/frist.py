"""Fristen (computed, immovable) and Wiedervorlagen (set by hand, movable)."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from cases.models.basis import choices_check
from cases.states import Friststufe, Fristwirkung, Fristzustand


@pghistory.track()
class Frist(models.Model):
    """One running Frist of one case, computed by `recht.fristen` and never moved by hand.

    `ende_rechnerisch` is the end before, `ende` the end after the shift of § 26 Abs. 3 SGB X;
    `wiedervorlage` is the day on which it first appears on the desk. `schritte` is the account
    that the page shows under „Warum dieses Datum?“: a list of {"text", "norm"}.
    """

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="fristen"
    )
    regel = models.CharField("Regel", max_length=5)
    bezeichnung = models.CharField("Bezeichnung", max_length=200)
    gegenstand = models.CharField(
        "Gegenstand", max_length=60, help_text="worauf sie sich bezieht, z. B. antrag:17"
    )
    ausloeser_datum = models.DateField("Auslöser am")
    ende_rechnerisch = models.DateField("rechnerisches Ende")
    ende = models.DateField("Ende")
    anzeige = models.CharField("Ende, wie es zu lesen ist", max_length=40)
    verschoben_wegen = models.CharField("verschoben wegen", max_length=200, blank=True)
    wiedervorlage = models.DateField("Wiedervorlage")
    eskalation = models.DateField("Eskalation", null=True, blank=True)
    norm = models.CharField("Norm", max_length=200)
    rechtsstand = models.CharField("Rechtsstand", max_length=2)
    schritte = models.JSONField("Rechenschritte", default=list)
    wirkung = models.CharField("Wirkung", max_length=10, choices=Fristwirkung.choices)
    state = models.CharField(
        "Zustand", max_length=20, choices=Fristzustand.choices, default=Fristzustand.OFFEN
    )
    stufe = models.CharField(
        "Stufe", max_length=20, choices=Friststufe.choices, default=Friststufe.GEPLANT
    )
    erledigt_am = models.DateField("erledigt am", null=True, blank=True)
    erledigt_durch = models.CharField("erledigt durch", max_length=200, blank=True)

    class Meta:
        verbose_name = "Frist"
        verbose_name_plural = "Fristen"
        ordering = ["ende", "id"]
        constraints = [
            choices_check("frist", "wirkung", Fristwirkung),
            choices_check("frist", "state", Fristzustand),
            choices_check("frist", "stufe", Friststufe),
            models.UniqueConstraint(
                name="frist_einmal_je_gegenstand",
                fields=["case", "regel", "gegenstand"],
                condition=~Q(state=Fristzustand.AUFGEHOBEN),
            ),
        ]
        indexes = [
            models.Index(
                fields=["wiedervorlage", "case"],
                name="frist_offen_wiedervorlage",
                condition=Q(state=Fristzustand.OFFEN),
            ),
            models.Index(
                fields=["ende", "stufe"],
                name="frist_offen_ende",
                condition=Q(state=Fristzustand.OFFEN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regel} bis {self.anzeige}"


@pghistory.track()
class Wiedervorlage(models.Model):
    """A reminder that somebody set for themselves; it may be moved."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="wiedervorlagen"
    )
    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="für", related_name="wiedervorlagen"
    )
    am = models.DateField("am")
    anlass = models.CharField("Anlass", max_length=200)
    erledigt_am = models.DateField("erledigt am", null=True, blank=True)

    class Meta:
        verbose_name = "Wiedervorlage"
        verbose_name_plural = "Wiedervorlagen"
        ordering = ["am", "id"]
        indexes = [
            models.Index(
                fields=["user", "am"],
                name="wiedervorlage_offen",
                condition=Q(erledigt_am__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.am:%d.%m.%Y}: {self.anlass}"
