"""Who stands by or for the person: Vertretung with its Aufgabenkreise, relatives, household."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat

from cases.crypto import EncryptedTextField
from cases.laut import Suchform
from cases.models.anschriftwert import MitAnschrift, anschrift_checks
from cases.models.basis import choices_check
from cases.models.person import Anrede
from cases.models.personenangabe import Personenangabe, ends_after_begin, of_person
from recht.adressat import Vertretung, Vertretungsart


class Vertretungsform(models.TextChoices):
    """In which capacity somebody acts; words of `recht.adressat.Vertretungsart`."""

    BETREUUNG = Vertretungsart.BETREUUNG.value, "rechtliche Betreuung"
    VOLLMACHT = Vertretungsart.VOLLMACHT.value, "Vollmacht"
    ELTERN = Vertretungsart.ELTERN.value, "Elternteil mit Sorgerecht"
    VORMUND = Vertretungsart.VORMUND.value, "Vormundschaft oder Pflegschaft"
    VERFAHRENSBEISTAND = Vertretungsart.VERFAHRENSBEISTAND.value, "Verfahrensbeistand"
    VERTRAUENSPERSON = Vertretungsart.VERTRAUENSPERSON.value, "Vertrauensperson (§ 117 SGB IX)"
    BEISTAND = Vertretungsart.BEISTAND.value, "Beistand (§ 13 Abs. 4 SGB X)"
    ERBE = Vertretungsart.ERBE.value, "Erbin, Erbe oder Nachlasspflegschaft (§§ 1922, 1960 BGB)"


class Aufgabenkreis(models.TextChoices):
    """For what somebody may act (§ 1815 BGB); words of `recht.adressat`."""

    ALLE = "alle", "alle Angelegenheiten"
    BEHOERDEN = "behoerden", "Vertretung gegenüber Behörden und Sozialleistungsträgern"
    VERMOEGEN = "vermoegen", "Vermögenssorge"
    GESUNDHEIT = "gesundheit", "Gesundheitssorge"
    WOHNEN = "wohnen", "Wohnungsangelegenheiten"
    AUFENTHALT = "aufenthalt", "Aufenthaltsbestimmung"
    POST = "post", "Entgegennahme und Öffnen der Post"
    SONSTIGE = "sonstige", "andere Angelegenheiten"


class Beziehung(models.TextChoices):
    """How somebody is close to the person."""

    PARTNER = "partner", "Ehe- oder Lebenspartnerin, Ehe- oder Lebenspartner"
    ELTERNTEIL = "elternteil", "Mutter oder Vater"
    KIND = "kind", "Kind"
    GESCHWISTER = "geschwister", "Schwester oder Bruder"
    ANGEHOERIGE = "angehoerige", "andere Angehörige"
    FREUND = "freund", "Freundin, Freund, Nachbarschaft"
    MITBEWOHNER = "mitbewohner", "wohnt in derselben Wohnung"
    SONSTIGE = "sonstige", "andere Bezugsperson"


def wer() -> Suchform:
    """Return who represents in the form in which names are compared: names and body."""
    return Suchform(
        Concat(
            "vorname",
            Value(" "),
            "nachname",
            Value(" "),
            "organisation",
            output_field=models.TextField(),
        )
    )


@pghistory.track()
class Vertretungsverhaeltnis(MitAnschrift, Personenangabe):
    """Somebody who acts for or stands by the person (§ 13 SGB X); several may hold at once."""

    zweck = "Wer vertreten darf, bekommt die Schreiben und wird beteiligt."
    norm = "§§ 11, 13, 37 SGB X, § 36 SGB I"

    leistungsberechtigte_person = of_person("vertretungen")
    art = models.CharField("Art", max_length=20, choices=Vertretungsform.choices)
    anrede = models.CharField("Anrede", max_length=10, choices=Anrede.choices, default=Anrede.OHNE)
    vorname = models.CharField("Vorname", max_length=100, blank=True)
    nachname = models.CharField("Nachname", max_length=100, blank=True)
    organisation = models.CharField("Verein, Kanzlei oder Behörde", max_length=200, blank=True)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    aufgabenkreise = ArrayField(
        models.CharField(max_length=20), verbose_name="Aufgabenkreise", default=list, blank=True
    )
    einwilligungsvorbehalt = models.BooleanField("Einwilligungsvorbehalt", default=False)
    handlungsfaehigkeit_eingeschraenkt = models.BooleanField(
        "Handlungsfähigkeit ab 15 schriftlich eingeschränkt", default=False
    )
    gemeinschaftlich = models.BooleanField("vertritt nur gemeinsam", default=False)
    gericht = models.CharField("Gericht", max_length=200, blank=True)
    gerichtsaktenzeichen = EncryptedTextField(
        "Aktenzeichen des Gerichts",
        purpose="vertretungsverhaeltnis.gerichtsaktenzeichen",
        blank=True,
    )
    nachweis_vom = models.DateField("Nachweis vorgelegt am", null=True, blank=True)
    bemerkung = EncryptedTextField(
        "Bemerkung", purpose="vertretungsverhaeltnis.bemerkung", blank=True, default=""
    )

    class Meta(Personenangabe.Meta):
        verbose_name = "Vertretungsverhältnis"
        verbose_name_plural = "Vertretungsverhältnisse"
        indexes = [
            GinIndex(OpClass(wer(), name="gin_trgm_ops"), name="vertretung_wer_trgm"),
        ]
        constraints = [
            ends_after_begin("vertretungsverhaeltnis"),
            choices_check("vertretungsverhaeltnis", "art", Vertretungsform),
            choices_check("vertretungsverhaeltnis", "anrede", Anrede),
            *anschrift_checks("vertretungsverhaeltnis"),
            models.CheckConstraint(
                name="vertretungsverhaeltnis_wer",
                condition=~Q(nachname="") | ~Q(organisation=""),
            ),
            models.CheckConstraint(
                name="vertretungsverhaeltnis_aufgabenkreise_gueltig",
                condition=Q(aufgabenkreise__contained_by=list(Aufgabenkreis.values)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()}: {self.voller_name}"

    @property
    def voller_name(self) -> str:
        """Return first and last name as in an address, of a body its own."""
        return f"{self.vorname} {self.nachname}".strip() or self.organisation

    def briefzeilen(self) -> list[str]:
        """Return name and address; without own street the lines below the name are missing."""
        lines = [self.organisation] if self.organisation else []
        if self.nachname:
            lines.append(self.voller_name)
        return [*lines, *self.anschriftzeilen()]

    def als_vertretung(self) -> Vertretung:
        """Return what the law needs to know to name the addressee."""
        return Vertretung(
            schluessel=str(self.pk),
            art=Vertretungsart(self.art),
            gueltig_ab=self.gueltig_ab,
            gueltig_bis=self.gueltig_bis,
            aufgabenkreise=frozenset(self.aufgabenkreise),
            einwilligungsvorbehalt=self.einwilligungsvorbehalt,
            handlungsfaehigkeit_eingeschraenkt=self.handlungsfaehigkeit_eingeschraenkt,
            gemeinschaftlich=self.gemeinschaftlich,
        )


@pghistory.track()
class Bezugsperson(Personenangabe):
    """Somebody close to the person; the remark is encrypted."""

    zweck = (
        "Wer zum Haushalt gehört und wer unterstützt, wirkt auf Bedarf und Einsatz von "
        "Einkommen; gefragt wird die Person selbst."
    )
    norm = "§§ 117, 121 Abs. 3, 136 SGB IX, § 67a Abs. 2 SGB X"

    leistungsberechtigte_person = of_person("bezugspersonen")
    beziehung = models.CharField("Beziehung", max_length=20, choices=Beziehung.choices)
    vorname = models.CharField("Vorname", max_length=100, blank=True)
    nachname = models.CharField("Nachname", max_length=100)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    im_haushalt = models.BooleanField("lebt im selben Haushalt", default=False)
    bemerkung = EncryptedTextField(
        "Bemerkung", purpose="bezugsperson.bemerkung", blank=True, default=""
    )

    class Meta(Personenangabe.Meta):
        verbose_name = "Bezugsperson"
        verbose_name_plural = "Bezugspersonen"
        constraints = [
            ends_after_begin("bezugsperson"),
            choices_check("bezugsperson", "beziehung", Beziehung),
        ]

    def __str__(self) -> str:
        return f"{self.voller_name} ({self.get_beziehung_display()})"

    @property
    def voller_name(self) -> str:
        """Return first and last name."""
        return f"{self.vorname} {self.nachname}".strip()
