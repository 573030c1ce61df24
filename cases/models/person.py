"""The person whom the help is for."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from cases.crypto import BlindIndexField, EncryptedTextField, WithFingerprint
from cases.laut import Laut
from cases.models.anschriftwert import MitAnschrift, anschrift_checks
from cases.models.bankverbindung import Bankverbindung
from cases.models.basis import choices_check
from cases.models.personenangabe import (
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


class Geburtsgenauigkeit(models.TextChoices):
    """How much of the day of birth is known; what is not known stands as the first day."""

    TAG = "tag", "Tag, Monat und Jahr"
    MONAT = "monat", "nur Monat und Jahr"
    JAHR = "jahr", "nur das Jahr"


class Todesquelle(models.TextChoices):
    """How the death became known."""

    STERBEURKUNDE = "sterbeurkunde", "Sterbeurkunde"
    MELDEREGISTER = "melderegister", "Mitteilung der Meldebehörde"
    GERICHT = "gericht", "Nachlass- oder Betreuungsgericht"
    VERTRETUNG = "vertretung", "Vertretung oder Angehörige"
    EINRICHTUNG = "einrichtung", "Leistungserbringer oder Klinik"
    SONSTIGE = "sonstige", "andere Quelle"


class Familienstand(models.TextChoices):
    """Marital status, as far as it decides about the Beitrag (§ 136 SGB IX)."""

    LEDIG = "ledig", "ledig"
    VERHEIRATET = "verheiratet", "verheiratet oder in Lebenspartnerschaft"
    GETRENNT = "getrennt", "getrennt lebend"
    GESCHIEDEN = "geschieden", "geschieden oder Lebenspartnerschaft aufgehoben"
    VERWITWET = "verwitwet", "verwitwet"


class Aufenthalt(models.TextChoices):
    """The right to stay of somebody without German citizenship (§ 100 SGB IX)."""

    FREIZUEGIG = "freizuegig", "freizügig (EU, EWR, Schweiz)"
    NIEDERLASSUNG = "niederlassung", "Niederlassungserlaubnis oder Daueraufenthalt-EU"
    BEFRISTET = "befristet", "befristeter Aufenthaltstitel"
    GESTATTUNG = "gestattung", "Aufenthaltsgestattung"
    DULDUNG = "duldung", "Duldung"
    OFFEN = "offen", "in Klärung"


class Anschriftzweck(models.TextChoices):
    """Whether somebody lives at an address or only has the post sent there."""

    WOHNUNG = "wohnung", "Wohnanschrift"
    POST = "post", "abweichende Anschrift für Post"


class Entschaedigung(models.TextChoices):
    """Whether somebody has a claim to Soziale Entschädigung (to 2023: BVG)."""

    UNBEKANNT = "unbekannt", "noch nicht erfragt"
    JA = "ja", "ja"
    NEIN = "nein", "nein"


@pghistory.track()
class LeistungsberechtigtePerson(WithFingerprint):
    """The leistungsberechtigte Person (§ 99 SGB IX); one row per human being."""

    anrede = models.CharField("Anrede", max_length=10, choices=Anrede.choices)
    titel = models.CharField("Titel", max_length=60, blank=True, default="")
    vorname = models.CharField("Vorname", max_length=100, blank=True)
    nachname = models.CharField("Nachname", max_length=100)
    rufname = models.CharField("Rufname", max_length=100, blank=True, default="")
    geburtsname = models.CharField("Geburtsname", max_length=100, blank=True, default="")
    geburtsdatum = models.DateField("Geburtsdatum")
    geburt_genau = models.CharField(
        "vom Geburtsdatum bekannt",
        max_length=10,
        choices=Geburtsgenauigkeit.choices,
        default=Geburtsgenauigkeit.TAG,
    )
    geburtsort = models.CharField("Geburtsort", max_length=100, blank=True, default="")
    familienstand = models.CharField(
        "Familienstand", max_length=20, choices=Familienstand.choices, blank=True, default=""
    )
    staatsangehoerigkeit = models.CharField(
        "Staatsangehörigkeit", max_length=2, blank=True, default=""
    )
    aufenthalt = models.CharField(
        "Aufenthaltsrecht", max_length=20, choices=Aufenthalt.choices, blank=True, default=""
    )
    aufenthalt_bis = models.DateField("Aufenthaltsrecht gültig bis", null=True, blank=True)
    verstorben_am = models.DateField("verstorben am", null=True, blank=True)
    verstorben_quelle = models.CharField(
        "Tod bekannt durch", max_length=20, choices=Todesquelle.choices, blank=True, default=""
    )
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
    rentenversicherungsnummer_abdruck = BlindIndexField(
        "Abdruck der Rentenversicherungsnummer",
        of="rentenversicherungsnummer",
        purpose="person.rentenversicherungsnummer",
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

    geschaeftsunfaehig_seit = models.DateField("Geschäftsunfähigkeit seit", null=True, blank=True)
    geschaeftsunfaehig_quelle = EncryptedTextField(
        "Geschäftsunfähigkeit festgestellt durch",
        purpose="person.geschaeftsunfaehig_quelle",
        blank=True,
        default="",
    )

    class Meta:
        verbose_name = "leistungsberechtigte Person"
        verbose_name_plural = "leistungsberechtigte Personen"
        ordering = ["nachname", "vorname"]
        constraints = [
            choices_check("person", "anrede", Anrede),
            choices_check("person", "geburt_genau", Geburtsgenauigkeit),
            blank_or_choice("person", "familienstand", Familienstand),
            blank_or_choice("person", "aufenthalt", Aufenthalt),
            models.CheckConstraint(
                name="person_staatsangehoerigkeit_gueltig",
                condition=Q(staatsangehoerigkeit__regex=r"^([A-Z]{2})?$"),
            ),
            models.CheckConstraint(
                name="person_verstorben_mit_quelle",
                condition=Q(verstorben_am__isnull=True, verstorben_quelle="")
                | Q(verstorben_am__isnull=False, verstorben_quelle__in=Todesquelle.values),
            ),
            choices_check("person", "behinderungsart", Behinderungsart),
            choices_check("person", "barrierefreies_format", BarrierefreiesFormat),
            choices_check("person", "verstaendigung", Verstaendigung),
            choices_check("person", "soziale_entschaedigung", Entschaedigung),
            models.CheckConstraint(
                name="person_geschaeftsunfaehig_mit_quelle",
                condition=Q(geschaeftsunfaehig_seit__isnull=True, geschaeftsunfaehig_quelle="")
                | (Q(geschaeftsunfaehig_seit__isnull=False) & ~Q(geschaeftsunfaehig_quelle="")),
            ),
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
        return ", ".join(teil for teil in (self.nachname, self.vorname) if teil)

    @property
    def voller_name(self) -> str:
        """Return first and last name; of a person with one name this one."""
        return f"{self.vorname} {self.nachname}".strip()

    @property
    def wuenscht_einfache_sprache(self) -> bool:
        """Tell whether decisions are explained in plain words (§ 17 Abs. 2a SGB I, § 10 BGG)."""
        return (
            self.barrierefreies_format == BarrierefreiesFormat.LEICHTE_SPRACHE
            or self.verstaendigung == Verstaendigung.LEICHTE_SPRACHE
        )

    @property
    def geburt_spaetestens(self) -> date:
        """Return the last day on which the person can have been born."""
        if self.geburt_genau == Geburtsgenauigkeit.JAHR:
            return self.geburtsdatum.replace(month=12, day=31)
        if self.geburt_genau == Geburtsgenauigkeit.MONAT:
            monat = self.geburtsdatum.month
            letzter = calendar.monthrange(self.geburtsdatum.year, monat)[1]
            return self.geburtsdatum.replace(day=letzter)
        return self.geburtsdatum

    @property
    def geburt(self) -> str:
        """Return what is known of the day of birth as ISO: a day, a month or a year."""
        laenge = {Geburtsgenauigkeit.JAHR: 4, Geburtsgenauigkeit.MONAT: 7}
        return self.geburtsdatum.isoformat()[: laenge.get(self.geburt_genau, 10)]  # type: ignore[call-overload]  # a text of the choices

    @property
    def briefname(self) -> str:
        """Return the name as in an address, with the title."""
        return f"{self.titel} {self.voller_name}".strip()

    @property
    def briefanrede(self) -> str:
        """Return the salutation of a letter, without a comma."""
        if self.anrede == Anrede.FRAU:
            return f"Sehr geehrte Frau {self.titel} {self.nachname}".replace("  ", " ")
        if self.anrede == Anrede.HERR:
            return f"Sehr geehrter Herr {self.titel} {self.nachname}".replace("  ", " ")
        return f"Guten Tag {self.voller_name}"

    # Facts of a day, read from rows that may have been fetched beforehand.

    def anschrift_am(self, stichtag: date) -> Anschrift | None:
        """Return where the person lives on the day."""
        return self._anschrift(stichtag, Anschriftzweck.WOHNUNG)

    def postanschrift_am(self, stichtag: date) -> Anschrift | None:
        """Return where letters go on the day: where she wants her post, else where she lives."""
        post = self._anschrift(stichtag, Anschriftzweck.POST)
        return post or self.anschrift_am(stichtag)

    def _anschrift(self, stichtag: date, zweck: Anschriftzweck) -> Anschrift | None:
        rows = (row for row in self.anschriften.all() if row.verwendung == zweck)
        return angabe_am(rows, stichtag)

    def verstorben(self, stichtag: date) -> bool:
        """Tell whether the person had died by the day."""
        return self.verstorben_am is not None and self.verstorben_am <= stichtag

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
class Anschrift(MitAnschrift, Personenangabe):
    """Where the person lived or got her post from when to when; of a kind, one at a time."""

    zweck = "Dorthin gehen Schreiben; der gewöhnliche Aufenthalt bestimmt die Zuständigkeit."
    norm = "§ 98 Abs. 1 SGB IX, § 37 SGB X, § 67a Abs. 1 SGB X"

    leistungsberechtigte_person = models.ForeignKey(
        LeistungsberechtigtePerson,
        models.CASCADE,
        verbose_name="Person",
        related_name="anschriften",
    )
    verwendung = models.CharField(
        "Verwendung",
        max_length=10,
        choices=Anschriftzweck.choices,
        default=Anschriftzweck.WOHNUNG,
    )
    gemeindeschluessel = models.CharField(
        "Gemeindeschlüssel (AGS)", max_length=8, blank=True, default=""
    )

    class Meta(Personenangabe.Meta):
        verbose_name = "Anschrift"
        verbose_name_plural = "Anschriften"
        ordering = ["-gueltig_ab"]
        constraints = [
            *no_overlap("anschrift", gleich=("verwendung",)),
            *anschrift_checks("anschrift"),
            choices_check("anschrift", "verwendung", Anschriftzweck),
            models.CheckConstraint(
                name="anschrift_gemeindeschluessel_gueltig",
                condition=Q(gemeindeschluessel__regex=r"^([0-9]{8})?$"),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.zeilen())

    def zeilen(self) -> list[str]:
        """Return the address lines below the name, as the window of an envelope needs them."""
        return self.anschriftzeilen()
