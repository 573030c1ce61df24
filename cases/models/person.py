"""The person whom the help is for."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check


class Anrede(models.TextChoices):
    """How a letter addresses somebody."""

    FRAU = "frau", "Frau"
    HERR = "herr", "Herr"
    OHNE = "ohne", "ohne Anrede"


class Behinderungsart(models.TextChoices):
    """Leading kind of disability (§ 99 SGB IX, KVJS-Richtwerte)."""

    KOERPERLICH = "koerperlich", "körperlich"
    GEISTIG = "geistig", "geistig"
    SEELISCH = "seelisch", "seelisch"
    SINNES = "sinnes", "Sinnesbehinderung"
    UNBEKANNT = "unbekannt", "noch nicht festgestellt"


class BarrierefreiesFormat(models.TextChoices):
    """In which form letters are wished (§ 10 BGG, § 17 Abs. 2a SGB I)."""

    KEIN = "kein", "kein besonderes Format"
    GROSSDRUCK = "grossdruck", "Großdruck"
    BRAILLE = "braille", "Braille"
    PDF_UA = "pdf_ua", "barrierefreies PDF"
    AUDIO = "audio", "Audio"
    LEICHTE_SPRACHE = "leichte_sprache", "Erläuterung in Leichter Sprache"
    DGS = "dgs", "Deutsche Gebärdensprache"


@pghistory.track()
class LeistungsberechtigtePerson(models.Model):
    """The leistungsberechtigte Person (§ 99 SGB IX); one row per human being."""

    anrede = models.CharField("Anrede", max_length=10, choices=Anrede.choices)
    vorname = models.CharField("Vorname", max_length=100)
    nachname = models.CharField("Nachname", max_length=100)
    geburtsdatum = models.DateField("Geburtsdatum")
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    email_zugang_seit = models.DateField(
        "E-Mail-Zugang eröffnet am",
        null=True,
        blank=True,
        help_text="Ohne eröffneten Zugang geht ein Bescheid nur per Post (§ 36a Abs. 1 SGB I).",
    )
    iban = EncryptedTextField("IBAN", purpose="person.iban", blank=True, default="")
    behinderungsart = models.CharField(
        "vorrangige Behinderungsart",
        max_length=20,
        choices=Behinderungsart.choices,
        default=Behinderungsart.UNBEKANNT,
    )
    hilfebedarfsgruppe = models.PositiveSmallIntegerField(
        "Hilfebedarfsgruppe", null=True, blank=True
    )
    barrierefreies_format = models.CharField(
        "barrierefreies Format",
        max_length=20,
        choices=BarrierefreiesFormat.choices,
        default=BarrierefreiesFormat.KEIN,
    )

    class Meta:
        verbose_name = "leistungsberechtigte Person"
        verbose_name_plural = "leistungsberechtigte Personen"
        ordering = ["nachname", "vorname"]
        constraints = [
            choices_check("person", "anrede", Anrede),
            choices_check("person", "behinderungsart", Behinderungsart),
            choices_check("person", "barrierefreies_format", BarrierefreiesFormat),
            models.CheckConstraint(
                name="person_hbg_1_bis_5",
                condition=Q(hilfebedarfsgruppe__isnull=True) | Q(hilfebedarfsgruppe__range=(1, 5)),
            ),
        ]
        indexes = [
            models.Index(fields=["geburtsdatum"], name="person_geburtsdatum"),
            GinIndex(fields=["nachname"], name="person_nachname_trgm", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["vorname"], name="person_vorname_trgm", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.nachname}, {self.vorname}"

    @property
    def voller_name(self) -> str:
        """Return first and last name as in an address."""
        return f"{self.vorname} {self.nachname}"

    @property
    def briefanrede(self) -> str:
        """Return the salutation of a letter, without a comma."""
        if self.anrede == Anrede.FRAU:
            return f"Sehr geehrte Frau {self.nachname}"
        if self.anrede == Anrede.HERR:
            return f"Sehr geehrter Herr {self.nachname}"
        return f"Guten Tag {self.voller_name}"


@pghistory.track()
class Anschrift(models.Model):
    """Where the person lived from when to when; periods never overlap."""

    leistungsberechtigte_person = models.ForeignKey(
        LeistungsberechtigtePerson,
        models.CASCADE,
        verbose_name="Person",
        related_name="anschriften",
    )
    zusatz = models.CharField("Zusatz (c/o)", max_length=100, blank=True)
    strasse = models.CharField("Straße und Hausnummer", max_length=200)
    plz = models.CharField("Postleitzahl", max_length=10)
    ort = models.CharField("Ort", max_length=100)
    gueltig_ab = models.DateField("gültig ab")
    gueltig_bis = models.DateField("gültig bis", null=True, blank=True)

    class Meta:
        verbose_name = "Anschrift"
        verbose_name_plural = "Anschriften"
        ordering = ["-gueltig_ab"]
        constraints = [
            models.CheckConstraint(
                name="anschrift_ende_nach_beginn",
                condition=Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=F("gueltig_ab")),
            ),
            ExclusionConstraint(
                name="anschrift_ohne_ueberschneidung",
                expressions=[
                    ("leistungsberechtigte_person", RangeOperators.EQUAL),
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
        return f"{self.strasse}, {self.plz} {self.ort}"

    def zeilen(self) -> list[str]:
        """Return the address lines below the name, as the window of an envelope needs them."""
        zusatz = [self.zusatz] if self.zusatz else []
        return [*zusatz, self.strasse, f"{self.plz} {self.ort}"]
