"""What the Kasse has ordered to be paid (§ 47 SGB I), month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.models.basis import never_emptied


@dataclass(frozen=True)
class Zahlungswunsch:
    """One month of one budget that is to be ordered, with the amount as it was shown."""

    budget: int
    monat: date
    betrag: Decimal


@pghistory.track()
class Anweisung(models.Model):
    """One month of one budget that was ordered to be paid: how much, by whom, on which day.

    A month is ordered once. What was ordered by mistake is taken back with a reason and stays on
    record; after that the month can be ordered again.
    """

    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="anweisungen",
    )
    monat = models.DateField("Monat", help_text="sein erster Tag")
    faellig = models.DateField("fällig am")
    betrag = models.DecimalField("Betrag", max_digits=10, decimal_places=2)
    angewiesen_am = models.DateField("angewiesen am")
    angewiesen_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="angewiesen von", related_name="anweisungen"
    )
    zurueckgenommen_am = models.DateField("zurückgenommen am", null=True, blank=True)
    zurueckgenommen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zurückgenommen von",
        null=True,
        blank=True,
        related_name="zurueckgenommene_anweisungen",
    )
    zurueckgenommen_grund = models.CharField(
        "Grund der Rücknahme", max_length=200, blank=True, default=""
    )

    class Meta:
        verbose_name = "Anweisung"
        verbose_name_plural = "Anweisungen"
        ordering = ["monat", "id"]
        constraints = [
            models.UniqueConstraint(
                name="anweisung_einmal_je_monat",
                fields=["persoenliches_budget", "monat"],
                condition=Q(zurueckgenommen_am__isnull=True),
            ),
            models.CheckConstraint(
                name="anweisung_betrag_positiv", condition=Q(betrag__gt=Decimal("0"))
            ),
            models.CheckConstraint(name="anweisung_monat_erster", condition=Q(monat__day=1)),
            models.CheckConstraint(
                name="anweisung_nicht_vor_dem_monat", condition=Q(faellig__gte=F("monat"))
            ),
            models.CheckConstraint(
                name="anweisung_ruecknahme_begruendet",
                condition=Q(
                    zurueckgenommen_am__isnull=True,
                    zurueckgenommen_von__isnull=True,
                    zurueckgenommen_grund="",
                )
                | (
                    Q(zurueckgenommen_am__isnull=False, zurueckgenommen_von__isnull=False)
                    & ~Q(zurueckgenommen_grund="")
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="angewiesen_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "persoenliches_budget",
                    "monat",
                    "faellig",
                    "betrag",
                    "angewiesen_am",
                    "angewiesen_von",
                ),
            ),
            pgtrigger.Protect(
                name="ruecknahme_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__zurueckgenommen_am__isnull=False),
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    @property
    def zahltag(self) -> date:
        """Return the day on which the money leaves: when it is due, not before its order."""
        return max(self.faellig, self.angewiesen_am)

    def __str__(self) -> str:
        return f"{self.betrag} Euro für {self.monat:%m/%Y}"
