"""A new address of the authority or of a team, until a second person has released it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.models.basis import FixedIn, choices_check, never_emptied
from cases.states.behoerdenaenderung import Aenderungsstand

_OFFEN = Q(state=Aenderungsstand.WARTET)


@pghistory.track()
class Behoerdenaenderung(models.Model):
    """Where letters say that answers, appeals and complaints go; nobody turns that alone.

    `neu` are the values that shall hold, `bisher` those that they replace, by field of the
    authority, or of `team` where one is named. Neither changes.
    """

    team = models.ForeignKey(
        "cases.Team",
        models.PROTECT,
        verbose_name="Team",
        null=True,
        blank=True,
        related_name="adressaenderungen",
    )
    neu = models.JSONField("neu")
    bisher = models.JSONField("bisher")
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Aenderungsstand.choices,
        default=Aenderungsstand.WARTET,
    )
    vorgeschlagen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="vorgeschlagen von",
        related_name="vorgeschlagene_adressaenderungen",
    )
    vorgeschlagen_am = models.DateField("vorgeschlagen am")
    entschieden_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="entschieden von",
        null=True,
        blank=True,
        related_name="entschiedene_adressaenderungen",
    )
    entschieden_am = models.DateField("entschieden am", null=True, blank=True)
    grund = models.CharField("Grund", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "Änderung der Anschrift"
        verbose_name_plural = "Änderungen der Anschrift"
        ordering = ["-id"]
        constraints = [
            choices_check("behoerdenaenderung", "state", Aenderungsstand),
            models.CheckConstraint(
                name="behoerdenaenderung_vier_augen",
                condition=~Q(state=Aenderungsstand.GILT)
                | ~Q(entschieden_von=F("vorgeschlagen_von")),
            ),
            models.CheckConstraint(
                name="behoerdenaenderung_entschieden_von_jemand",
                condition=_OFFEN & Q(entschieden_von__isnull=True, entschieden_am__isnull=True)
                | ~_OFFEN & Q(entschieden_von__isnull=False, entschieden_am__isnull=False),
            ),
            models.CheckConstraint(
                name="behoerdenaenderung_verworfen_mit_grund",
                condition=~Q(state=Aenderungsstand.VERWORFEN) | ~Q(grund=""),
            ),
            models.UniqueConstraint(
                name="behoerdenaenderung_eine_wartet",
                fields=["team"],
                condition=_OFFEN,
                nulls_distinct=False,
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="vorschlag_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(
                    (Aenderungsstand.WARTET.value,),
                    ("team", "neu", "bisher", "vorgeschlagen_von", "vorgeschlagen_am"),
                ),
            ),
            pgtrigger.Protect(
                name="entschieden_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__state__in=[Aenderungsstand.GILT.value, Aenderungsstand.VERWORFEN.value]
                ),
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        wessen = f"Dienststelle von {self.team}" if self.team else "Anschrift der Behörde"
        return f"{wessen}, vorgeschlagen am {self.vorgeschlagen_am:%d.%m.%Y}"
