"""What the supervisor remarks on a submitted version, and how it was answered."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check, frozen_child, never_emptied
from gesamtplan.states import Anmerkungsstand, Planzustand


@pghistory.track()
class Anmerkung(models.Model):
    """A remark at one section of a version; `abschnitt` is the anchor of that section.

    It is put and answered while the version waits or is being revised, and stays readable with
    the released version.
    """

    gesamtplan = models.ForeignKey(
        "gesamtplan.Gesamtplan",
        models.CASCADE,
        verbose_name="Gesamtplan",
        related_name="anmerkungen",
    )
    abschnitt = models.CharField("Abschnitt", max_length=80)
    ort = models.CharField("Titel des Abschnitts", max_length=250)
    text = EncryptedTextField("Anmerkung", purpose="anmerkung.text")
    von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="von", related_name="planmerkungen"
    )
    am = models.DateField("am")
    antwort = EncryptedTextField("Antwort", purpose="anmerkung.antwort", blank=True, default="")
    beantwortet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="beantwortet von",
        null=True,
        blank=True,
        related_name="beantwortete_planmerkungen",
    )
    beantwortet_am = models.DateField("beantwortet am", null=True, blank=True)
    erledigt_am = models.DateField("erledigt am", null=True, blank=True)
    state = models.CharField(
        "Stand",
        max_length=20,
        choices=Anmerkungsstand.choices,
        default=Anmerkungsstand.OFFEN,
    )

    class Meta:
        verbose_name = "Anmerkung"
        verbose_name_plural = "Anmerkungen"
        ordering = ["id"]
        constraints = [
            choices_check("anmerkung", "state", Anmerkungsstand),
            models.CheckConstraint(
                name="anmerkung_antwort_vollstaendig",
                condition=Q(antwort="", beantwortet_von__isnull=True, beantwortet_am__isnull=True)
                | (~Q(antwort="") & Q(beantwortet_von__isnull=False, beantwortet_am__isnull=False)),
            ),
            models.CheckConstraint(
                name="anmerkung_erledigt_mit_tag",
                condition=Q(state=Anmerkungsstand.ERLEDIGT, erledigt_am__isnull=False)
                | (~Q(state=Anmerkungsstand.ERLEDIGT) & Q(erledigt_am__isnull=True)),
            ),
        ]
        triggers = [
            frozen_child(
                "gesamtplan_gesamtplan",
                "gesamtplan_id",
                (Planzustand.ENTWURF.value, Planzustand.VORGELEGT.value),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Anmerkung vom {self.am:%d.%m.%Y}"
