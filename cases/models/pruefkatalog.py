"""The Prüfkatalog of an application for a Persönliches Budget: one version per day."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check


class Pruefergebnis(models.TextChoices):
    """What the check of one Voraussetzung has shown."""

    OFFEN = "offen", "offen"
    ERFUELLT = "erfuellt", "erfüllt"
    NICHT_ERFUELLT = "nicht_erfuellt", "nicht erfüllt"
    ENTFAELLT = "entfaellt", "entfällt"


@pghistory.track()
class Pruefkatalog(models.Model):
    """One version of the check; a later day is a new version, the older one stays as it is.

    `merkmale` are the keys of the ticked points of the decision aid. Nothing is counted. The
    weighing is free text about a person and stored encrypted.
    """

    antrag = models.ForeignKey(
        "cases.Antrag", models.CASCADE, verbose_name="Antrag", related_name="pruefkataloge"
    )
    datum = models.DateField("Stand vom")
    geprueft_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="geprüft von", related_name="pruefkataloge"
    )
    merkmale = ArrayField(models.CharField(max_length=60), verbose_name="Merkmale", default=list)
    abwaegung = EncryptedTextField(
        "Abwägung", purpose="pruefkatalog.abwaegung", blank=True, default=""
    )

    class Meta:
        verbose_name = "Prüfkatalog"
        verbose_name_plural = "Prüfkataloge"
        ordering = ["-datum"]
        constraints = [
            models.UniqueConstraint(fields=["antrag", "datum"], name="pruefkatalog_einmal_je_tag"),
        ]

    def __str__(self) -> str:
        return f"Prüfkatalog vom {self.datum:%d.%m.%Y}"


@pghistory.track()
class Pruefpunkt(models.Model):
    """The result for one Voraussetzung, with reason and evidence; the reason is encrypted."""

    pruefkatalog = models.ForeignKey(
        Pruefkatalog, models.CASCADE, verbose_name="Prüfkatalog", related_name="pruefpunkte"
    )
    voraussetzung = models.CharField("Voraussetzung", max_length=60)
    ergebnis = models.CharField(
        "Ergebnis",
        max_length=20,
        choices=Pruefergebnis.choices,
        default=Pruefergebnis.OFFEN,
    )
    begruendung = EncryptedTextField(
        "Begründung", purpose="pruefpunkt.begruendung", blank=True, default=""
    )
    unterlage = models.ForeignKey(
        "cases.Unterlage",
        models.SET_NULL,
        verbose_name="Nachweis (Unterlage)",
        null=True,
        blank=True,
        related_name="+",
    )
    vorbefund = models.ForeignKey(
        "cases.Vorbefund",
        models.SET_NULL,
        verbose_name="Nachweis (Bescheid oder Befund)",
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "Prüfpunkt"
        verbose_name_plural = "Prüfpunkte"
        ordering = ["id"]
        constraints = [
            choices_check("pruefpunkt", "ergebnis", Pruefergebnis),
            models.UniqueConstraint(
                fields=["pruefkatalog", "voraussetzung"], name="pruefpunkt_einmal_je_voraussetzung"
            ),
        ]

    def __str__(self) -> str:
        return self.voraussetzung
