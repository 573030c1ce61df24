"""A move of the person while a budget is paid, with what was decided about it."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from budget.states.umzug import ENTSCHIEDEN, Gebiet, Umzugsstand
from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check, never_emptied


@pghistory.track()
class Umzug(models.Model):
    """One decision about one move in one case; a move without a row waits for it.

    `am` is the first day at the new address, `bleibt` what the law said then about our
    Zuständigkeit (None where it does not come to that), `rechenweg` its steps as they were shown.
    """

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="umzuege"
    )
    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="umzuege",
    )
    anschrift = models.ForeignKey(
        "cases.Anschrift",
        models.SET_NULL,
        verbose_name="neue Anschrift",
        null=True,
        blank=True,
        related_name="+",
    )
    am = models.DateField("Umzug am")
    gebiet = models.CharField("neue Anschrift liegt", max_length=20, choices=Gebiet.choices)
    bleibt = models.BooleanField("wir bleiben zuständig", null=True, blank=True)
    rechenweg = models.JSONField("Begründung der Zuständigkeit", default=list, blank=True)
    entscheidung = models.CharField("Entscheidung", max_length=20, choices=Umzugsstand.choices)
    grund = EncryptedTextField("Begründung", purpose="umzug.grund")
    entschieden_am = models.DateField("entschieden am")
    entschieden_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="entschieden von",
        related_name="entschiedene_umzuege",
    )

    class Meta:
        verbose_name = "Umzug der Person"
        verbose_name_plural = "Umzüge der Person"
        ordering = ["-am", "-id"]
        constraints = [
            choices_check("umzug", "gebiet", Gebiet),
            models.CheckConstraint(
                name="umzug_entscheidung_gueltig", condition=Q(entscheidung__in=ENTSCHIEDEN)
            ),
            models.UniqueConstraint(name="umzug_einmal", fields=["case", "anschrift"]),
            models.CheckConstraint(
                name="umzug_wechsel_nur_wenn_nicht_zustaendig",
                condition=~Q(entscheidung=Umzugsstand.TRAEGERWECHSEL)
                | Q(gebiet=Gebiet.AUSSERHALB, bleibt=False),
            ),
        ]
        triggers = [never_emptied()]

    def __str__(self) -> str:
        return f"Umzug am {self.am:%d.%m.%Y}"

    @property
    def state(self) -> str:
        """Return where it stands: not decided while it is no row yet."""
        return self.entscheidung or Umzugsstand.OFFEN
