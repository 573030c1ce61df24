"""The Teilbudget of one Leistungsträger with all that its amount rests on (§ 29 SGB IX)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from budget.models.persoenliches_budget import IN_BEMESSUNG
from budget.states import (
    BESCHEID_FREI,
    Auszahlungsform,
    Bemessungsart,
    Nachweisart,
)
from cases.crypto import EncryptedJSONField, EncryptedTextField
from cases.models import Traegerbeteiligung
from cases.models.basis import (
    choices_check,
    frozen_child,
    never_emptied,
)
from gesamtplan.states import Entscheidung


def _fixed_by_bescheid() -> pgtrigger.Trigger:
    """Return a trigger that keeps what a released Bescheid grants, whatever state the budget has.

    Else a budget set back by hand would let amounts be changed behind a decision that is out.
    """
    frei = ", ".join(f"'{state.value}'" for state in BESCHEID_FREI)
    return pgtrigger.Trigger(
        name="nach_bescheid_fest",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("budget", "BIGINT")],
        func=f"""
            FOREACH budget IN ARRAY CASE TG_OP
                WHEN 'INSERT' THEN ARRAY[NEW.persoenliches_budget_id]
                WHEN 'DELETE' THEN ARRAY[OLD.persoenliches_budget_id]
                ELSE ARRAY[OLD.persoenliches_budget_id, NEW.persoenliches_budget_id] END LOOP
                IF EXISTS (
                    SELECT 1 FROM budget_bescheid
                    WHERE persoenliches_budget_id = budget AND state IN ({frei})
                ) THEN
                    RAISE EXCEPTION 'Fallwerk: über dieses Teilbudget ist ein Bescheid ergangen';
                END IF;
            END LOOP;
            RETURN COALESCE(NEW, OLD);
        """,
    )


@pghistory.track()
class Teilbudget(models.Model):
    """The part of one Leistungsträger, per month in euro; fixed once the Zielvereinbarung is out.

    `richtwert` is the amount of the table of Richtwerte with which `betrag` is compared;
    `richtwert_ab` says from which day that table applies. A table that came after the beginning
    of the budget serves for comparison only, never as the ground of the amount.

    `betrag` is the result. What it was computed from stays beside it, so that everybody can compute
    it again: `betrag_eingegeben` is what a person has typed, None where the amount follows from
    `positionen` (hours and Sachkosten), `parameter_schluessel` (a statutory rate) or the Richtwert.
    `katalogschluessel` says which Leistung it is, `entscheidung` who decides about it.
    """

    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
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
    katalogschluessel = models.CharField(
        "Leistung des Katalogs", max_length=60, blank=True, default=""
    )
    entscheidung = models.CharField(
        "Wer entscheidet",
        max_length=30,
        choices=Entscheidung.choices,
        default=Entscheidung.EINGLIEDERUNGSHILFE,
    )
    entscheidung_grund = EncryptedTextField(
        "Warum so entschieden wird", purpose="teilbudget.entscheidung_grund", blank=True, default=""
    )
    bemessungsart = models.CharField("Bemessung", max_length=20, choices=Bemessungsart.choices)
    auszahlungsform = models.CharField("Form", max_length=20, choices=Auszahlungsform.choices)
    betrag = models.DecimalField("Betrag im Monat", max_digits=10, decimal_places=2)
    betrag_eingegeben = models.DecimalField(
        "eingegebener Betrag", max_digits=10, decimal_places=2, null=True, blank=True
    )
    positionen = EncryptedJSONField(
        "Stunden und Sachkosten",
        purpose="teilbudget.positionen",
        liste=True,
        default=list,
        blank=True,
    )
    parameter_schluessel = models.CharField(
        "gesetzlicher Betrag", max_length=80, blank=True, default=""
    )
    satz_grund = EncryptedTextField(
        "Grund für eine andere Pflegestufe", purpose="teilbudget.satz_grund", blank=True, default=""
    )
    richtwert = models.DecimalField(
        "Richtwert zum Vergleich", max_digits=10, decimal_places=2, null=True, blank=True
    )
    richtwert_ab = models.DateField("Richtwert gilt ab", null=True, blank=True)
    abweichung_grund = EncryptedTextField(
        "Grund der Abweichung vom Richtwert", purpose="teilbudget.abweichung_grund", blank=True
    )
    rechenweg = EncryptedJSONField(
        "Rechenweg", purpose="teilbudget.rechenweg", liste=True, default=list
    )
    ergaenzend = models.BooleanField("ergänzende Leistung", default=False)
    sachleistung_kosten = models.DecimalField(
        "Kosten als Sachleistung im Monat", max_digits=10, decimal_places=2, null=True, blank=True
    )
    sachleistung_quelle = EncryptedTextField(
        "Quelle der Kosten als Sachleistung",
        purpose="teilbudget.sachleistung_quelle",
        blank=True,
        default="",
    )
    beratung = models.DecimalField(
        "davon für Budgetberatung im Monat", max_digits=10, decimal_places=2, null=True, blank=True
    )
    freizeit_grund = EncryptedTextField(
        "Freizeit: was nur die Behinderung zusätzlich kostet",
        purpose="teilbudget.freizeit_grund",
        blank=True,
        default="",
    )
    werkstatt_kosten = models.DecimalField(
        "Kosten der nächstgelegenen Werkstatt im Monat",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
    )
    nachweisart = models.CharField(
        "Nachweis", max_length=30, choices=Nachweisart.choices, default=Nachweisart.BELEGE
    )
    nachweis = EncryptedTextField(
        "Nachweis, näher bestimmt", purpose="teilbudget.nachweis", blank=True
    )

    class Meta:
        verbose_name = "Teilbudget"
        verbose_name_plural = "Teilbudgets"
        ordering = ["id"]
        constraints = [
            choices_check("teilbudget", "bemessungsart", Bemessungsart),
            choices_check("teilbudget", "auszahlungsform", Auszahlungsform),
            choices_check("teilbudget", "nachweisart", Nachweisart),
            choices_check("teilbudget", "entscheidung", Entscheidung),
            models.CheckConstraint(
                name="teilbudget_betrag_positiv", condition=Q(betrag__gt=Decimal("0"))
            ),
            models.CheckConstraint(
                name="teilbudget_beratung_im_betrag",
                condition=Q(beratung__isnull=True)
                | Q(beratung__gte=Decimal("0"), beratung__lte=F("betrag")),
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
                IN_BEMESSUNG,
            ),
            _fixed_by_bescheid(),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.betrag} Euro"

    @cached_property
    def stellungnahme_vom(self) -> date | None:
        """Return when the carrier has answered, as the Zuständigkeit has it (§ 15 Abs. 2 SGB IX).

        Asked for once where the read of the budget has not brought it along.
        """
        return self._beteiligung("eingegangen_am")

    @cached_property
    def selbst_festgestellt_am(self) -> date | None:
        """Return when the authority has found in place of a carrier that was late."""
        return self._beteiligung("selbst_festgestellt_am")

    def _beteiligung(self, feld: str) -> date | None:
        beteiligt = Traegerbeteiligung.objects.filter(
            antrag=self.persoenliches_budget.antrag_id, traeger=self.leistungstraeger_id
        )
        return beteiligt.values_list(feld, flat=True).first()

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
