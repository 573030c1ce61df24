"""Consents to hand data on, and their withdrawals (§ 67b Abs. 2 SGB X): rows are only added."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedJSONField, EncryptedTextField
from cases.models.basis import append_only, choices_check
from cases.models.leistungstraeger import Leistungstraeger
from cases.models.verzeichnis import Leistungserbringer, Stelle
from cases.models.verzeichniseintrag import Verzeichniseintrag

# An entry of the directory or, for somebody who stands in none, the name.
Empfaenger = Leistungstraeger | Leistungserbringer | Stelle | str


class Einwilligungsteil(models.TextChoices):
    """The parts of a file that somebody may consent to hand on."""

    ANTRAG = "antrag", "Antrag"
    BEDARF = "bedarf", "Ergebnis der Bedarfsermittlung"
    GESAMTPLAN = "gesamtplan", "Gesamtplan"
    ZIELVEREINBARUNG = "zielvereinbarung", "Zielvereinbarung"
    BESCHEID = "bescheid", "Bescheid"
    GUTACHTEN = "gutachten", "Gutachten und ärztliche Befunde"
    BERICHTE = "berichte", "Entwicklungs- und Verlaufsberichte"
    PFLEGE = "pflege", "Angaben zu Pflegegrad und Pflegeleistungen"
    GESPRAECH = "gespraech", "Teilnahme an Gesprächen und Konferenzen"


class Empfaengerart(models.TextChoices):
    """To what kind of body data may go."""

    LEISTUNGSTRAEGER = "leistungstraeger", "Leistungsträger"
    LEISTUNGSERBRINGER = "leistungserbringer", "Leistungserbringer"
    STELLE = "stelle", "Arztpraxis, Klinik oder andere Stelle"
    SONSTIGE = "sonstige", "andere Person oder Stelle"


class Einwilligungsform(models.TextChoices):
    """In which form it was declared; nothing else is enough for health data."""

    SCHRIFTLICH = "schriftlich", "schriftlich"
    ELEKTRONISCH = "elektronisch", "elektronisch"


class Erklaerender(models.TextChoices):
    """Who declares: the person or somebody who may act for her (§ 13 SGB X)."""

    PERSON = "person", "die Person selbst"
    VERTRETUNG = "vertretung", "Vertretung (Betreuung, Vollmacht, Eltern)"


def empfaenger_schluessel(empfaenger: Empfaenger) -> str:
    """Return the key by which a consent finds its recipient again."""
    if isinstance(empfaenger, Verzeichniseintrag):
        return f"{empfaenger._meta.model_name}:{empfaenger.pk}"
    return f"name:{' '.join(empfaenger.split()).casefold()}"


class EinwilligungQuerySet(models.QuerySet["Einwilligung"]):
    """Reads that services and guards share."""

    def wirksam_am(self, stichtag: date) -> Self:
        """Return consents that hold on the day: given, begun, not ended, not withdrawn."""
        return self.filter(
            Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=stichtag),
            Q(widerruf__isnull=True) | Q(widerruf__erklaert_am__gt=stichtag),
            erteilt_am__lte=stichtag,
            gueltig_ab__lte=stichtag,
        )

    def fuer(self, case_id: int, schluessel: Iterable[str], teil: str) -> Self:
        """Return the consents of a case to hand one part to one recipient."""
        return self.filter(
            case_id=case_id, empfaenger_schluessel__in=list(schluessel), teile__contains=[teil]
        )


class Einwilligung(models.Model):
    """One declared consent. Never changed, never deleted; its end is a row of its own.

    The recipient is kept with name and address as declared; the purpose is stored encrypted.
    """

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="einwilligungen"
    )
    erklaert_durch = models.CharField(
        "erklärt durch", max_length=20, choices=Erklaerender.choices, default=Erklaerender.PERSON
    )
    vertreten_durch = models.CharField("Name der Vertretung", max_length=200, blank=True)
    empfaengerart = models.CharField("Empfänger", max_length=20, choices=Empfaengerart.choices)
    empfaenger_schluessel = models.CharField("Kennung des Empfängers", max_length=260)
    empfaenger_name = models.CharField("Name des Empfängers", max_length=200)
    empfaenger_anschrift = models.JSONField("Anschrift des Empfängers", default=list)
    teile = ArrayField(models.CharField(max_length=30), verbose_name="Teile der Akte")
    zweck = EncryptedTextField("Zweck", purpose="einwilligung.zweck")
    fassung = models.CharField("Fassung des Wortlauts", max_length=40)
    wortlaut = EncryptedJSONField(
        "Wortlaut", purpose="einwilligung.wortlaut", liste=True, default=list
    )
    form = models.CharField("Form", max_length=20, choices=Einwilligungsform.choices)
    unterlage = models.ForeignKey(
        "cases.Unterlage",
        models.PROTECT,
        verbose_name="Scan",
        null=True,
        blank=True,
        related_name="einwilligungen",
    )
    erteilt_am = models.DateField("erteilt am")
    gueltig_ab = models.DateField("gültig ab")
    gueltig_bis = models.DateField("gültig bis", null=True, blank=True)
    eingetragen_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="eingetragen von", related_name="+"
    )
    erstellt = models.DateTimeField("erstellt", auto_now_add=True)

    objects = EinwilligungQuerySet.as_manager()

    class Meta:
        verbose_name = "Einwilligung"
        verbose_name_plural = "Einwilligungen"
        ordering = ["-erteilt_am", "-id"]
        triggers = append_only()
        indexes = [GinIndex(fields=["teile"], name="einwilligung_teile")]
        constraints = [
            choices_check("einwilligung", "erklaert_durch", Erklaerender),
            choices_check("einwilligung", "empfaengerart", Empfaengerart),
            choices_check("einwilligung", "form", Einwilligungsform),
            models.CheckConstraint(
                name="einwilligung_teile_gueltig",
                condition=Q(teile__contained_by=list(Einwilligungsteil.values))
                & Q(teile__len__gt=0),
            ),
            models.CheckConstraint(
                name="einwilligung_ende_nach_beginn",
                condition=Q(gueltig_ab__gte=F("erteilt_am"))
                & (Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=F("gueltig_ab"))),
            ),
            models.CheckConstraint(
                name="einwilligung_vertretung_mit_namen",
                condition=~Q(erklaert_durch=Erklaerender.VERTRETUNG) | ~Q(vertreten_durch=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Einwilligung vom {self.erteilt_am:%d.%m.%Y} für {self.empfaenger_name}"

    @property
    def teile_text(self) -> list[str]:
        """Return the parts as words."""
        return [str(Einwilligungsteil(teil).label) for teil in self.teile]

    @property
    def briefzeilen(self) -> list[str]:
        """Return name and address of the recipient as declared; no address, no letter."""
        return [self.empfaenger_name, *self.empfaenger_anschrift]


class Einwilligungswiderruf(models.Model):
    """The withdrawal of one consent; it works from the day on which it was declared."""

    einwilligung = models.OneToOneField(
        Einwilligung, models.PROTECT, verbose_name="Einwilligung", related_name="widerruf"
    )
    erklaert_am = models.DateField("widerrufen am")
    erklaert_durch = models.CharField(
        "widerrufen durch", max_length=20, choices=Erklaerender.choices
    )
    vertreten_durch = models.CharField("Name der Vertretung", max_length=200, blank=True)
    weg = models.CharField("wie erklärt", max_length=200)
    vermerkt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="vermerkt von", related_name="+"
    )
    erstellt = models.DateTimeField("erstellt", auto_now_add=True)

    class Meta:
        verbose_name = "Widerruf einer Einwilligung"
        verbose_name_plural = "Widerrufe von Einwilligungen"
        ordering = ["-id"]
        triggers = append_only()
        constraints = [choices_check("einwilligungswiderruf", "erklaert_durch", Erklaerender)]

    def __str__(self) -> str:
        return f"Widerruf vom {self.erklaert_am:%d.%m.%Y}"
