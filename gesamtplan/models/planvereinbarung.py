"""An agreement with the person about the goals of a released plan (§ 122 SGB IX)."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from cases.crypto import EncryptedTextField
from cases.models.basis import FixedIn, choices_check, never_emptied
from gesamtplan.states.vereinbarung import Vereinbarungsart, Vereinbarungsstand

_UNTERSCHRIEBEN = (Vereinbarungsstand.GESCHLOSSEN.value, Vereinbarungsstand.ANGEPASST.value)
_ENDE = (*_UNTERSCHRIEBEN, Vereinbarungsstand.AUFGEGEBEN.value)


@pghistory.track()
class Planvereinbarung(models.Model):
    """What the authority and the person agree on about one version: its goals and what each does.

    Signed by both it is fixed. `grund` says why none came about. `vorgaenger` is the signed one
    whose place it takes once it is signed itself (§ 122 S. 3 SGB IX).
    """

    gesamtplan = models.ForeignKey(
        "gesamtplan.Gesamtplan",
        models.PROTECT,
        verbose_name="Gesamtplan",
        related_name="planvereinbarungen",
    )
    vorgaenger = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="passt an",
        null=True,
        blank=True,
        related_name="anpassungen",
    )
    art = models.CharField("Art", max_length=20, choices=Vereinbarungsart.choices)
    beitrag_person = EncryptedTextField(
        "Was die Person beiträgt", purpose="planvereinbarung.beitrag_person"
    )
    beitrag_traeger = EncryptedTextField(
        "Was der Träger beiträgt", purpose="planvereinbarung.beitrag_traeger"
    )
    gilt_bis = models.DateField("gilt bis")
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Vereinbarungsstand.choices,
        default=Vereinbarungsstand.VORBEREITET,
    )
    person_am = models.DateField("von der Person unterschrieben am", null=True, blank=True)
    traeger_am = models.DateField("vom Träger unterschrieben am", null=True, blank=True)
    grund = EncryptedTextField(
        "Warum nicht", purpose="planvereinbarung.grund", blank=True, default=""
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="planvereinbarungen",
    )

    class Meta:
        verbose_name = "Vereinbarung zum Plan"
        verbose_name_plural = "Vereinbarungen zum Plan"
        ordering = ["id"]
        constraints = [
            choices_check("planvereinbarung", "art", Vereinbarungsart),
            choices_check("planvereinbarung", "state", Vereinbarungsstand),
            models.UniqueConstraint(
                name="planvereinbarung_eine_je_fassung",
                fields=["gesamtplan"],
                condition=Q(state=Vereinbarungsstand.GESCHLOSSEN),
            ),
            models.UniqueConstraint(
                name="planvereinbarung_eine_vorbereitet",
                fields=["gesamtplan"],
                condition=Q(state=Vereinbarungsstand.VORBEREITET),
            ),
            models.CheckConstraint(
                name="planvereinbarung_beide_unterschriften",
                condition=~Q(state__in=_UNTERSCHRIEBEN)
                | Q(person_am__isnull=False, traeger_am__isnull=False),
            ),
            models.CheckConstraint(
                name="planvereinbarung_aufgeben_begruendet",
                condition=~Q(state=Vereinbarungsstand.AUFGEGEBEN) | ~Q(grund=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="ende_fest", operation=pgtrigger.Update, condition=FixedIn(_ENDE)
            ),
            pgtrigger.Protect(
                name="ende_bleibt",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=list(_ENDE)),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()} zu Version {self.gesamtplan.version}"
