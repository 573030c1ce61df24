"""The Persönliches Budget of a case and its Teilbudgets (§ 29 SGB IX)."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from budget.states import (
    Auszahlungsform,
    Bemessungsart,
    Budgetzustand,
    Nachweisart,
    Verfahrensart,
)
from cases.models.basis import (
    FixedIn,
    TurnsBack,
    choices_check,
    frozen_child,
    never_emptied,
    same_case,
)
from recht.rechtsstand import Rechtsstand, rechtsstand_am

_IN_BEMESSUNG = (Budgetzustand.BEANTRAGT.value, Budgetzustand.BEMESSEN.value)
# Once agreed, the way to other amounts is a new Bescheid.
_VEREINBART = (
    Budgetzustand.VEREINBART.value,
    Budgetzustand.BEWILLIGT.value,
    Budgetzustand.LAEUFT.value,
    Budgetzustand.BEENDET.value,
)


@pghistory.track()
class PersoenlichesBudget(models.Model):
    """One Persönliches Budget for one Bewilligungszeitraum.

    `antrag` is the one that its Bescheid decides about: a case may have several.
    """

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="persoenliche_budgets"
    )
    gesamtplan = models.ForeignKey(
        "gesamtplan.Gesamtplan",
        models.PROTECT,
        verbose_name="Gesamtplan",
        related_name="persoenliche_budgets",
    )
    antrag = models.ForeignKey(
        "cases.Antrag",
        models.PROTECT,
        verbose_name="Antrag",
        related_name="persoenliche_budgets",
    )
    beginn = models.DateField("Beginn")
    ende = models.DateField("Ende", null=True, blank=True)
    befristungsgrund = models.TextField("Grund der Befristung", blank=True)
    bindung_ab = models.DateField("Bindung ab")
    vergleichssumme = models.DecimalField(
        "Kosten der Leistungen ohne Persönliches Budget",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="monatlich, § 29 Abs. 2 S. 7 SGB IX",
    )
    deckel_ausnahme = models.TextField("Grund für eine höhere Summe", blank=True)
    verfahrensart = models.CharField(
        "Verfahren",
        max_length=20,
        choices=Verfahrensart.choices,
        default=Verfahrensart.VEREINFACHT,
    )
    state = models.CharField(
        "Zustand", max_length=20, choices=Budgetzustand.choices, default=Budgetzustand.BEANTRAGT
    )

    class Meta:
        verbose_name = "Persönliches Budget"
        verbose_name_plural = "Persönliche Budgets"
        ordering = ["-beginn", "-id"]
        constraints = [
            choices_check("persoenliches_budget", "state", Budgetzustand),
            choices_check("persoenliches_budget", "verfahrensart", Verfahrensart),
            models.CheckConstraint(
                name="persoenliches_budget_ende_nach_beginn",
                condition=Q(ende__isnull=True) | Q(ende__gte=F("beginn")),
            ),
            models.CheckConstraint(
                name="persoenliches_budget_befristung_begruendet",
                condition=Q(ende__isnull=True) | ~Q(befristungsgrund=""),
            ),
            models.UniqueConstraint(
                name="persoenliches_budget_eines_offen",
                fields=["case"],
                condition=~Q(state=Budgetzustand.BEENDET),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="vereinbart_fest",
                operation=pgtrigger.Update,
                condition=FixedIn((Budgetzustand.ZIELVEREINBARUNG.value, *_VEREINBART)),
            ),
            pgtrigger.Protect(
                name="kein_weg_zurueck",
                operation=pgtrigger.Update,
                condition=TurnsBack(
                    _VEREINBART, (*_IN_BEMESSUNG, Budgetzustand.ZIELVEREINBARUNG.value)
                ),
            ),
            pgtrigger.Protect(
                name="nicht_loeschen",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state__in=_IN_BEMESSUNG),
            ),
            same_case("antrag_id", "cases_antrag"),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Persönliches Budget ab {self.beginn:%d.%m.%Y}"

    def summe(self, *, form: str = "", ergaenzende: bool = True) -> Decimal:
        """Add the Teilbudgets, of one form if asked (§ 29 Abs. 4 S. 2 Nr. 4 SGB IX)."""
        return sum(
            (
                t.betrag
                for t in self.teilbudgets.all()
                if (not form or t.auszahlungsform == form) and (ergaenzende or not t.ergaenzend)
            ),
            Decimal("0.00"),
        )

    @property
    def rechtsstand(self) -> Rechtsstand:
        """Return the law under which the budget runs: that of its first day."""
        return rechtsstand_am(self.beginn)


@pghistory.track()
class Teilbudget(models.Model):
    """The part of one Leistungsträger, per month in euro; fixed once the Zielvereinbarung is out.

    `richtwert` is the amount of the table of Richtwerte with which `betrag` is compared;
    `richtwert_ab` says from which day that table applies. A table that came after the beginning
    of the budget serves for comparison only, never as the ground of the amount.
    """

    persoenliches_budget = models.ForeignKey(
        PersoenlichesBudget,
        models.CASCADE,
        verbose_name="Persönliches Budget",
        related_name="teilbudgets",
    )
    leistung = models.ForeignKey(
        "gesamtplan.Leistung", models.PROTECT, verbose_name="Leistung", related_name="teilbudgets"
    )
    leistungstraeger = models.ForeignKey(
        "cases.Leistungstraeger",
        models.PROTECT,
        verbose_name="Leistungsträger",
        related_name="teilbudgets",
    )
    bemessungsart = models.CharField("Bemessung", max_length=20, choices=Bemessungsart.choices)
    auszahlungsform = models.CharField("Form", max_length=20, choices=Auszahlungsform.choices)
    betrag = models.DecimalField("Betrag im Monat", max_digits=10, decimal_places=2)
    richtwert = models.DecimalField(
        "Richtwert zum Vergleich", max_digits=10, decimal_places=2, null=True, blank=True
    )
    richtwert_ab = models.DateField("Richtwert gilt ab", null=True, blank=True)
    abweichung_grund = models.TextField("Grund der Abweichung vom Richtwert", blank=True)
    rechenweg = models.JSONField("Rechenweg", default=list)
    ergaenzend = models.BooleanField("ergänzende Leistung", default=False)
    stellungnahme_vom = models.DateField("Stellungnahme vom", null=True, blank=True)
    nachweisart = models.CharField(
        "Nachweis", max_length=30, choices=Nachweisart.choices, default=Nachweisart.BELEGE
    )
    nachweis = models.TextField("Nachweis, näher bestimmt", blank=True)

    class Meta:
        verbose_name = "Teilbudget"
        verbose_name_plural = "Teilbudgets"
        ordering = ["id"]
        constraints = [
            choices_check("teilbudget", "bemessungsart", Bemessungsart),
            choices_check("teilbudget", "auszahlungsform", Auszahlungsform),
            choices_check("teilbudget", "nachweisart", Nachweisart),
            models.CheckConstraint(
                name="teilbudget_betrag_positiv", condition=Q(betrag__gt=Decimal("0"))
            ),
            models.UniqueConstraint(
                name="teilbudget_je_leistung", fields=["persoenliches_budget", "leistung"]
            ),
            models.CheckConstraint(
                name="teilbudget_gutschein_ist_gutschein",
                condition=~Q(bemessungsart=Bemessungsart.GUTSCHEIN)
                | Q(auszahlungsform=Auszahlungsform.GUTSCHEIN),
            ),
            models.CheckConstraint(
                name="teilbudget_richtwert_mit_tag",
                condition=Q(richtwert__isnull=True, richtwert_ab__isnull=True)
                | Q(richtwert__isnull=False, richtwert_ab__isnull=False),
            ),
            models.CheckConstraint(
                name="teilbudget_abweichung_begruendet",
                condition=Q(richtwert__isnull=True)
                | Q(richtwert=F("betrag"))
                | ~Q(abweichung_grund=""),
            ),
        ]
        triggers = [
            frozen_child(
                "budget_persoenlichesbudget",
                "persoenliches_budget_id",
                _IN_BEMESSUNG,
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.betrag} Euro"

    @property
    def abweichung(self) -> Decimal | None:
        """Return how far the amount lies above (or, negative, below) the Richtwert."""
        return None if self.richtwert is None else self.betrag - self.richtwert

    @property
    def richtwert_gilt(self) -> bool:
        """Tell whether the table of Richtwerte was in force when the budget began."""
        return (
            self.richtwert_ab is not None and self.richtwert_ab <= self.persoenliches_budget.beginn
        )
