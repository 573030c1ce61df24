"""Review of a running budget with its protocol, and the proofs how its money was used."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from budget.states.ueberpruefung import (
    Budgetpruefanlass,
    Budgetpruefergebnis,
    Budgetpruefstand,
    Nachweisstand,
)
from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check, never_emptied


def _text(name: str, bezeichnung: str) -> EncryptedTextField:
    return EncryptedTextField(
        bezeichnung, purpose=f"budgetueberpruefung.{name}", blank=True, default=""
    )


@pghistory.track()
class Budgetueberpruefung(models.Model):
    """One talk about a running budget: six topics and where it leads; closed it never changes.

    One that falls away has no talk, only the ground of that in `ergebnis_grund`.

    `beispiel` is the exemplary documentation: one day or week as the help really was.
    """

    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="ueberpruefungen",
    )
    anlass = models.CharField("Anlass", max_length=20, choices=Budgetpruefanlass.choices)
    begonnen_am = models.DateField("begonnen am")
    gespraech_am = models.DateField("Gespräch am", null=True, blank=True)
    beteiligte = _text("beteiligte", "Beteiligte")
    verwendung = _text("verwendung", "Verwendung der Mittel")
    wirkung = _text("wirkung", "Wirkung")
    zufriedenheit = _text("zufriedenheit", "Zufriedenheit")
    umfeld = _text("umfeld", "Umfeld")
    zielerreichung = _text("zielerreichung", "Erreichen der Ziele")
    stabilitaet = _text("stabilitaet", "Stabilität")
    beispiel = _text("beispiel", "Beispielhafte Dokumentation")
    state = models.CharField(
        "Zustand", max_length=20, choices=Budgetpruefstand.choices, default=Budgetpruefstand.OFFEN
    )
    ergebnis = models.CharField(
        "Ergebnis", max_length=20, choices=Budgetpruefergebnis.choices, blank=True, default=""
    )
    ergebnis_grund = _text("ergebnis_grund", "Begründung des Ergebnisses")
    abgeschlossen_am = models.DateField("abgeschlossen am", null=True, blank=True)
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="budgetueberpruefungen",
    )

    class Meta:
        verbose_name = "Überprüfung des Budgets"
        verbose_name_plural = "Überprüfungen der Budgets"
        ordering = ["-begonnen_am", "-id"]
        constraints = [
            choices_check("budgetueberpruefung", "anlass", Budgetpruefanlass),
            choices_check("budgetueberpruefung", "state", Budgetpruefstand),
            models.CheckConstraint(
                name="budgetueberpruefung_ergebnis_gueltig",
                condition=Q(ergebnis__in=["", *Budgetpruefergebnis.values]),
            ),
            models.CheckConstraint(
                name="budgetueberpruefung_abschluss_vollstaendig",
                condition=Q(state=Budgetpruefstand.OFFEN)
                | (
                    Q(state=Budgetpruefstand.ENTFALLEN, abgeschlossen_am__isnull=False)
                    & ~Q(ergebnis_grund="")
                )
                | (
                    Q(abgeschlossen_am__isnull=False, gespraech_am__isnull=False)
                    & ~Q(ergebnis="")
                    & ~Q(ergebnis_grund="")
                ),
            ),
            models.UniqueConstraint(
                name="budgetueberpruefung_eine_offen",
                fields=["persoenliches_budget"],
                condition=Q(state=Budgetpruefstand.OFFEN),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="abgeschlossen_fest",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(
                    old__state__in=[
                        Budgetpruefstand.ABGESCHLOSSEN.value,
                        Budgetpruefstand.ENTFALLEN.value,
                    ]
                ),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Überprüfung des Budgets vom {self.gespraech_am or self.begonnen_am:%d.%m.%Y}"


@pghistory.track()
class Verwendungsnachweis(models.Model):
    """The proof for one stretch of months: asked for, there, checked (§ 29 Abs. 4 S. 2 Nr. 2).

    `zu_belegen` is the money of the stretch that has to be proved; checked, it is fully divided
    into used, saved and to be given back. All amounts are euro for the whole stretch. Of one that
    is no longer asked for `ergebnis` says why.
    """

    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="verwendungsnachweise",
    )
    von = models.DateField("vom")
    bis = models.DateField("bis")
    faellig_am = models.DateField("vorzulegen bis")
    zu_belegen = models.DecimalField("nachzuweisen", max_digits=12, decimal_places=2)
    verlangt_am = models.DateField("verlangt am")
    angefordert_am = models.DateField("Schreiben aufgegeben am", null=True, blank=True)
    erinnert_am = models.DateField("erinnert am", null=True, blank=True)
    eingegangen_am = models.DateField("eingegangen am", null=True, blank=True)
    unterlage = models.ForeignKey(
        "cases.Unterlage",
        models.PROTECT,
        verbose_name="Belege",
        null=True,
        blank=True,
        related_name="verwendungsnachweise",
    )
    verwendet = models.DecimalField(
        "verwendet wie vereinbart", max_digits=12, decimal_places=2, null=True, blank=True
    )
    angespart = models.DecimalField(
        "angespart", max_digits=12, decimal_places=2, null=True, blank=True
    )
    zurueck = models.DecimalField(
        "zurückzugeben", max_digits=12, decimal_places=2, null=True, blank=True
    )
    ergebnis = EncryptedTextField(
        "Ergebnis der Prüfung", purpose="verwendungsnachweis.ergebnis", blank=True, default=""
    )
    geprueft_am = models.DateField("geprüft am", null=True, blank=True)
    state = models.CharField(
        "Zustand", max_length=20, choices=Nachweisstand.choices, default=Nachweisstand.VERLANGT
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="verwendungsnachweise",
    )

    class Meta:
        verbose_name = "Verwendungsnachweis"
        verbose_name_plural = "Verwendungsnachweise"
        ordering = ["-von", "-id"]
        constraints = [
            choices_check("verwendungsnachweis", "state", Nachweisstand),
            models.UniqueConstraint(
                name="verwendungsnachweis_einmal",
                fields=["persoenliches_budget", "von"],
                condition=~Q(state=Nachweisstand.ZURUECKGENOMMEN),
            ),
            models.CheckConstraint(
                name="verwendungsnachweis_zeitraum",
                condition=Q(bis__gte=F("von"), faellig_am__gte=F("bis")),
            ),
            models.CheckConstraint(
                name="verwendungsnachweis_betrag_positiv", condition=Q(zu_belegen__gt=Decimal("0"))
            ),
            models.CheckConstraint(
                name="verwendungsnachweis_eingang_festgehalten",
                condition=Q(state__in=[Nachweisstand.VERLANGT, Nachweisstand.ZURUECKGENOMMEN])
                | Q(eingegangen_am__isnull=False),
            ),
            models.CheckConstraint(
                name="verwendungsnachweis_ruecknahme_begruendet",
                condition=~Q(state=Nachweisstand.ZURUECKGENOMMEN) | ~Q(ergebnis=""),
            ),
            models.CheckConstraint(
                name="verwendungsnachweis_geht_auf",
                condition=~Q(state=Nachweisstand.GEPRUEFT)
                | (
                    Q(geprueft_am__isnull=False)
                    & ~Q(ergebnis="")
                    & Q(verwendet__gte=0, angespart__gte=0, zurueck__gte=0)
                    & Q(zu_belegen=F("verwendet") + F("angespart") + F("zurueck"))
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="geprueft_fest",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(
                    old__state__in=[
                        Nachweisstand.GEPRUEFT.value,
                        Nachweisstand.ZURUECKGENOMMEN.value,
                    ]
                ),
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Verwendungsnachweis vom {self.von:%d.%m.%Y} bis {self.bis:%d.%m.%Y}"
