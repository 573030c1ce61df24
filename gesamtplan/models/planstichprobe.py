"""A released version that was drawn for a second look."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import FixedIn, choices_check, never_emptied
from gesamtplan.states.stichprobe import Stichprobenergebnis, Stichprobenstand

_ENDE = (Stichprobenstand.GEPRUEFT.value,)


@pghistory.track()
class Planstichprobe(models.Model):
    """One drawn version: drawn as one in `jeder`, what the second person has found.

    Whether a version is drawn follows from its frozen content alone, so that anybody can draw
    again. `freigegeben_von` is who has released it: that person does not look a second time.
    """

    gesamtplan = models.OneToOneField(
        "gesamtplan.Gesamtplan",
        models.PROTECT,
        verbose_name="Gesamtplan",
        related_name="planstichprobe",
    )
    jeder = models.PositiveSmallIntegerField("einer von")
    gezogen_am = models.DateField("gezogen am")
    freigegeben_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="freigegeben von", related_name="+"
    )
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Stichprobenstand.choices,
        default=Stichprobenstand.OFFEN,
    )
    ergebnis = models.CharField(
        "Ergebnis", max_length=20, choices=Stichprobenergebnis.choices, blank=True, default=""
    )
    bemerkung = EncryptedTextField(
        "Bemerkung", purpose="planstichprobe.bemerkung", blank=True, default=""
    )
    geprueft_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="angesehen von",
        null=True,
        blank=True,
        related_name="planstichproben",
    )
    geprueft_am = models.DateField("angesehen am", null=True, blank=True)

    class Meta:
        verbose_name = "Stichprobe"
        verbose_name_plural = "Stichproben"
        ordering = ["gezogen_am", "id"]
        constraints = [
            choices_check("planstichprobe", "state", Stichprobenstand),
            models.CheckConstraint(
                name="planstichprobe_ergebnis_gueltig",
                condition=Q(ergebnis__in=["", *Stichprobenergebnis.values]),
            ),
            models.CheckConstraint(
                name="planstichprobe_vier_augen",
                condition=Q(geprueft_von__isnull=True) | ~Q(geprueft_von=F("freigegeben_von")),
            ),
            models.CheckConstraint(
                name="planstichprobe_geprueft_mit_ergebnis",
                condition=Q(state=Stichprobenstand.OFFEN)
                | (~Q(ergebnis="") & Q(geprueft_von__isnull=False, geprueft_am__isnull=False)),
            ),
            models.CheckConstraint(
                name="planstichprobe_mangel_begruendet",
                condition=~Q(ergebnis=Stichprobenergebnis.MANGEL) | ~Q(bemerkung=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="ende_fest", operation=pgtrigger.Update, condition=FixedIn(_ENDE)
            ),
            pgtrigger.Protect(name="bleibt", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Stichprobe vom {self.gezogen_am:%d.%m.%Y}"
