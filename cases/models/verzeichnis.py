"""The directory beside the Leistungsträger: providers with prices, doctors, courts, contacts."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from cases.models.anschriftwert import anschrift_checks
from cases.models.basis import choices_check
from cases.models.leistungstraeger import Leistungstraeger
from cases.models.verzeichniseintrag import (
    Verzeichniseintrag,
    kennzeichen_check,
    nicht_in_sich_check,
    zeitraum_check,
)
from recht.kataloge import LEBENSBEREICHE


@pghistory.track()
class Leistungserbringer(Verzeichniseintrag):
    """Who renders a Leistung (§ 123 SGB IX); what it offers and costs hangs below."""

    class Meta:
        verbose_name = "Leistungserbringer"
        verbose_name_plural = "Leistungserbringer"
        ordering = ["name", "id"]
        constraints = [
            *anschrift_checks("leistungserbringer"),
            zeitraum_check("leistungserbringer"),
            kennzeichen_check("leistungserbringer"),
            nicht_in_sich_check("leistungserbringer"),
        ]


class Stellenart(models.TextChoices):
    """Kinds of bodies that neither pay nor render a Leistung."""

    ARZT = "arzt", "Arztpraxis oder Klinik"
    BETREUUNGSGERICHT = "betreuungsgericht", "Betreuungsgericht"
    SOZIALGERICHT = "sozialgericht", "Sozialgericht"
    GUTACHTER = "gutachter", "Gutachterin oder Gutachter"
    BETREUUNGSBEHOERDE = "betreuungsbehoerde", "Betreuungsbehörde"
    GESUNDHEITSAMT = "gesundheitsamt", "Gesundheitsamt"
    SONSTIGE = "sonstige", "sonstige Stelle"


GERICHTE = (Stellenart.BETREUUNGSGERICHT, Stellenart.SOZIALGERICHT)


@pghistory.track()
class Stelle(Verzeichniseintrag):
    """A doctor, a court or another body that takes part in a case."""

    art = models.CharField("Art", max_length=30, choices=Stellenart.choices)
    fachrichtung = models.CharField("Fachrichtung", max_length=100, blank=True)

    class Meta:
        verbose_name = "Stelle"
        verbose_name_plural = "Stellen"
        ordering = ["name", "id"]
        constraints = [
            choices_check("stelle", "art", Stellenart),
            *anschrift_checks("stelle"),
            zeitraum_check("stelle"),
            kennzeichen_check("stelle"),
            nicht_in_sich_check("stelle"),
        ]


@pghistory.track()
class Ansprechperson(models.Model):
    """Whom one reaches at an entry, from when to when; belongs to exactly one entry."""

    leistungstraeger = models.ForeignKey(
        Leistungstraeger,
        models.PROTECT,
        verbose_name="Leistungsträger",
        related_name="ansprechpersonen",
        null=True,
        blank=True,
    )
    leistungserbringer = models.ForeignKey(
        Leistungserbringer,
        models.PROTECT,
        verbose_name="Leistungserbringer",
        related_name="ansprechpersonen",
        null=True,
        blank=True,
    )
    stelle = models.ForeignKey(
        Stelle,
        models.PROTECT,
        verbose_name="Stelle",
        related_name="ansprechpersonen",
        null=True,
        blank=True,
    )
    name = models.CharField("Name", max_length=150)
    funktion = models.CharField("Aufgabe", max_length=150, blank=True)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    gueltig_ab = models.DateField("gültig ab", null=True, blank=True)
    gueltig_bis = models.DateField("gültig bis", null=True, blank=True)

    class Meta:
        verbose_name = "Ansprechperson"
        verbose_name_plural = "Ansprechpersonen"
        ordering = ["name", "id"]
        constraints = [
            zeitraum_check("ansprechperson"),
            models.CheckConstraint(
                name="ansprechperson_bei_genau_einem",
                condition=Q(
                    leistungstraeger__isnull=False,
                    leistungserbringer__isnull=True,
                    stelle__isnull=True,
                )
                | Q(
                    leistungstraeger__isnull=True,
                    leistungserbringer__isnull=False,
                    stelle__isnull=True,
                )
                | Q(
                    leistungstraeger__isnull=True,
                    leistungserbringer__isnull=True,
                    stelle__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Angebot(models.Model):
    """A service of a Leistungserbringer.

    `leistungsgruppe` and `leistungstyp` are keys of the catalogues in `recht.kataloge`: a key
    carries its Rechtsstand, a bare number of § 5 SGB IX would change its meaning.
    """

    leistungserbringer = models.ForeignKey(
        Leistungserbringer,
        models.PROTECT,
        verbose_name="Leistungserbringer",
        related_name="angebote",
    )
    name = models.CharField("Bezeichnung", max_length=200)
    leistungsgruppe = models.CharField("Leistungsgruppe", max_length=60)
    leistungstyp = models.CharField("Leistung", max_length=60, blank=True)
    lebensbereiche = ArrayField(
        models.CharField(max_length=2), verbose_name="Lebensbereiche", default=list, blank=True
    )
    ort = models.CharField("Ort der Leistung", max_length=100, blank=True)
    gueltig_ab = models.DateField("gültig ab", null=True, blank=True)
    gueltig_bis = models.DateField("gültig bis", null=True, blank=True)

    class Meta:
        verbose_name = "Angebot"
        verbose_name_plural = "Angebote"
        ordering = ["name", "id"]
        constraints = [
            zeitraum_check("angebot"),
            models.CheckConstraint(
                name="angebot_lebensbereiche_gueltig",
                condition=Q(lebensbereiche__contained_by=[b.code for b in LEBENSBEREICHE]),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Preiseinheit(models.TextChoices):
    """For what a price is paid."""

    FACHLEISTUNGSSTUNDE = "fachleistungsstunde", "Fachleistungsstunde"
    STUNDE = "stunde", "Stunde"
    TAG = "tag", "Tag"
    BELEGUNGSTAG = "belegungstag", "Belegungstag"
    WOCHE = "woche", "Woche"
    MONAT = "monat", "Monat"
    FAHRT = "fahrt", "Fahrt"
    KILOMETER = "kilometer", "Kilometer"
    PAUSCHALE = "pauschale", "einmalige Pauschale"


@pghistory.track()
class Preis(models.Model):
    """What an Angebot costs from when to when; a new price never overwrites an old one."""

    angebot = models.ForeignKey(
        Angebot, models.PROTECT, verbose_name="Angebot", related_name="preise"
    )
    betrag = models.DecimalField("Betrag", max_digits=10, decimal_places=2)
    einheit = models.CharField("Einheit", max_length=30, choices=Preiseinheit.choices)
    vereinbarung = models.CharField("Vereinbarung", max_length=200)
    gueltig_ab = models.DateField("gültig ab")
    gueltig_bis = models.DateField("gültig bis", null=True, blank=True)

    class Meta:
        verbose_name = "Preis"
        verbose_name_plural = "Preise"
        ordering = ["-gueltig_ab", "einheit"]
        constraints = [
            choices_check("preis", "einheit", Preiseinheit),
            zeitraum_check("preis"),
            models.CheckConstraint(name="preis_ueber_null", condition=Q(betrag__gt=0)),
            ExclusionConstraint(
                name="preis_ohne_ueberschneidung",
                expressions=[
                    ("angebot", RangeOperators.EQUAL),
                    ("einheit", RangeOperators.EQUAL),
                    (
                        Func(
                            F("gueltig_ab"),
                            F("gueltig_bis"),
                            models.Value("[]"),
                            function="daterange",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.betrag} EUR je {self.get_einheit_display()} ab {self.gueltig_ab:%d.%m.%Y}"
