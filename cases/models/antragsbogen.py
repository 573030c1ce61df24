"""The rest of the application form, section by section."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.crypto import EncryptedTextField
from cases.models.antrag import Angabe, Antrag, Ausfuehrung, Feststellungsverfahren
from cases.models.basis import choices_check


class Antragsart(models.TextChoices):
    """What an application wants of the authority."""

    ERST = "erst", "Erstantrag"
    FOLGE = "folge", "Folgeantrag, die Leistung soll weitergehen"
    AENDERUNG = "aenderung", "Änderungsantrag, der Bedarf hat sich geändert"


class Einsatzwahl(models.TextChoices):
    """Whether income and assets are to be told."""

    OFFEN = "offen", "noch nicht besprochen"
    ANGABEN = "angaben", "Angaben zu Einkommen und Vermögen folgen"
    BEITRAGSFREI = "beitragsfrei", "nur Leistungen ohne Beitrag (§ 138 Abs. 1 SGB IX)"


@pghistory.track()
class Antragsbogen(models.Model):
    """The rest of the application form, section by section; free text is stored encrypted.

    `erledigt` names the sections that somebody has gone through.
    """

    antrag = models.OneToOneField(
        Antrag, models.CASCADE, verbose_name="Antrag", related_name="bogen"
    )
    erledigt = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name="bearbeitete Abschnitte", default=list
    )
    aufnehmende_stelle = models.CharField("aufnehmende Stelle", max_length=200, blank=True)
    unterstuetzung = models.CharField(
        "Unterstützung vorhanden",
        max_length=10,
        choices=Angabe.choices,
        default=Angabe.UNBEKANNT,
    )
    unterstuetzung_durch = EncryptedTextField(
        "Unterstützung durch", purpose="antragsbogen.unterstuetzung", blank=True, default=""
    )
    weitere_personen = EncryptedTextField(
        "weitere Personen", purpose="antragsbogen.personen", blank=True, default=""
    )
    wuensche = EncryptedTextField(
        "Wünsche und Hinweise", purpose="antragsbogen.wuensche", blank=True, default=""
    )
    ausfuehrung = models.CharField(
        "gewünschte Ausführung",
        max_length=20,
        choices=Ausfuehrung.choices,
        default=Ausfuehrung.OFFEN,
    )
    antragsart = models.CharField(
        "Art des Antrags", max_length=20, choices=Antragsart.choices, default=Antragsart.ERST
    )
    wunschbeginn = models.DateField("gewünschter Beginn", null=True, blank=True)
    anderer_antrag = models.CharField(
        "anderer Antrag läuft", max_length=10, choices=Angabe.choices, default=Angabe.UNBEKANNT
    )
    anderer_antrag_bei = EncryptedTextField(
        "anderer Antrag bei", purpose="antragsbogen.anderer_antrag", blank=True, default=""
    )
    frueherer_aufenthalt = EncryptedTextField(
        "Aufenthalt vor dem Antrag", purpose="antragsbogen.aufenthalt", blank=True, default=""
    )
    einsatz = models.CharField(
        "Einkommen und Vermögen",
        max_length=20,
        choices=Einsatzwahl.choices,
        default=Einsatzwahl.OFFEN,
    )
    einsatz_angaben = EncryptedTextField(
        "Angaben zu Einkommen und Vermögen",
        purpose="antragsbogen.einsatz",
        blank=True,
        default="",
    )
    ansprueche = models.CharField(
        "Ansprüche gegen Dritte", max_length=10, choices=Angabe.choices, default=Angabe.UNBEKANNT
    )
    ansprueche_gegen = EncryptedTextField(
        "Ansprüche gegen", purpose="antragsbogen.ansprueche", blank=True, default=""
    )
    aerzte = EncryptedTextField(
        "Ärztinnen, Ärzte und Therapie", purpose="antragsbogen.aerzte", blank=True, default=""
    )
    schweigepflicht_am = models.DateField(
        "von der Schweigepflicht entbunden am", null=True, blank=True
    )
    mitwirkung_am = models.DateField("auf Mitwirkung hingewiesen am", null=True, blank=True)
    datenschutz_am = models.DateField("Datenschutzhinweise gegeben am", null=True, blank=True)
    anlagen = EncryptedTextField("Anlagen", purpose="antragsbogen.anlagen", blank=True, default="")
    hinweis_am = models.DateField("Hinweis gegeben am", null=True, blank=True)
    hinweis_fassung = models.CharField("Fassung des Hinweises", max_length=40, blank=True)
    widerspruch_am = models.DateField("Übermittlung widersprochen am", null=True, blank=True)
    unterschrift_am = models.DateField("unterschrieben am", null=True, blank=True)
    unterschrift_durch = models.CharField("unterschrieben durch", max_length=200, blank=True)
    unterschrift_unterlage = models.ForeignKey(
        "cases.Unterlage",
        models.SET_NULL,
        verbose_name="unterschriebener Antrag als Unterlage",
        null=True,
        blank=True,
        related_name="+",
    )
    bestaetigt_am = models.DateField("Aufnahme bestätigt am", null=True, blank=True)
    bestaetigt_ort = models.CharField("Ort", max_length=100, blank=True)
    bestaetigt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="bestätigt von",
        null=True,
        blank=True,
        related_name="+",
    )
    verlauf = EncryptedTextField(
        "Verlauf und Ergebnis", purpose="antragsbogen.verlauf", blank=True, default=""
    )
    stellungnahmen = models.CharField("Stellungnahmen von", max_length=300, blank=True)
    verfahren = models.CharField(
        "Feststellung des Bedarfs",
        max_length=20,
        choices=Feststellungsverfahren.choices,
        default=Feststellungsverfahren.OFFEN,
    )
    verfahren_grund = EncryptedTextField(
        "ausführlich, weil", purpose="antragsbogen.verfahren", blank=True, default=""
    )
    wiedervorlage = models.ForeignKey(
        "cases.Wiedervorlage",
        models.SET_NULL,
        verbose_name="Wiedervorlage",
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "Antragsbogen"
        verbose_name_plural = "Antragsbögen"
        constraints = [
            choices_check("antragsbogen", "unterstuetzung", Angabe),
            choices_check("antragsbogen", "antragsart", Antragsart),
            choices_check("antragsbogen", "anderer_antrag", Angabe),
            choices_check("antragsbogen", "einsatz", Einsatzwahl),
            choices_check("antragsbogen", "ansprueche", Angabe),
            choices_check("antragsbogen", "ausfuehrung", Ausfuehrung),
            choices_check("antragsbogen", "verfahren", Feststellungsverfahren),
        ]

    def __str__(self) -> str:
        return f"Antragsbogen zum Antrag {self.antrag_id}"
