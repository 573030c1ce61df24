"""The authority itself: what a letter head, a Frist and an Aktenzeichen need to know of it."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from cases.models.aktenzeichen import STANDARD
from cases.models.basis import choices_check
from recht.rechtsstand import Rechtsstand


class Zeichnung(models.TextChoices):
    """How somebody signs for the authority; the label is printed."""

    IM_AUFTRAG = "im_auftrag", "Im Auftrag"
    IN_VERTRETUNG = "in_vertretung", "In Vertretung"
    OHNE = "ohne", "ohne Zusatz"


class Siegelort(models.TextChoices):
    """On which letters the seal is printed."""

    NIRGENDS = "nirgends", "nirgends"
    BESCHEIDE = "bescheide", "auf Bescheiden"
    ALLE = "alle", "auf allen Schreiben"


@pghistory.track()
class Behoerde(models.Model):
    """The one authority of this installation (single row, id 1); its history is kept."""

    name = models.CharField("Name", max_length=200)
    traeger_bezeichnung = models.CharField(
        "Bezeichnung als Leistungsträger",
        max_length=200,
        help_text="z. B. Träger der Eingliederungshilfe",
    )
    bezeichnung_bis_2019 = models.CharField(
        "Bezeichnung als Leistungsträger bis 2019",
        max_length=200,
        default="Örtlicher Träger der Sozialhilfe",
        help_text="steht in Schreiben, die nach dem bis 31.12.2019 geltenden Recht ergehen",
    )
    bezeichnung_sozialhilfe = models.CharField(
        "Bezeichnung als Träger der Sozialhilfe",
        max_length=200,
        default="Örtlicher Träger der Sozialhilfe",
        help_text="so entscheidet die Behörde über Hilfe zur Pflege und Grundsicherung",
    )
    amt = models.CharField("Amt", max_length=200)
    strasse = models.CharField("Straße und Hausnummer", max_length=200)
    plz = models.CharField("Postleitzahl", max_length=5)
    ort = models.CharField("Ort", max_length=100)
    telefon = models.CharField("Telefon", max_length=40)
    email = models.EmailField("E-Mail")
    elektronischer_zugang = models.CharField(
        "Elektronischer Zugang",
        max_length=200,
        help_text="z. B. Adresse des besonderen Behördenpostfachs",
    )
    datenschutzbeauftragte = models.CharField(
        "Datenschutzbeauftragte Person",
        max_length=300,
        blank=True,
        default="",
        help_text="Name und Weg dorthin; steht in der Information zum Datenschutz",
    )
    aufsichtsbehoerde = models.CharField(
        "Aufsichtsbehörde für den Datenschutz",
        max_length=300,
        blank=True,
        default="",
        help_text="Name und Anschrift; steht in der Information zum Datenschutz",
    )
    teilhabeberatung = models.CharField(
        "Unabhängige Teilhabeberatung (EUTB) am Ort",
        max_length=300,
        blank=True,
        default="",
        help_text="Name, Anschrift, Telefon; steht im Bescheid (§ 32 SGB IX)",
    )
    land = models.CharField("Land", max_length=2, help_text="Kürzel des Landes, z. B. BW")
    aktenzeichen_praefix = models.CharField("Anfang der Aktenzeichen", max_length=10, default="EH")
    aktenzeichen_schema = models.CharField(
        "Schema der Aktenzeichen", max_length=60, default=STANDARD
    )
    amtsleitung = models.CharField(
        "Leitung der Behörde über der Unterschrift",
        max_length=80,
        blank=True,
        default="",
        help_text="z. B. Der Landrat",
    )
    zusatz_leitung = models.CharField(
        "Sachgebietsleitung unterschreibt",
        max_length=20,
        choices=Zeichnung.choices,
        default=Zeichnung.IM_AUFTRAG,
    )
    zusatz_fallmanagement = models.CharField(
        "Fallmanagement unterschreibt",
        max_length=20,
        choices=Zeichnung.choices,
        default=Zeichnung.IM_AUFTRAG,
    )
    siegel_auf = models.CharField(
        "Dienstsiegel neben der Unterschrift",
        max_length=20,
        choices=Siegelort.choices,
        default=Siegelort.NIRGENDS,
    )

    class Meta:
        verbose_name = "Behörde"
        verbose_name_plural = "Behörden"
        constraints = [
            models.CheckConstraint(name="behoerde_nur_eine", condition=Q(id=1)),
            choices_check("behoerde", "zusatz_leitung", Zeichnung),
            choices_check("behoerde", "zusatz_fallmanagement", Zeichnung),
            choices_check("behoerde", "siegel_auf", Siegelort),
        ]

    def __str__(self) -> str:
        return self.name

    def sozialhilfe_am(self, rechtsstand: Rechtsstand) -> str:
        """Return as what the authority gives Sozialhilfe: its second role since 2020."""
        if rechtsstand is Rechtsstand.B:
            return self.bezeichnung_sozialhilfe
        return self.bezeichnung_bis_2019

    def bezeichnung_am(self, rechtsstand: Rechtsstand) -> str:
        """Return as what the authority acts; the Träger of today is not the legal successor."""
        if rechtsstand is Rechtsstand.B:
            return self.traeger_bezeichnung
        return self.bezeichnung_bis_2019

    def zeichnung(self, *, leitung: bool) -> dict[str, str]:
        """Return what stands above the name: who heads the authority, and on whose behalf."""
        zusatz = Zeichnung(self.zusatz_leitung if leitung else self.zusatz_fallmanagement)
        return {
            "leitung": self.amtsleitung,
            "zusatz": "" if zusatz is Zeichnung.OHNE else str(zusatz.label),
        }

    def siegelt(self, *, bescheid: bool) -> bool:
        """Tell whether the seal belongs on a letter; `bescheid` is one with a Verwaltungsakt."""
        ort = Siegelort(self.siegel_auf)
        return ort is Siegelort.ALLE or (bescheid and ort is Siegelort.BESCHEIDE)


class Team(models.Model):
    """A Sachgebiet: its members see its cases.

    `dienststelle` and what follows are where it sits, if not in the house of the authority: its
    letters name that place, phone and hours. Decisions keep the seat of the authority.
    """

    name = models.CharField("Name", max_length=100, unique=True)
    kuerzel = models.CharField(
        "Kürzel",
        max_length=6,
        blank=True,
        help_text="steht im Aktenzeichen, wenn das Schema es will",
    )
    dienststelle = models.CharField("Dienststelle", max_length=80, blank=True, default="")
    strasse = models.CharField("Straße und Hausnummer", max_length=80, blank=True, default="")
    plz = models.CharField("Postleitzahl", max_length=5, blank=True, default="")
    ort = models.CharField("Ort", max_length=60, blank=True, default="")
    telefon = models.CharField("Telefon", max_length=40, blank=True, default="")
    sprechzeiten = models.CharField("Sprechzeiten", max_length=80, blank=True, default="")

    class Meta:
        verbose_name = "Team"
        verbose_name_plural = "Teams"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="team_dienststelle_mit_anschrift",
                condition=Q(dienststelle="") | ~Q(strasse="") & ~Q(plz="") & ~Q(ort=""),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Aktenzeichenzaehler(models.Model):
    """The last number given in one series; locked while the next one is taken.

    `reihe` is the Aktenzeichen with „#“ in place of the number: each series counts for itself.
    """

    reihe = models.CharField("Reihe", max_length=60, unique=True)
    stand = models.PositiveIntegerField("letzte Nummer", default=0)

    class Meta:
        verbose_name = "Aktenzeichenzähler"
        verbose_name_plural = "Aktenzeichenzähler"

    def __str__(self) -> str:
        return f"{self.reihe}: {self.stand}"
