"""The person whom the help is for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from cases.crypto import EncryptedTextField
from cases.laut import Laut
from cases.models.basis import choices_check
from cases.models.personenangabe import (
    Bankverbindung,
    Personenangabe,
    Unbekanntgrund,
    blank_or_choice,
    no_overlap,
)

AngabeT = TypeVar("AngabeT", bound=Personenangabe)


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


class Verstaendigung(models.TextChoices):
    """What a conversation needs (§ 17 Abs. 2 SGB I, § 19 SGB X)."""

    OHNE = "ohne", "keine Unterstützung nötig"
    DGS = "dgs", "Dolmetschen in Deutscher Gebärdensprache"
    LBG = "lbg", "lautsprachbegleitende Gebärden"
    SCHRIFT = "schrift", "Schriftdolmetschen"
    TAUBBLIND = "taubblind", "Taubblindenassistenz oder Lormen"
    SPRACHE = "sprache", "Dolmetschen in eine andere Sprache"
    LEICHTE_SPRACHE = "leichte_sprache", "Gespräch in Leichter Sprache"
    UNTERSTUETZT = "unterstuetzt", "Unterstützte Kommunikation"


class Entschaedigung(models.TextChoices):
    """Whether somebody has a claim to Soziale Entschädigung (to 2023: BVG)."""

    UNBEKANNT = "unbekannt", "noch nicht erfragt"
    JA = "ja", "ja"
    NEIN = "nein", "nein"


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
    behinderungsart = models.CharField(
        "vorrangige Behinderungsart",
        max_length=20,
        choices=Behinderungsart.choices,
        default=Behinderungsart.UNBEKANNT,
    )
    weitere_behinderungsarten = ArrayField(
        models.CharField(max_length=20),
        verbose_name="weitere Behinderungsarten",
        default=list,
        blank=True,
    )
    barrierefreies_format = models.CharField(
        "barrierefreies Format",
        max_length=20,
        choices=BarrierefreiesFormat.choices,
        default=BarrierefreiesFormat.KEIN,
    )
    sprache = models.CharField("Sprache", max_length=60, default="Deutsch")
    verstaendigung = models.CharField(
        "Verständigung",
        max_length=20,
        choices=Verstaendigung.choices,
        default=Verstaendigung.OHNE,
    )
    rentenversicherungsnummer = EncryptedTextField(
        "Rentenversicherungsnummer",
        purpose="person.rentenversicherungsnummer",
        blank=True,
        default="",
    )
    rentenversicherungsnummer_unbekannt = models.CharField(
        "Rentenversicherungsnummer unbekannt, weil",
        max_length=20,
        choices=Unbekanntgrund.choices,
        blank=True,
        default="",
    )
    soziale_entschaedigung = models.CharField(
        "Anspruch auf Soziale Entschädigung",
        max_length=20,
        choices=Entschaedigung.choices,
        default=Entschaedigung.UNBEKANNT,
    )

    class Meta:
        verbose_name = "leistungsberechtigte Person"
        verbose_name_plural = "leistungsberechtigte Personen"
        ordering = ["nachname", "vorname"]
        constraints = [
            choices_check("person", "anrede", Anrede),
            choices_check("person", "behinderungsart", Behinderungsart),
            choices_check("person", "barrierefreies_format", BarrierefreiesFormat),
            choices_check("person", "verstaendigung", Verstaendigung),
            choices_check("person", "soziale_entschaedigung", Entschaedigung),
            blank_or_choice("person", "rentenversicherungsnummer_unbekannt", Unbekanntgrund),
            models.CheckConstraint(
                name="person_weitere_behinderungsarten_gueltig",
                condition=Q(
                    weitere_behinderungsarten__contained_by=[
                        wert for wert in Behinderungsart.values if wert != "unbekannt"
                    ]
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["geburtsdatum"], name="person_geburtsdatum"),
            GinIndex(fields=["nachname"], name="person_nachname_trgm", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["vorname"], name="person_vorname_trgm", opclasses=["gin_trgm_ops"]),
            models.Index(Laut("nachname"), name="person_nachname_laut"),
            models.Index(Laut("vorname"), name="person_vorname_laut"),
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

    # Facts of a day, read from rows that may have been fetched beforehand.

    def anschrift_am(self, stichtag: date) -> Anschrift | None:
        """Return where the person lives on the day."""
        return angabe_am(self.anschriften.all(), stichtag)

    def bankverbindung_am(self, stichtag: date) -> Bankverbindung | None:
        """Return the account to which money goes on the day."""
        return angabe_am(self.bankverbindungen.all(), stichtag)

    def iban_am(self, stichtag: date) -> str:
        """Return the IBAN of the account that holds on the day, empty when there is none."""
        konto = self.bankverbindung_am(stichtag)
        return konto.iban if konto else ""

    def hilfebedarfsgruppe_am(self, stichtag: date) -> int | None:
        """Return the Hilfebedarfsgruppe of the day; None when unknown or not entered."""
        zeile = angabe_am(self.hilfebedarfseinstufungen.all(), stichtag)
        return zeile.hilfebedarfsgruppe if zeile else None


def angabe_am(zeilen: Iterable[AngabeT], stichtag: date) -> AngabeT | None:
    """Return the row that holds on the day."""
    return next((zeile for zeile in zeilen if zeile.gilt_am(stichtag)), None)


@pghistory.track()
class Anschrift(Personenangabe):
    """Where the person lived from when to when; periods never overlap."""

    zweck = "Dorthin gehen Schreiben; der gewöhnliche Aufenthalt bestimmt die Zuständigkeit."
    norm = "§ 98 Abs. 1 SGB IX, § 37 SGB X, § 67a Abs. 1 SGB X"

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

    class Meta(Personenangabe.Meta):
        verbose_name = "Anschrift"
        verbose_name_plural = "Anschriften"
        ordering = ["-gueltig_ab"]
        constraints = no_overlap("anschrift")

    def __str__(self) -> str:
        return f"{self.strasse}, {self.plz} {self.ort}"

    def zeilen(self) -> list[str]:
        """Return the address lines below the name, as the window of an envelope needs them."""
        zusatz = [self.zusatz] if self.zusatz else []
        return [*zusatz, self.strasse, f"{self.plz} {self.ort}"]
