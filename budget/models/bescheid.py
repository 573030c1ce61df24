"""The Bescheid over a Persönliches Budget (§ 120 Abs. 2 SGB IX, §§ 31-37 SGB X)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from budget.models.freigabeschutz import not_by_who_set_amounts, signed_only
from budget.states import BESCHEID_FREI, Bescheidzustand
from budget.states.einkommen import Beitragsfreiheit, Einkommensart, Partnerangabe
from cases.crypto import EncryptedJSONField, EncryptedTextField
from cases.models.basis import (
    FixedIn,
    TurnsBack,
    choices_check,
    never_emptied,
    second_person,
)

_OFFEN = (Bescheidzustand.ENTWURF.value, Bescheidzustand.VORGELEGT.value)
# What has left the house; one that is only released may be taken back before that.
_HINAUS = (Bescheidzustand.VERSANDT.value, Bescheidzustand.BESTANDSKRAEFTIG.value)


# What a person writes or chooses; it is fixed while the Bescheid waits for its release.
_GESCHRIEBENES = (
    "persoenliches_budget",
    "zielvereinbarung",
    "erste_auszahlung",
    "begruendung",
    "abgelehnte_leistungen",
    "nebenbestimmungen",
    "nicht_gefolgte_wuensche",
    "wuensche",
    "einkommen",
    "einkommensart",
    "partner",
    "kinder",
    "unterhaltene",
    "minderjaehrige",
    "beitragsfrei",
    "einkommenseinsatz",
    "monatseinkommen",
    "unterkunft",
    "angehoerige",
    "einsatz_prozent",
    "einsatz_grund",
    "vermoegen",
    "vermoegen_erwerb",
    "vermoegensverbrauch",
    "abzug",
    "einkommen_vermoegen",
    "vorschlaege",
    "ausland",
    "zustellung",
    "erstellt_von",
    "bearbeitet_von",
)


@pghistory.track()
class Bescheid(models.Model):
    """One Bescheid; after release only its state may move, its content never.

    Before it is made known the release itself can be taken back, for a letter that no longer fits.
    """

    events: Any  # the change history, added by pghistory

    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="bescheide",
    )
    zielvereinbarung = models.ForeignKey(
        "budget.Zielvereinbarung",
        models.PROTECT,
        verbose_name="Zielvereinbarung",
        related_name="bescheide",
        null=True,
        blank=True,
        help_text="fehlt nur, wenn allein Pflegekassen leisten (§ 29 Abs. 4 S. 3 SGB IX)",
    )
    datum = models.DateField("Datum")
    erste_auszahlung = models.DateField("erste Auszahlung am")
    begruendung = EncryptedTextField("Begründung", purpose="bescheid.begruendung")
    abgelehnte_leistungen = EncryptedTextField(
        "abgelehnte Leistungen", purpose="bescheid.abgelehnte_leistungen", blank=True
    )
    nebenbestimmungen = EncryptedTextField(
        "Nebenbestimmungen", purpose="bescheid.nebenbestimmungen", blank=True
    )
    nicht_gefolgte_wuensche = EncryptedTextField(
        "nicht gefolgte Wünsche", purpose="bescheid.nicht_gefolgte_wuensche", blank=True
    )
    wuensche = EncryptedJSONField(
        "Wünsche und Antworten",
        purpose="bescheid.wuensche",
        liste=True,
        default=list,
        blank=True,
        help_text="je Wunsch aus Bedarf und Gesamtplan: schluessel, wunsch, antwort, grund",
    )
    einkommen = models.DecimalField(
        "Einkommen des Vorvorjahres",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="§ 135 SGB IX, im Jahr",
    )
    einkommensart = models.CharField(
        "überwiegende Art des Einkommens",
        max_length=20,
        choices=Einkommensart.choices,
        blank=True,
        default=Einkommensart.OFFEN,
    )
    partner = models.CharField(
        "Ehegatte oder Partner",
        max_length=20,
        choices=Partnerangabe.choices,
        blank=True,
        default=Partnerangabe.OFFEN,
        help_text="§ 136 Abs. 3 und 4 SGB IX; nach früherem Recht § 90 SGB XII",
    )
    kinder = models.PositiveSmallIntegerField(
        "unterhaltsberechtigte Kinder im Haushalt", default=0, help_text="§ 136 Abs. 4 SGB IX"
    )
    unterhaltene = models.PositiveSmallIntegerField(
        "überwiegend unterhaltene Personen", default=0, help_text="§ 90 SGB XII"
    )
    minderjaehrige = models.PositiveSmallIntegerField(
        "minderjährige Leistungsberechtigte im Haushalt der Eltern",
        default=0,
        help_text="§ 136 Abs. 5 SGB IX",
    )
    beitragsfrei = models.CharField(
        "kein Beitrag, weil",
        max_length=40,
        choices=Beitragsfreiheit.choices,
        blank=True,
        default=Beitragsfreiheit.KEINE,
        help_text="§ 138 Abs. 1 SGB IX",
    )
    einkommenseinsatz = models.DecimalField(
        "Einsatz des Einkommens im Monat",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="§ 85 SGB XII, § 87 SGB XII",
    )
    monatseinkommen = models.DecimalField(
        "Einkommen im Monat",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="nach Abzügen, § 82 SGB XII",
    )
    unterkunft = models.DecimalField(
        "Kosten der Unterkunft im Monat",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="§ 85 Abs. 1 Nr. 2 SGB XII",
    )
    angehoerige = models.PositiveSmallIntegerField(
        "Partner und überwiegend unterhaltene Personen",
        default=0,
        help_text="§ 85 Abs. 1 Nr. 3 SGB XII",
    )
    einsatz_prozent = models.PositiveSmallIntegerField(
        "Anteil des Einkommens über der Grenze", null=True, blank=True, help_text="§ 87 SGB XII"
    )
    einsatz_grund = EncryptedTextField(
        "warum dieser Anteil", purpose="bescheid.einsatz_grund", blank=True, default=""
    )
    vermoegen = models.DecimalField(
        "Vermögen", max_digits=12, decimal_places=2, null=True, blank=True
    )
    vermoegen_erwerb = models.BooleanField(
        "Vermögen überwiegend aus Erwerbstätigkeit", default=False, help_text="§ 66a SGB XII"
    )
    vermoegensverbrauch = models.JSONField(
        "Was das Vermögen zuerst trägt",
        default=list,
        blank=True,
        help_text="Monat und Betrag, bis die Grenze erreicht ist",
    )
    abzug = models.DecimalField(
        "Abzug von der Auszahlung im Monat",
        max_digits=10,
        decimal_places=2,
        default=Decimal("0.00"),
        help_text="Beitrag (§ 137 Abs. 3 SGB IX) und Einsatz des Einkommens",
    )
    einkommen_vermoegen = EncryptedTextField(
        "Einkommen und Vermögen",
        purpose="bescheid.einkommen_vermoegen",
        blank=True,
        default="",
        help_text="der Satz im Bescheid",
    )
    vorschlaege = EncryptedJSONField(
        "zugrunde liegende Vorschläge",
        purpose="bescheid.vorschlaege",
        default=dict,
        blank=True,
        help_text="Feld -> Vorschlag, über dem der Text geschrieben wurde",
    )
    ausland = models.BooleanField("Bekanntgabe im Ausland", default=False)
    zustellung = models.BooleanField("förmliche Zustellung", default=False)
    state = models.CharField(
        "Zustand", max_length=20, choices=Bescheidzustand.choices, default=Bescheidzustand.ENTWURF
    )
    erstellt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="erstellt von", related_name="bescheide"
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="bearbeitete_bescheide",
    )
    vorgelegt_am = models.DateField("vorgelegt am", null=True, blank=True)
    vorgelegt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="vorgelegt von",
        null=True,
        blank=True,
        related_name="vorgelegte_bescheide",
    )
    rueckgabe_grund = EncryptedTextField(
        "Grund der Rückgabe", purpose="bescheid.rueckgabe_grund", blank=True
    )
    freigegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="freigegeben von",
        null=True,
        blank=True,
        related_name="freigegebene_bescheide",
    )
    freigegeben_am = models.DateField("freigegeben am", null=True, blank=True)
    mitgezeichnet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="mitgezeichnet von",
        null=True,
        blank=True,
        related_name="mitgezeichnete_bescheide",
    )
    mitgezeichnet_am = models.DateField(
        "mitgezeichnet am",
        null=True,
        blank=True,
        help_text="über der Grenze, bis zu der eine Person allein freigibt",
    )
    schreiben = models.OneToOneField(
        "cases.Schreiben",
        models.PROTECT,
        verbose_name="Schreiben",
        null=True,
        blank=True,
        related_name="bescheid",
    )

    class Meta:
        verbose_name = "Bescheid"
        verbose_name_plural = "Bescheide"
        ordering = ["-datum", "-id"]
        constraints = [
            choices_check("bescheid", "state", Bescheidzustand),
            choices_check("bescheid", "einkommensart", Einkommensart),
            choices_check("bescheid", "partner", Partnerangabe),
            choices_check("bescheid", "beitragsfrei", Beitragsfreiheit),
            models.CheckConstraint(
                name="bescheid_abzug_nicht_negativ", condition=Q(abzug__gte=Decimal("0"))
            ),
            models.CheckConstraint(
                name="bescheid_einsatz_prozent",
                condition=Q(einsatz_prozent__isnull=True) | Q(einsatz_prozent__lte=100),
            ),
            models.UniqueConstraint(
                name="bescheid_einer_je_budget", fields=["persoenliches_budget"]
            ),
            models.CheckConstraint(
                name="bescheid_vier_augen",
                condition=Q(freigegeben_von__isnull=True)
                | (
                    ~Q(freigegeben_von=F("erstellt_von"))
                    & ~Q(freigegeben_von=F("bearbeitet_von"))
                    & (Q(vorgelegt_von__isnull=True) | ~Q(freigegeben_von=F("vorgelegt_von")))
                ),
            ),
            models.CheckConstraint(
                name="bescheid_mitzeichnung_durch_dritte",
                condition=Q(mitgezeichnet_von__isnull=True)
                | (
                    Q(mitgezeichnet_am__isnull=False)
                    & ~Q(mitgezeichnet_von=F("erstellt_von"))
                    & ~Q(mitgezeichnet_von=F("bearbeitet_von"))
                    & (Q(freigegeben_von__isnull=True) | ~Q(mitgezeichnet_von=F("freigegeben_von")))
                ),
            ),
            models.CheckConstraint(
                name="bescheid_freigabe_vollstaendig",
                condition=Q(state__in=[Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT])
                | Q(
                    freigegeben_von__isnull=False,
                    freigegeben_am__isnull=False,
                    schreiben__isnull=False,
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="inhalt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(tuple(state.value for state in BESCHEID_FREI)),
            ),
            pgtrigger.Protect(
                name="vorgelegt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn((Bescheidzustand.VORGELEGT.value,), _GESCHRIEBENES),
            ),
            pgtrigger.Protect(
                name="kein_weg_zurueck",
                operation=pgtrigger.Update,
                condition=TurnsBack(_HINAUS, _OFFEN),
            ),
            signed_only(),
            second_person("budget_bescheidevent"),
            not_by_who_set_amounts(),
            never_emptied(),
            pgtrigger.Protect(
                name="nicht_loeschen",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=Bescheidzustand.ENTWURF.value),
            ),
        ]

    def __str__(self) -> str:
        return f"Bescheid vom {self.datum:%d.%m.%Y}"

    @property
    def iban(self) -> str:
        """Return the account of the first payment, empty when none is entered for that day."""
        person = self.persoenliches_budget.case.leistungsberechtigte_person
        return person.iban_am(self.erste_auszahlung)
