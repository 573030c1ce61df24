"""What another carrier says to one version of the plan (§ 19 Abs. 1 SGB IX)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check, frozen_child, never_emptied
from gesamtplan.states import Planzustand
from gesamtplan.states.teilhabeplan import Abstimmungsstand

if TYPE_CHECKING:
    from cases.models import Leistungstraeger, Traegerbeteiligung

_ERKLAERT = (Abstimmungsstand.EINVERSTANDEN, Abstimmungsstand.ABWEICHEND)


@pghistory.track()
class Planabstimmung(models.Model):
    """One carrier and one version: when it was asked, until when, what it has said on which day.

    `abweichung` is why it sees it differently; it is part of the Teilhabeplan. `inhalt_sha256` is
    the mark of what it was asked about; empty for questions before there was one. With the release
    of the version the row is fixed.
    """

    gesamtplan = models.ForeignKey(
        "gesamtplan.Gesamtplan",
        models.CASCADE,
        verbose_name="Gesamtplan",
        related_name="planabstimmungen",
    )
    traeger = models.ForeignKey(
        "cases.Leistungstraeger",
        models.PROTECT,
        verbose_name="Träger",
        related_name="planabstimmungen",
    )
    angefragt_am = models.DateField("angefragt am")
    bis = models.DateField("Antwort erbeten bis")
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Abstimmungsstand.choices,
        default=Abstimmungsstand.ANGEFRAGT,
    )
    erklaert_am = models.DateField("erklärt am", null=True, blank=True)
    abweichung = EncryptedTextField(
        "Abweichende Ansicht", purpose="planabstimmung.abweichung", blank=True, default=""
    )
    inhalt_sha256 = models.CharField(
        "Prüfwert des gefragten Inhalts", max_length=64, blank=True, default=""
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="planabstimmungen",
    )

    class Meta:
        verbose_name = "Abstimmung des Teilhabeplans"
        verbose_name_plural = "Abstimmungen des Teilhabeplans"
        ordering = ["id"]
        constraints = [
            choices_check("planabstimmung", "state", Abstimmungsstand),
            models.UniqueConstraint(
                name="planabstimmung_einmal_je_traeger", fields=["gesamtplan", "traeger"]
            ),
            models.CheckConstraint(
                name="planabstimmung_bis_nach_anfrage", condition=Q(bis__gte=F("angefragt_am"))
            ),
            models.CheckConstraint(
                name="planabstimmung_erklaert_mit_tag",
                condition=~Q(state__in=_ERKLAERT) | Q(erklaert_am__gte=F("angefragt_am")),
            ),
            models.CheckConstraint(
                name="planabstimmung_abweichung_begruendet",
                condition=~Q(state=Abstimmungsstand.ABWEICHEND) | ~Q(abweichung=""),
            ),
        ]
        triggers = [
            frozen_child(
                "gesamtplan_gesamtplan",
                "gesamtplan_id",
                (Planzustand.ENTWURF.value, Planzustand.VORGELEGT.value),
            ),
            pgtrigger.Protect(
                name="bleibt_bei_eltern",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__gesamtplan__df=pgtrigger.F("new__gesamtplan")),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.traeger}: {self.get_state_display()}"


@dataclass(frozen=True)
class Traegerstand:
    """One carrier that takes part and what it has said to the version, None when not asked yet.

    `veraltet`: the contents have changed since it was asked.
    """

    traeger: Leistungstraeger
    beteiligung: Traegerbeteiligung
    abstimmung: Planabstimmung | None
    veraltet: bool = False
