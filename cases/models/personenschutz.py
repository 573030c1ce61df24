"""Protection of a person: a fact with ground and period, set by one person, lifted by two."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check, never_emptied
from cases.states.schutz import SCHUETZEND, Schutzgrund, Schutzzustand


@pghistory.track()
class Personenschutz(models.Model):
    """Only the responsible person and her Leitung see the cases of this person, old and new ones.

    Protection holds from the moment it is set. A second person confirms or refuses it, and lifting
    it takes two people as well. The column `geschuetzt` of the cases follows by trigger, so that no
    way of creating a case gets round it.
    """

    leistungsberechtigte_person = models.ForeignKey(
        "cases.LeistungsberechtigtePerson",
        models.PROTECT,
        verbose_name="Person",
        related_name="schutz",
    )
    grund = models.CharField("Grund", max_length=20, choices=Schutzgrund.choices)
    begruendung = EncryptedTextField("Begründung", purpose="personenschutz.begruendung")
    gueltig_ab = models.DateField("geschützt ab")
    gueltig_bis = models.DateField("geschützt bis", null=True, blank=True)
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Schutzzustand.choices,
        default=Schutzzustand.GESETZT,
    )
    gesetzt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="gesetzt von",
        null=True,
        blank=True,
        related_name="gesetzter_schutz",
    )
    bestaetigt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="bestätigt von",
        null=True,
        blank=True,
        related_name="bestaetigter_schutz",
    )
    aufhebung_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="Aufhebung beantragt von",
        null=True,
        blank=True,
        related_name="beantragte_schutzaufhebungen",
    )
    aufhebung_grund = EncryptedTextField(
        "Grund der Aufhebung", purpose="personenschutz.aufhebung_grund", blank=True, default=""
    )
    aufgehoben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="aufgehoben von",
        null=True,
        blank=True,
        related_name="aufgehobener_schutz",
    )
    aufgehoben_am = models.DateField("aufgehoben am", null=True, blank=True)

    class Meta:
        verbose_name = "Personenschutz"
        verbose_name_plural = "Personenschutz"
        ordering = ["-gueltig_ab", "-id"]
        constraints = [
            choices_check("personenschutz", "grund", Schutzgrund),
            choices_check("personenschutz", "state", Schutzzustand),
            models.CheckConstraint(
                name="personenschutz_ende_nach_beginn",
                condition=Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=F("gueltig_ab")),
            ),
            models.CheckConstraint(
                name="personenschutz_vier_augen",
                condition=(Q(bestaetigt_von__isnull=True) | ~Q(bestaetigt_von=F("gesetzt_von")))
                & (Q(aufgehoben_von__isnull=True) | ~Q(aufgehoben_von=F("aufhebung_von"))),
            ),
            models.CheckConstraint(
                name="personenschutz_aufgehoben_am",
                condition=Q(state=Schutzzustand.AUFGEHOBEN, aufgehoben_am__isnull=False)
                | (~Q(state=Schutzzustand.AUFGEHOBEN) & Q(aufgehoben_am__isnull=True)),
            ),
            models.UniqueConstraint(
                name="personenschutz_einer_zugleich",
                fields=["leistungsberechtigte_person"],
                condition=Q(state__in=SCHUETZEND),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="aufgehoben_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=Schutzzustand.AUFGEHOBEN.value),
            ),
            pgtrigger.Trigger(
                name="gilt_in_allen_faellen",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    UPDATE cases_case SET geschuetzt = (NEW.state <> 'aufgehoben')
                    WHERE leistungsberechtigte_person_id = NEW.leistungsberechtigte_person_id
                        AND geschuetzt IS DISTINCT FROM (NEW.state <> 'aufgehoben');
                    RETURN NEW;
                """,
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.get_grund_display()} ab {self.gueltig_ab:%d.%m.%Y}"
