"""The Zielvereinbarung of a Persönliches Budget (§ 29 Abs. 4 SGB IX, § 4 BudgetV)."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from budget.states import Vereinbarungszustand
from budget.states.vereinbarung import ELEKTRONISCH, Ruecklaufweg
from cases.crypto import EncryptedTextField
from cases.models.basis import FixedIn, choices_check, frozen_child, never_emptied


@pghistory.track()
class Zielvereinbarung(models.Model):
    """One version; no Bescheid without a signed one."""

    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="zielvereinbarungen",
    )
    version = models.PositiveSmallIntegerField("Version")
    gueltig_ab = models.DateField("gültig ab")
    gueltig_bis = models.DateField("gültig bis", null=True, blank=True)
    gespraech_monate = models.PositiveSmallIntegerField("Gespräch alle … Monate", default=6)
    arbeitgebermodell = models.BooleanField(
        "Arbeitgebermodell",
        default=False,
        help_text="die Person beschäftigt ihre Assistenz selbst",
    )
    probe_bis = models.DateField("Erprobung bis", null=True, blank=True)
    probe_gespraech_am = models.DateField("Erprobung auswerten am", null=True, blank=True)
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Vereinbarungszustand.choices,
        default=Vereinbarungszustand.ENTWURF,
    )
    erstellt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="erstellt von", related_name="zielvereinbarungen"
    )
    ausgefertigt_am = models.DateField("ausgefertigt am", null=True, blank=True)
    unterzeichnet_person_am = models.DateField(
        "von der Person unterzeichnet am", null=True, blank=True
    )
    unterzeichnet_person_durch = models.CharField("unterzeichnet durch", max_length=200, blank=True)
    unterzeichnet_person_selbst = models.BooleanField(
        "die Person hat selbst unterzeichnet",
        null=True,
        blank=True,
        help_text="leer bei Vereinbarungen aus früheren Fassungen",
    )
    ruecklauf = models.CharField(
        "zurückgekommen", max_length=20, choices=Ruecklaufweg.choices, blank=True, default=""
    )
    unterzeichnet_traeger_am = models.DateField(
        "vom Leistungsträger unterzeichnet am", null=True, blank=True
    )
    unterzeichnet_traeger_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="für den Leistungsträger",
        null=True,
        blank=True,
        related_name="unterzeichnete_zielvereinbarungen",
    )
    vorbehalt = EncryptedTextField(
        "Vorbehalt der Person", purpose="zielvereinbarung.vorbehalt", blank=True
    )
    schreiben = models.OneToOneField(
        "cases.Schreiben",
        models.PROTECT,
        verbose_name="Schreiben",
        null=True,
        blank=True,
        related_name="zielvereinbarung",
    )
    unterlage = models.ForeignKey(
        "cases.Unterlage",
        models.PROTECT,
        verbose_name="unterschriebene Fassung",
        null=True,
        blank=True,
        related_name="zielvereinbarungen",
    )

    class Meta:
        verbose_name = "Zielvereinbarung"
        verbose_name_plural = "Zielvereinbarungen"
        ordering = ["-version"]
        constraints = [
            choices_check("zielvereinbarung", "state", Vereinbarungszustand),
            models.UniqueConstraint(
                name="zielvereinbarung_version", fields=["persoenliches_budget", "version"]
            ),
            models.UniqueConstraint(
                name="zielvereinbarung_eine_offen",
                fields=["persoenliches_budget"],
                condition=~Q(state=Vereinbarungszustand.VERWORFEN),
            ),
            models.CheckConstraint(
                name="zielvereinbarung_gespraech_6_oder_12",
                condition=Q(gespraech_monate__in=[6, 12]),
            ),
            models.CheckConstraint(
                name="zielvereinbarung_probe_mit_gespraech",
                condition=Q(probe_bis__isnull=True, probe_gespraech_am__isnull=True)
                | Q(
                    probe_bis__gt=F("gueltig_ab"),
                    probe_gespraech_am__gt=F("gueltig_ab"),
                    probe_gespraech_am__lte=F("probe_bis"),
                ),
            ),
            models.CheckConstraint(
                name="zielvereinbarung_ende_nach_beginn",
                condition=Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=F("gueltig_ab")),
            ),
            models.CheckConstraint(
                name="zielvereinbarung_ausgefertigt_mit_schreiben",
                condition=Q(state=Vereinbarungszustand.ENTWURF)
                | Q(ausgefertigt_am__isnull=False, schreiben__isnull=False),
            ),
            models.CheckConstraint(
                name="zielvereinbarung_ruecklauf_gueltig",
                condition=Q(ruecklauf__in=["", *Ruecklaufweg.values]),
            ),
            models.CheckConstraint(
                name="zielvereinbarung_elektronisch_belegt",
                condition=~Q(ruecklauf__in=list(ELEKTRONISCH)) | Q(unterlage__isnull=False),
            ),
            models.CheckConstraint(
                name="zielvereinbarung_beide_unterschriften",
                condition=~Q(state=Vereinbarungszustand.UNTERZEICHNET)
                | Q(
                    unterzeichnet_person_am__isnull=False,
                    unterzeichnet_traeger_am__isnull=False,
                    unterzeichnet_traeger_von__isnull=False,
                    schreiben__isnull=False,
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="unterzeichnet_fest",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(
                    old__state__in=[
                        Vereinbarungszustand.UNTERZEICHNET.value,
                        Vereinbarungszustand.VERWORFEN.value,
                    ]
                ),
            ),
            pgtrigger.Protect(
                name="ausgefertigt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(
                    (Vereinbarungszustand.AUSGEFERTIGT.value,),
                    (
                        "persoenliches_budget",
                        "version",
                        "gueltig_ab",
                        "gueltig_bis",
                        "gespraech_monate",
                        "arbeitgebermodell",
                        "probe_bis",
                        "probe_gespraech_am",
                        "ausgefertigt_am",
                        "schreiben",
                    ),
                ),
            ),
            pgtrigger.Protect(
                name="nicht_loeschen",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=Vereinbarungszustand.AUSGEFERTIGT.value),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Zielvereinbarung, Version {self.version}"


@pghistory.track()
class Vereinbarungsinhalt(models.Model):
    """One content of the Zielvereinbarung; the key comes from `recht.inhalte`."""

    zielvereinbarung = models.ForeignKey(
        Zielvereinbarung,
        models.CASCADE,
        verbose_name="Zielvereinbarung",
        related_name="vereinbarungsinhalte",
    )
    schluessel = models.CharField("Inhalt", max_length=60)
    text = EncryptedTextField("Text", purpose="vereinbarungsinhalt.text", blank=True)
    vorschlag = EncryptedTextField(
        "zugrunde liegender Vorschlag",
        purpose="vereinbarungsinhalt.vorschlag",
        blank=True,
        default="",
        help_text="über dem der Text geschrieben wurde; leer bei Texten aus früheren Fassungen",
    )

    class Meta:
        verbose_name = "Vereinbarungsinhalt"
        verbose_name_plural = "Vereinbarungsinhalte"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="vereinbarungsinhalt_einmal", fields=["zielvereinbarung", "schluessel"]
            )
        ]
        triggers = [
            frozen_child(
                "budget_zielvereinbarung",
                "zielvereinbarung_id",
                (Vereinbarungszustand.ENTWURF.value,),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return self.schluessel


@pghistory.track()
class Vereinbarungsunterschrift(models.Model):
    """Somebody who has signed for the person, so that his right to do so can be looked at."""

    zielvereinbarung = models.ForeignKey(
        Zielvereinbarung,
        models.CASCADE,
        verbose_name="Zielvereinbarung",
        related_name="vereinbarungsunterschriften",
    )
    vertretung = models.ForeignKey(
        "cases.Vertretungsverhaeltnis",
        models.PROTECT,
        verbose_name="Vertretung",
        related_name="vereinbarungsunterschriften",
    )

    class Meta:
        verbose_name = "Unterschrift für die Person"
        verbose_name_plural = "Unterschriften für die Person"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="vereinbarungsunterschrift_einmal", fields=["zielvereinbarung", "vertretung"]
            )
        ]
        triggers = [
            frozen_child(
                "budget_zielvereinbarung",
                "zielvereinbarung_id",
                (Vereinbarungszustand.AUSGEFERTIGT.value,),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return str(self.vertretung)
