"""The proofs of a person who employs her helpers herself (§ 29 Abs. 4 S. 2 Nr. 2 SGB IX)."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from budget.states.vereinbarung import Arbeitgebernachweisart, Arbeitgeberstand
from cases.models.basis import choices_check, never_emptied


@pghistory.track()
class Arbeitgebernachweis(models.Model):
    """One proof with the day until which it is to be shown; only under the Arbeitgebermodell."""

    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="arbeitgebernachweise",
    )
    art = models.CharField("Nachweis", max_length=20, choices=Arbeitgebernachweisart.choices)
    verlangt_am = models.DateField("verlangt am")
    faellig_am = models.DateField("vorzulegen bis")
    erinnert_am = models.DateField("erinnert am", null=True, blank=True)
    eingegangen_am = models.DateField("eingegangen am", null=True, blank=True)
    unterlage = models.ForeignKey(
        "cases.Unterlage",
        models.PROTECT,
        verbose_name="Beleg",
        null=True,
        blank=True,
        related_name="arbeitgebernachweise",
    )
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Arbeitgeberstand.choices,
        default=Arbeitgeberstand.VERLANGT,
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="arbeitgebernachweise",
    )

    class Meta:
        verbose_name = "Nachweis als Arbeitgeber"
        verbose_name_plural = "Nachweise als Arbeitgeber"
        ordering = ["faellig_am", "id"]
        constraints = [
            choices_check("arbeitgebernachweis", "art", Arbeitgebernachweisart),
            choices_check("arbeitgebernachweis", "state", Arbeitgeberstand),
            models.UniqueConstraint(
                name="arbeitgebernachweis_einmal", fields=["persoenliches_budget", "art"]
            ),
            models.CheckConstraint(
                name="arbeitgebernachweis_faellig_nach_verlangen",
                condition=Q(faellig_am__gte=F("verlangt_am")),
            ),
            models.CheckConstraint(
                name="arbeitgebernachweis_eingang_festgehalten",
                condition=Q(state=Arbeitgeberstand.VERLANGT, eingegangen_am__isnull=True)
                | Q(state=Arbeitgeberstand.EINGEGANGEN, eingegangen_am__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="eingegangen_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=Arbeitgeberstand.EINGEGANGEN.value),
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return str(self.get_art_display())
