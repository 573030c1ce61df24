"""Many letters of one kind written in one go: the series, and each of its letters."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedJSONField, EncryptedTextField
from cases.models.basis import choices_check
from cases.states.serie import Serienbriefstand, Serienweg, Serienzustand

# From here on a second person has said yes.
_FREIGEGEBEN = (Serienzustand.VERSAND, Serienzustand.VERSANDT)


@pghistory.track()
class Serie(models.Model):
    """Letters of one kind to many persons, set, released by a second person, sent in one go.

    `angaben` are the words that all letters share, placeholders and all; days stand in it as ISO.
    """

    art = models.CharField("Art des Schreibens", max_length=40)
    titel = models.CharField("Titel", max_length=200)
    angaben = EncryptedJSONField("gemeinsame Angaben", purpose="serie.angaben")
    weg = models.CharField("Weg", max_length=20, choices=Serienweg.choices)
    state = models.CharField(
        "Zustand", max_length=20, choices=Serienzustand.choices, default=Serienzustand.SATZ
    )
    angelegt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="angelegt von", related_name="angelegte_serien"
    )
    angelegt_am = models.DateTimeField("angelegt am")
    freigegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="freigegeben von",
        null=True,
        blank=True,
        related_name="freigegebene_serien",
    )
    freigegeben_am = models.DateTimeField("freigegeben am", null=True, blank=True)

    class Meta:
        verbose_name = "Serie"
        verbose_name_plural = "Serien"
        ordering = ["-id"]
        constraints = [
            choices_check("serie", "state", Serienzustand),
            choices_check("serie", "weg", Serienweg),
            models.CheckConstraint(
                name="serie_vier_augen",
                condition=Q(freigegeben_von__isnull=True) | ~Q(freigegeben_von=F("angelegt_von")),
            ),
            models.CheckConstraint(
                name="serie_freigabe_vollstaendig",
                condition=~Q(state__in=_FREIGEGEBEN)
                | Q(freigegeben_von__isnull=False, freigegeben_am__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="inhalt_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "art", "titel", "angaben", "weg", "angelegt_von", "angelegt_am"
                ),
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.titel} vom {self.angelegt_am:%d.%m.%Y}"


@pghistory.track()
class Serienbrief(models.Model):
    """One letter of a series; `gegenstand` is the id of the row that it is about, 0 for the case.

    `stand` is the mark of what was set. Who has opened a letter of the sample (`stichprobe`) stands
    in its `ansichten`. What leaves is the same as what was set, or is refused.
    """

    serie = models.ForeignKey(Serie, models.PROTECT, verbose_name="Serie", related_name="briefe")
    nummer = models.PositiveSmallIntegerField("Nummer in der Serie")
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="serienbriefe"
    )
    gegenstand = models.BigIntegerField("Kennung des Gegenstands", default=0)
    state = models.CharField(
        "Stand",
        max_length=20,
        choices=Serienbriefstand.choices,
        default=Serienbriefstand.OFFEN,
    )
    stand = models.CharField("Merkmal des Inhalts", max_length=64, blank=True, default="")
    seiten = models.PositiveSmallIntegerField("Seiten", null=True, blank=True)
    fehler = EncryptedTextField("Fehler", purpose="serienbrief.fehler", blank=True, default="")
    stichprobe = models.BooleanField("in der Stichprobe", default=False)
    schreiben = models.OneToOneField(
        "cases.Schreiben",
        models.PROTECT,
        verbose_name="Schreiben",
        null=True,
        blank=True,
        related_name="serienbrief",
    )
    versand = models.OneToOneField(
        "cases.Versand",
        models.PROTECT,
        verbose_name="Versand",
        null=True,
        blank=True,
        related_name="serienbrief",
    )

    class Meta:
        verbose_name = "Brief einer Serie"
        verbose_name_plural = "Briefe einer Serie"
        ordering = ["serie", "nummer"]
        constraints = [
            choices_check("serienbrief", "state", Serienbriefstand),
            models.UniqueConstraint(name="serienbrief_nummer_einmal", fields=["serie", "nummer"]),
            models.UniqueConstraint(
                name="serienbrief_einmal_je_gegenstand", fields=["serie", "case", "gegenstand"]
            ),
            models.CheckConstraint(
                name="serienbrief_versandt_mit_schreiben",
                condition=Q(
                    state=Serienbriefstand.VERSANDT,
                    schreiben__isnull=False,
                    versand__isnull=False,
                )
                | Q(schreiben__isnull=True, versand__isnull=True)
                & ~Q(state=Serienbriefstand.VERSANDT),
            ),
        ]
        indexes = [models.Index(fields=["serie", "state", "nummer"], name="serienbrief_stand")]
        triggers = [
            pgtrigger.Protect(
                name="versandt_fest",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=Serienbriefstand.VERSANDT.value),
            ),
        ]

    def __str__(self) -> str:
        return f"Brief {self.nummer}"


@pghistory.track()
class Serienbriefansicht(models.Model):
    """A second person has opened a letter of the sample: one row for each, the first time counts.

    Set anew, a letter has been opened by nobody.
    """

    brief = models.ForeignKey(
        Serienbrief, models.PROTECT, verbose_name="Brief", related_name="ansichten"
    )
    von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="angesehen von",
        related_name="serienbriefansichten",
    )
    am = models.DateTimeField("angesehen am")

    class Meta:
        verbose_name = "Ansicht eines Briefs der Stichprobe"
        verbose_name_plural = "Ansichten von Briefen der Stichprobe"
        ordering = ["am", "id"]
        constraints = [
            models.UniqueConstraint(name="serienbriefansicht_einmal", fields=["brief", "von"])
        ]
        triggers = [pgtrigger.Protect(name="bleibt", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.brief}, angesehen am {self.am:%d.%m.%Y}"
