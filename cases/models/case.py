"""The case and who works on it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from cases.models.basis import choices_check
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle


class Endeart(models.TextChoices):
    """Why a case ends; decides which open Fristen lose their ground with it."""

    ANFRAGE_BEANTWORTET = "anfrage_beantwortet", "Anfrage beantwortet, kein Antrag gestellt"
    ANTRAG_ZURUECKGENOMMEN = "antrag_zurueckgenommen", "Antrag zurückgenommen"
    WEITERGELEITET = "weitergeleitet", "Antrag weitergeleitet, Vorgang abgeschlossen"
    ABGELEHNT = "abgelehnt", "Antrag abgelehnt"
    LEISTUNG_BEENDET = "leistung_beendet", "Leistung beendet oder Zeitraum abgelaufen"
    TRAEGERWECHSEL = "traegerwechsel", "an einen anderen Träger abgegeben"
    VERSTORBEN = "verstorben", "Person verstorben"
    DOPPELT = "doppelt", "doppelt angelegt"
    SONSTIGES = "sonstiges", "anderer Grund"


class Zuweisungsart(models.TextChoices):
    """What a further person does in one case."""

    FACHDIENST = "fachdienst", "Fachdienst"
    WEITERE = "weitere", "weiteres Fallmanagement"
    VERTRETUNG = "vertretung", "Vertretung in diesem Fall"


@pghistory.track()
class Case(models.Model):
    """One file (Fall) of one person; everything else hangs on it."""

    aktenzeichen = models.CharField("Aktenzeichen", max_length=30, unique=True)
    leistungsberechtigte_person = models.ForeignKey(
        "cases.LeistungsberechtigtePerson",
        models.PROTECT,
        verbose_name="leistungsberechtigte Person",
        related_name="faelle",
    )
    team = models.ForeignKey(
        "cases.Team", models.PROTECT, verbose_name="Team", related_name="faelle"
    )
    caseworker = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="Fallmanagement", related_name="faelle"
    )
    state = models.CharField(
        "Zustand",
        max_length=30,
        choices=Fallzustand.choices,
        default=Fallzustand.ANTRAG_EINGEGANGEN,
    )
    geschuetzt = models.BooleanField(
        "geschützt",
        default=False,
        help_text="Nur die zuständige Person und ihre Leitung sehen den Fall, auch in der Suche.",
    )
    eroeffnet_am = models.DateField("eröffnet am")
    beendet_am = models.DateField("beendet am", null=True, blank=True)
    beendet_art = models.CharField(
        "Art des Endes", max_length=30, choices=Endeart.choices, blank=True, default=""
    )
    beendet_grund = models.CharField("Grund des Endes", max_length=200, blank=True)

    class Meta:
        verbose_name = "Fall"
        verbose_name_plural = "Fälle"
        ordering = ["-eroeffnet_am", "-id"]
        constraints = [
            choices_check("case", "state", Fallzustand),
            models.CheckConstraint(
                name="case_beendet_art_gueltig",
                condition=Q(beendet_art__in=["", *Endeart.values]),
            ),
            models.CheckConstraint(
                name="case_ende_mit_datum",
                condition=(Q(state=Fallzustand.BEENDET) & Q(beendet_am__isnull=False))
                | (~Q(state=Fallzustand.BEENDET) & Q(beendet_am__isnull=True)),
            ),
        ]
        triggers = [
            # Protection is a fact of the person: every case inherits it, however it is created.
            pgtrigger.Trigger(
                name="schutz_der_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("leistungsberechtigte_person_id"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM cases_personenschutz
                        WHERE leistungsberechtigte_person_id = NEW.leistungsberechtigte_person_id
                            AND state <> 'aufgehoben'
                    ) THEN
                        NEW.geschuetzt = TRUE;
                    END IF;
                    RETURN NEW;
                """,
            )
        ]
        indexes = [
            GinIndex(
                OpClass(Upper("aktenzeichen"), name="gin_trgm_ops"), name="case_aktenzeichen_trgm"
            ),
            models.Index(fields=["team", "state"], name="case_team_state"),
            models.Index(
                fields=["caseworker", "state"],
                include=["id", "team", "geschuetzt"],
                name="case_caseworker_state",
            ),
            # The list of cases walks these, whatever the number of cases.
            models.Index(fields=["-eroeffnet_am", "-id"], name="case_liste"),
            models.Index(fields=["team", "-eroeffnet_am", "-id"], name="case_liste_team"),
        ]

    def __str__(self) -> str:
        return self.aktenzeichen


@pghistory.track()
class Zuweisung(models.Model):
    """Dated access of a further person to one case: Vertretung or Fachdienst."""

    case = models.ForeignKey(Case, models.CASCADE, verbose_name="Fall", related_name="zuweisungen")
    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="Person", related_name="zuweisungen"
    )
    rolle = models.CharField("als", max_length=30, choices=Rolle.choices)
    art = models.CharField(
        "Aufgabe", max_length=20, choices=Zuweisungsart.choices, default=Zuweisungsart.WEITERE
    )
    von = models.DateField("von")
    bis = models.DateField("bis", null=True, blank=True)
    grund = models.CharField("Grund", max_length=200)
    zugewiesen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zugewiesen von",
        null=True,
        blank=True,
        related_name="erteilte_zuweisungen",
    )

    class Meta:
        verbose_name = "Zuweisung"
        verbose_name_plural = "Zuweisungen"
        ordering = ["-von", "-id"]
        constraints = [
            choices_check("zuweisung", "rolle", Rolle),
            choices_check("zuweisung", "art", Zuweisungsart),
            models.CheckConstraint(
                name="zuweisung_ende_nach_beginn",
                condition=Q(bis__isnull=True) | Q(bis__gte=F("von")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.user_id} ({self.rolle})"
