"""Documents that came in or were taken up: what they are, from whom, how long they hold."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from cases.models.basis import choices_check


class Unterlagenart(models.TextChoices):
    """What a document is; decides who asks for it and how long it is kept."""

    ANTRAG = "antrag", "Antrag"
    GUTACHTEN = "gutachten", "Gutachten"
    BERICHT = "bericht", "Entwicklungs- oder Verlaufsbericht"
    BEFUND = "befund", "ärztlicher Befund"
    STELLUNGNAHME = "stellungnahme", "Stellungnahme"
    BESCHEID = "bescheid", "Bescheid einer anderen Stelle"
    AUSWEIS = "ausweis", "Ausweis (z. B. Schwerbehindertenausweis)"
    BETREUERAUSWEIS = "betreuerausweis", "Betreuerausweis oder Vollmacht"
    EINWILLIGUNG = "einwilligung", "Einwilligung"
    ZIELVEREINBARUNG = "zielvereinbarung", "unterschriebene Zielvereinbarung"
    NACHWEIS = "nachweis", "Nachweis"
    SCHRIFTVERKEHR = "schriftverkehr", "Schriftverkehr"
    SONSTIGES = "sonstiges", "Sonstiges"


class Pruefstand(models.TextChoices):
    """What the malware scanner said."""

    UNGEPRUEFT = "ungeprueft", "ungeprüft"
    SAUBER = "sauber", "geprüft, ohne Befund"
    BEFALLEN = "befallen", "gesperrt (Schadsoftware)"


@pghistory.track()
class Unterlage(models.Model):
    """A document of one case; the stored bytes never change, a newer one is a new row."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="unterlagen"
    )
    art = models.CharField("Art", max_length=30, choices=Unterlagenart.choices)
    titel = models.CharField("Titel", max_length=200)
    datum = models.DateField("Datum der Unterlage")
    verfasser = models.CharField("Verfasser", max_length=200, blank=True)
    gueltig_bis = models.DateField("gültig bis", null=True, blank=True)
    eingegangen_am = models.DateField("eingegangen am")
    hochgeladen_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="hochgeladen von", related_name="unterlagen"
    )
    pruefstand = models.CharField(
        "Prüfstand",
        max_length=20,
        choices=Pruefstand.choices,
        default=Pruefstand.UNGEPRUEFT,
    )

    class Meta:
        verbose_name = "Unterlage"
        verbose_name_plural = "Unterlagen"
        ordering = ["-datum", "-id"]
        constraints = [
            choices_check("unterlage", "art", Unterlagenart),
            choices_check("unterlage", "pruefstand", Pruefstand),
            models.CheckConstraint(
                name="unterlage_gueltig_nach_datum",
                condition=Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=F("datum")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titel} vom {self.datum:%d.%m.%Y}"
