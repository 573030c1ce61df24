"""We take part in the budget of another carrier: our statement, our part, what we refund."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from budget.states.teilnahme import Forderungszustand, Teilnahmezustand
from cases.crypto import EncryptedTextField
from cases.models.basis import FixedIn, choices_check, never_emptied

_ABGEGEBEN = (Teilnahmezustand.ABGEGEBEN.value, Teilnahmezustand.ABGESCHLOSSEN.value)
# What has left the house is what we have said.
_GESAGTES = (
    "case",
    "traeger",
    "angefordert_am",
    "bedarf",
    "hoehe",
    "ziele",
    "beratung",
    "stunden",
    "satz",
    "betrag",
    "abweichung_grund",
    "leistung_von",
    "leistung_bis",
    "rechenweg",
)
_ENTSCHIEDEN = (
    Forderungszustand.ANERKANNT.value,
    Forderungszustand.ABGELEHNT.value,
    Forderungszustand.GEZAHLT.value,
)


@pghistory.track()
class Teilnahme(models.Model):
    """One request of the leistende Träger, with our four topics and our part of the budget.

    `angefordert_am` is the day of its letter, from which our two weeks run (F07b); `betrag` is
    euro a month, by hours where `stunden` a week and `satz` are set, else as `abweichung_grund`
    says. `rechenweg` are the steps as they were computed. All texts are encrypted.
    """

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="teilnahmen"
    )
    traeger = models.ForeignKey(
        "cases.Leistungstraeger",
        models.PROTECT,
        verbose_name="leistender Träger",
        related_name="teilnahmen",
    )
    aktenzeichen_dort = models.CharField("Aktenzeichen dort", max_length=60, blank=True, default="")
    angefordert_am = models.DateField("angefordert am")
    eingegangen_am = models.DateField("bei uns eingegangen am")
    frage = EncryptedTextField("Was gefragt ist", purpose="teilnahme.frage")
    bedarf = EncryptedTextField("Bedarf", purpose="teilnahme.bedarf", blank=True, default="")
    hoehe = EncryptedTextField("Höhe", purpose="teilnahme.hoehe", blank=True, default="")
    ziele = EncryptedTextField(
        "Inhalt der Zielvereinbarung", purpose="teilnahme.ziele", blank=True, default=""
    )
    beratung = EncryptedTextField(
        "Beratung und Unterstützung", purpose="teilnahme.beratung", blank=True, default=""
    )
    stunden = models.DecimalField(
        "Stunden in der Woche", max_digits=5, decimal_places=2, null=True, blank=True
    )
    satz = models.DecimalField(
        "Satz je Stunde", max_digits=8, decimal_places=2, null=True, blank=True
    )
    betrag = models.DecimalField(
        "Teilbudget im Monat", max_digits=10, decimal_places=2, null=True, blank=True
    )
    abweichung_grund = EncryptedTextField(
        "Woraus der Betrag folgt", purpose="teilnahme.abweichung_grund", blank=True, default=""
    )
    leistung_von = models.DateField("Leistung ab", null=True, blank=True)
    leistung_bis = models.DateField("Leistung bis", null=True, blank=True)
    rechenweg = models.JSONField("Rechenweg", default=list, blank=True)
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Teilnahmezustand.choices,
        default=Teilnahmezustand.ANGEFRAGT,
    )
    schreiben = models.OneToOneField(
        "cases.Schreiben",
        models.PROTECT,
        verbose_name="Stellungnahme",
        null=True,
        blank=True,
        related_name="teilnahme",
    )
    abgegeben_am = models.DateField("abgegeben am", null=True, blank=True)
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="teilnahmen",
    )

    class Meta:
        verbose_name = "Teilnahme"
        verbose_name_plural = "Teilnahmen"
        ordering = ["-angefordert_am", "-id"]
        constraints = [
            choices_check("teilnahme", "state", Teilnahmezustand),
            models.CheckConstraint(
                name="teilnahme_eingang_nach_anforderung",
                condition=Q(eingegangen_am__gte=F("angefordert_am")),
            ),
            models.CheckConstraint(
                name="teilnahme_betrag_positiv",
                condition=Q(betrag__isnull=True) | Q(betrag__gt=Decimal("0")),
            ),
            models.CheckConstraint(
                name="teilnahme_ende_nach_beginn",
                condition=Q(leistung_bis__isnull=True) | Q(leistung_bis__gte=F("leistung_von")),
            ),
            models.CheckConstraint(
                name="teilnahme_abgegeben_mit_schreiben",
                condition=Q(state=Teilnahmezustand.ANGEFRAGT)
                | Q(schreiben__isnull=False, abgegeben_am__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="abgegeben_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(_ABGEGEBEN, _GESAGTES),
            ),
            pgtrigger.Protect(
                name="nicht_loeschen",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=Teilnahmezustand.ANGEFRAGT.value),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Anforderung vom {self.angefordert_am:%d.%m.%Y}"


@pghistory.track()
class Traegerforderung(models.Model):
    """A claim of the leistende Träger for a time: `aufwand` is what it has spent, in euro.

    `anerkannt` is what of it we refund, `pauschale` the lump sum on that (§ 16 Abs. 3 SGB IX).
    `iban` and `kassenzeichen` are those that the carrier has named for this claim; the Kasse pays
    to them once. Who decides decides about the account as well; another account is decided anew.
    """

    events: Any  # the change history, added by pghistory

    teilnahme = models.ForeignKey(
        Teilnahme, models.PROTECT, verbose_name="Teilnahme", related_name="forderungen"
    )
    eingegangen_am = models.DateField("eingegangen am")
    von = models.DateField("für die Zeit vom")
    bis = models.DateField("bis")
    aufwand = models.DecimalField("Aufwendungen", max_digits=10, decimal_places=2)
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Forderungszustand.choices,
        default=Forderungszustand.OFFEN,
    )
    anerkannt = models.DecimalField(
        "anerkannte Aufwendungen", max_digits=10, decimal_places=2, null=True, blank=True
    )
    pauschale = models.DecimalField(
        "Verwaltungskostenpauschale", max_digits=10, decimal_places=2, null=True, blank=True
    )
    grund = EncryptedTextField("Gründe", purpose="traegerforderung.grund", blank=True, default="")
    entschieden_am = models.DateField("entschieden am", null=True, blank=True)
    entschieden_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="entschieden von",
        null=True,
        blank=True,
        related_name="entschiedene_traegerforderungen",
    )
    iban = EncryptedTextField(
        "IBAN des Trägers", purpose="traegerforderung.iban", blank=True, default=""
    )
    kassenzeichen = models.CharField("Kassenzeichen dort", max_length=60, blank=True, default="")
    konto_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="Konto eingetragen von",
        null=True,
        blank=True,
        related_name="eingetragene_traegerkonten",
    )
    gezahlt_am = models.DateField("gezahlt am", null=True, blank=True)
    gezahlt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="gezahlt von",
        null=True,
        blank=True,
        related_name="gezahlte_traegerforderungen",
    )
    erfasst_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="erfasst von",
        related_name="traegerforderungen",
    )

    class Meta:
        verbose_name = "Trägerforderung"
        verbose_name_plural = "Trägerforderungen"
        ordering = ["von", "id"]
        constraints = [
            choices_check("traegerforderung", "state", Forderungszustand),
            models.CheckConstraint(
                name="traegerforderung_ende_nach_beginn", condition=Q(bis__gte=F("von"))
            ),
            models.CheckConstraint(
                name="traegerforderung_betraege",
                condition=Q(aufwand__gt=Decimal("0"))
                & (Q(anerkannt__isnull=True) | Q(anerkannt__gt=0, anerkannt__lte=F("aufwand"))),
            ),
            models.CheckConstraint(
                name="traegerforderung_entschieden",
                condition=Q(state=Forderungszustand.OFFEN, entschieden_von__isnull=True)
                | Q(state__in=_ENTSCHIEDEN, entschieden_von__isnull=False),
            ),
            models.CheckConstraint(
                name="traegerforderung_vier_augen",
                condition=Q(entschieden_von__isnull=True) | ~Q(entschieden_von=F("erfasst_von")),
            ),
            models.CheckConstraint(
                name="traegerforderung_konto_vier_augen",
                condition=Q(entschieden_von__isnull=True)
                | Q(konto_von__isnull=True)
                | ~Q(entschieden_von=F("konto_von")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="entschieden_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(
                    _ENTSCHIEDEN,
                    (
                        *("teilnahme", "von", "bis", "aufwand", "anerkannt", "pauschale", "grund"),
                        *("iban", "kassenzeichen", "konto_von"),
                    ),
                ),
            ),
            pgtrigger.Protect(
                name="gezahlt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(
                    (Forderungszustand.GEZAHLT.value,),
                    ("iban", "kassenzeichen", "gezahlt_am", "gezahlt_von"),
                ),
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Forderung für {self.von:%d.%m.%Y} bis {self.bis:%d.%m.%Y}"

    @property
    def summe(self) -> Decimal:
        """Return what is refunded, with the lump sum; zero where nothing is."""
        return (self.anerkannt or Decimal(0)) + (self.pauschale or Decimal(0))

    @property
    def letzter_tag(self) -> date:
        """Return the last day that it is about."""
        return self.bis
