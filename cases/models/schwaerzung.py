"""Blackened copies of documents: which areas, on which ground, released by a second person."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.models.basis import choices_check
from cases.states.schwaerzung import Schwaerzungszustand


@pghistory.track()
class Schwaerzung(models.Model):
    """One blackened copy: `kopie` is a document of its own, the original stays as it is.

    `bereiche` are lists of page (from 1), left, top, width and height in millimetres. The copy
    leaves the house once a second person has released it.
    """

    events: Any  # the change history, added by pghistory

    unterlage = models.ForeignKey(
        "cases.Unterlage", models.PROTECT, verbose_name="Original", related_name="schwaerzungen"
    )
    kopie = models.OneToOneField(
        "cases.Unterlage", models.PROTECT, verbose_name="Kopie", related_name="schwaerzung"
    )
    bereiche = models.JSONField("Bereiche")
    grund = models.CharField("Grund", max_length=300)
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Schwaerzungszustand.choices,
        default=Schwaerzungszustand.VORGELEGT,
    )
    erstellt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="geschwärzt von",
        related_name="erstellte_schwaerzungen",
    )
    erstellt_am = models.DateField("geschwärzt am")
    freigegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="freigegeben von",
        null=True,
        blank=True,
        related_name="freigegebene_schwaerzungen",
    )
    freigegeben_am = models.DateField("freigegeben am", null=True, blank=True)
    verworfen_grund = models.CharField("verworfen, weil", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "Schwärzung"
        verbose_name_plural = "Schwärzungen"
        ordering = ["-id"]
        constraints = [
            choices_check("schwaerzung", "state", Schwaerzungszustand),
            models.CheckConstraint(
                name="schwaerzung_vier_augen",
                condition=Q(freigegeben_von__isnull=True) | ~Q(freigegeben_von=F("erstellt_von")),
            ),
            models.CheckConstraint(
                name="schwaerzung_freigabe_vollstaendig",
                condition=~Q(state=Schwaerzungszustand.FREIGEGEBEN)
                | Q(freigegeben_von__isnull=False, freigegeben_am__isnull=False),
            ),
            models.CheckConstraint(
                name="schwaerzung_verwerfen_begruendet",
                condition=~Q(state=Schwaerzungszustand.VERWORFEN) | ~Q(verworfen_grund=""),
            ),
            models.CheckConstraint(
                name="schwaerzung_kopie_ist_nicht_original",
                condition=~Q(kopie=F("unterlage")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="inhalt_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "unterlage", "kopie", "bereiche", "grund", "erstellt_von", "erstellt_am"
                ),
            ),
            pgtrigger.FSM(
                name="nur_vorwaerts",
                field="state",
                transitions=[
                    (Schwaerzungszustand.VORGELEGT.value, Schwaerzungszustand.FREIGEGEBEN.value),
                    (Schwaerzungszustand.VORGELEGT.value, Schwaerzungszustand.VERWORFEN.value),
                    (Schwaerzungszustand.FREIGEGEBEN.value, Schwaerzungszustand.VERWORFEN.value),
                ],
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Geschwärzte Kopie zu {self.unterlage_id}"
