"""What the Kasse has ordered to be paid (§ 47 SGB I), month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.models.basis import never_emptied

if TYPE_CHECKING:
    from cases.models import Case

# Under what is paid: the number of a budget, or with True that of a provisional decision.
Zahlungsgrund = tuple[int, bool]


@dataclass(frozen=True)
class Zahlungswunsch:
    """One month that is to be ordered, with the amount as it was shown.

    `grund` is the number of the budget, with `vorlaeufig` that of the provisional decision.
    """

    grund: int
    monat: date
    betrag: Decimal
    vorlaeufig: bool = False

    @property
    def schluessel(self) -> tuple[Zahlungsgrund, date]:
        """Return under what and for which month: it is ordered once."""
        return (self.grund, self.vorlaeufig), self.monat


def _constraints(name: str, grund: str) -> list[models.BaseConstraint]:
    """Return what holds of every order that stands under `grund`."""
    return [
        models.UniqueConstraint(
            name=f"{name}_einmal_je_monat",
            fields=[grund, "monat"],
            condition=Q(zurueckgenommen_am__isnull=True),
        ),
        models.CheckConstraint(name=f"{name}_betrag_positiv", condition=Q(betrag__gt=Decimal("0"))),
        models.CheckConstraint(name=f"{name}_monat_erster", condition=Q(monat__day=1)),
        models.CheckConstraint(
            name=f"{name}_nicht_vor_dem_monat", condition=Q(faellig__gte=F("monat"))
        ),
        models.CheckConstraint(
            name=f"{name}_ruecknahme_begruendet",
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


def _triggers(grund: str) -> list[pgtrigger.Trigger]:
    """Return what never changes of an order that stands under `grund`."""
    return [
        pgtrigger.Protect(
            name="angewiesen_fest",
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(
                grund, "monat", "faellig", "betrag", "angewiesen_am", "angewiesen_von"
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


class Zahlanordnung(models.Model):
    """One month that was ordered to be paid: how much, by whom, on which day.

    A month is ordered once. What was ordered by mistake is taken back with a reason and stays on
    record; after that the month can be ordered again.
    """

    vorlaeufig: ClassVar[bool] = False

    monat = models.DateField("Monat", help_text="sein erster Tag")
    faellig = models.DateField("fällig am")
    betrag = models.DecimalField("Betrag", max_digits=10, decimal_places=2)
    angewiesen_am = models.DateField("angewiesen am")
    angewiesen_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="angewiesen von", related_name="%(class)sen"
    )
    zurueckgenommen_am = models.DateField("zurückgenommen am", null=True, blank=True)
    zurueckgenommen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zurückgenommen von",
        null=True,
        blank=True,
        related_name="zurueckgenommene_%(class)sen",
    )
    zurueckgenommen_grund = models.CharField(
        "Grund der Rücknahme", max_length=200, blank=True, default=""
    )

    class Meta:
        abstract = True

    @property
    def zahltag(self) -> date:
        """Return the day on which the money leaves: when it is due, not before its order."""
        return max(self.faellig, self.angewiesen_am)

    @property
    def grund(self) -> Zahlungsgrund:
        """Return under what is paid."""
        raise NotImplementedError

    @property
    def fall(self) -> int:
        """Return the number of the case in which it was decided about the money."""
        raise NotImplementedError

    @property
    def case(self) -> Case:
        """Return that case."""
        raise NotImplementedError

    def __str__(self) -> str:
        return f"{self.betrag} Euro für {self.monat:%m/%Y}"


@pghistory.track()
class Anweisung(Zahlanordnung):
    """One month of one budget that was ordered to be paid."""

    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="anweisungen",
    )

    class Meta:
        verbose_name = "Anweisung"
        verbose_name_plural = "Anweisungen"
        ordering = ["monat", "id"]
        constraints = _constraints("anweisung", "persoenliches_budget")
        triggers = _triggers("persoenliches_budget")

    @property
    def grund(self) -> Zahlungsgrund:
        return self.persoenliches_budget_id, False

    @property
    def fall(self) -> int:
        return self.persoenliches_budget.case_id

    @property
    def case(self) -> Case:
        return self.persoenliches_budget.case


@pghistory.track()
class VorlaeufigeAnweisung(Zahlanordnung):
    """One month that was ordered to be paid before it is decided about the Antrag."""

    vorlaeufig: ClassVar[bool] = True

    bescheid = models.ForeignKey(
        "budget.Folgebescheid",
        models.PROTECT,
        verbose_name="Bescheid über die vorläufige Leistung",
        related_name="anweisungen",
    )

    class Meta:
        verbose_name = "Anweisung einer vorläufigen Leistung"
        verbose_name_plural = "Anweisungen vorläufiger Leistungen"
        ordering = ["monat", "id"]
        constraints = _constraints("vorlaeufige_anweisung", "bescheid")
        triggers = _triggers("bescheid")

    @property
    def grund(self) -> Zahlungsgrund:
        return self.bescheid_id, True

    @property
    def fall(self) -> int:
        return self.bescheid.case_id

    @property
    def case(self) -> Case:
        return self.bescheid.case
