"""A conference about the plan: proposed, called or refused, held with its minutes."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check, frozen_child, never_emptied
from gesamtplan.states.konferenz import (
    Ablehnungsgrund,
    Konferenzart,
    Konferenzstand,
    Teilnahmerolle,
)


@pghistory.track()
class Konferenz(models.Model):
    """One conference. `elternfall` marks that a parent's own children have to be cared for."""

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="konferenzen"
    )
    art = models.CharField("Art", max_length=20, choices=Konferenzart.choices)
    vorgeschlagen_von = models.CharField("vorgeschlagen von", max_length=200)
    vorgeschlagen_am = models.DateField("vorgeschlagen am")
    elternfall = models.BooleanField("Versorgung eigener Kinder", default=False)
    zustimmung_am = models.DateField("Zustimmung der Person am", null=True, blank=True)
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Konferenzstand.choices,
        default=Konferenzstand.VORGESCHLAGEN,
    )
    ablehnungsgrund = models.CharField(
        "Grund der Ablehnung",
        max_length=20,
        choices=Ablehnungsgrund.choices,
        blank=True,
        default="",
    )
    ablehnung_text = EncryptedTextField(
        "Begründung der Ablehnung", purpose="konferenz.ablehnung_text", blank=True, default=""
    )
    termin = models.DateField("Tag", null=True, blank=True)
    uhrzeit = models.TimeField("Uhrzeit", null=True, blank=True)
    ort = models.CharField("Ort", max_length=200, blank=True, default="")
    tagesordnung = EncryptedTextField(
        "Tagesordnung", purpose="konferenz.tagesordnung", blank=True, default=""
    )
    ergebnis = EncryptedTextField(
        "Ergebnisse", purpose="konferenz.ergebnis", blank=True, default=""
    )
    zahlungsweise = EncryptedTextField(
        "Zahlungsmodalitäten", purpose="konferenz.zahlungsweise", blank=True, default=""
    )
    abweichend = EncryptedTextField(
        "Abweichende Sichtweisen", purpose="konferenz.abweichend", blank=True, default=""
    )
    abgeschlossen_am = models.DateField("abgeschlossen am", null=True, blank=True)
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="konferenzen",
    )

    class Meta:
        verbose_name = "Konferenz"
        verbose_name_plural = "Konferenzen"
        ordering = ["-vorgeschlagen_am", "-id"]
        constraints = [
            choices_check("konferenz", "art", Konferenzart),
            choices_check("konferenz", "state", Konferenzstand),
            models.CheckConstraint(
                name="konferenz_ablehnungsgrund_gueltig",
                condition=Q(ablehnungsgrund__in=["", *Ablehnungsgrund.values]),
            ),
            models.CheckConstraint(
                name="konferenz_ablehnung_begruendet",
                condition=~Q(state=Konferenzstand.ABGELEHNT)
                | (~Q(ablehnungsgrund="") & ~Q(ablehnung_text="")),
            ),
            models.CheckConstraint(
                name="konferenz_termin_mit_zustimmung",
                condition=~Q(state__in=[Konferenzstand.ANBERAUMT, Konferenzstand.DURCHGEFUEHRT])
                | Q(zustimmung_am__isnull=False, termin__isnull=False),
            ),
            models.CheckConstraint(
                name="konferenz_mit_niederschrift",
                condition=~Q(state=Konferenzstand.DURCHGEFUEHRT) | ~Q(ergebnis=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="abgeschlossen_fest",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=Konferenzstand.DURCHGEFUEHRT.value)
                | pgtrigger.Q(old__state=Konferenzstand.ABGELEHNT.value),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        tag = self.termin or self.vorgeschlagen_am
        return f"{self.get_art_display()} vom {tag:%d.%m.%Y}"


@pghistory.track()
class Konferenzteilnahme(models.Model):
    """Who is invited, with whose consent, and whether they came."""

    konferenz = models.ForeignKey(
        Konferenz, models.CASCADE, verbose_name="Konferenz", related_name="teilnahmen"
    )
    name = models.CharField("Name", max_length=200)
    rolle = models.CharField("Rolle", max_length=20, choices=Teilnahmerolle.choices)
    anschrift = EncryptedTextField(
        "Anschrift", purpose="konferenzteilnahme.anschrift", blank=True, default=""
    )
    zustimmung_am = models.DateField("Zustimmung der Person am", null=True, blank=True)
    anwesend = models.BooleanField("anwesend", null=True, blank=True)

    class Meta:
        verbose_name = "Konferenzteilnahme"
        verbose_name_plural = "Konferenzteilnahmen"
        ordering = ["id"]
        constraints = [choices_check("konferenzteilnahme", "rolle", Teilnahmerolle)]
        triggers = [
            frozen_child(
                "gesamtplan_konferenz",
                "konferenz_id",
                (Konferenzstand.VORGESCHLAGEN.value, Konferenzstand.ANBERAUMT.value),
            ),
            pgtrigger.Protect(
                name="bleibt_bei_eltern",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__konferenz__df=pgtrigger.F("new__konferenz")),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_rolle_display()})"
