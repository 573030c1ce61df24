"""Determination of need along the nine Lebensbereiche (§ 118 SGB IX)."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from cases.crypto import EncryptedTextField
from cases.models.basis import append_only, choices_check, frozen_child, never_emptied
from gesamtplan.states import Bedarfseinheit, Ermittlungszustand, Redestimme


class Lebensbereich(models.TextChoices):
    """The nine Lebensbereiche of § 118 Abs. 1 S. 3 SGB IX, in the order of the ICF."""

    D1 = "d1", "Lernen und Wissensanwendung"
    D2 = "d2", "Allgemeine Aufgaben und Anforderungen"
    D3 = "d3", "Kommunikation"
    D4 = "d4", "Mobilität"
    D5 = "d5", "Selbstversorgung"
    D6 = "d6", "Häusliches Leben"
    D7 = "d7", "Interpersonelle Interaktionen und Beziehungen"
    D8 = "d8", "Bedeutende Lebensbereiche"
    D9 = "d9", "Gemeinschafts-, soziales und staatsbürgerliches Leben"


# The texts of a finding, with the word by which a plan or a comparison calls each.
BEFUNDFELDER = (
    ("beeintraechtigung", "Beeinträchtigung"),
    ("barrieren", "Barrieren"),
    ("ressourcen", "Ressourcen"),
    ("foerderfaktoren", "Förderfaktoren"),
    ("wunsch", "Wunsch"),
    ("bedarf", "Bedarf"),
)
# What a repetition begins with.
UEBERNOMMEN = (
    "beeintraechtigung",
    "barrieren",
    "ressourcen",
    "foerderfaktoren",
    "bedarf",
    "ohne_beeintraechtigung",
)
# A need is planned in this many stretches of time at most.
ZEITABSCHNITTE = (1, 2, 3)


@pghistory.track()
class Bedarfsermittlung(models.Model):
    """One determination of need; its day starts the two years of F34.

    `instrument` is the name as it is printed; `instrumentfassung` holds its questions where the
    authority has them as data, and stays the one that the survey was begun with. `vorgaenger` is
    the one that it was filled from; `grund` says why the need is determined again before its time.
    """

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="bedarfsermittlungen"
    )
    datum = models.DateField("Datum des Gesprächs")
    instrument = models.CharField("Instrument", max_length=100)
    instrumentfassung = models.ForeignKey(
        "gesamtplan.Instrumentfassung",
        models.PROTECT,
        verbose_name="Fassung des Instruments",
        null=True,
        blank=True,
        related_name="bedarfsermittlungen",
    )
    beteiligte = EncryptedTextField("Beteiligte", purpose="bedarfsermittlung.beteiligte")
    ergebnis = EncryptedTextField(
        "Zusammenfassung", purpose="bedarfsermittlung.ergebnis", blank=True
    )
    vorgaenger = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="vorige Bedarfsermittlung",
        null=True,
        blank=True,
        related_name="nachfolger",
    )
    grund = EncryptedTextField(
        "Warum schon wieder", purpose="bedarfsermittlung.grund", blank=True, default=""
    )
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Ermittlungszustand.choices,
        default=Ermittlungszustand.ENTWURF,
    )
    erstellt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="erstellt von",
        related_name="bedarfsermittlungen",
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="bearbeitete_bedarfsermittlungen",
    )
    abgeschlossen_am = models.DateField("abgeschlossen am", null=True, blank=True)

    class Meta:
        verbose_name = "Bedarfsermittlung"
        verbose_name_plural = "Bedarfsermittlungen"
        ordering = ["-datum", "-id"]
        constraints = [
            choices_check("bedarfsermittlung", "state", Ermittlungszustand),
            models.CheckConstraint(
                name="bedarfsermittlung_abgeschlossen_mit_tag",
                condition=Q(state=Ermittlungszustand.ENTWURF) | Q(abgeschlossen_am__isnull=False),
            ),
            models.UniqueConstraint(
                name="bedarfsermittlung_ein_entwurf_je_fall",
                fields=["case"],
                condition=Q(state=Ermittlungszustand.ENTWURF),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="abgeschlossen_fest",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=Ermittlungszustand.ABGESCHLOSSEN.value),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Bedarfsermittlung vom {self.datum:%d.%m.%Y}"


def teil_einer_ermittlung() -> list[pgtrigger.Trigger]:
    """Return the triggers that fix a part with its Bedarfsermittlung and keep it there."""
    return [
        frozen_child("gesamtplan_bedarfsermittlung", "bedarfsermittlung_id", ("entwurf",)),
        pgtrigger.Protect(
            name="bleibt_bei_eltern",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__bedarfsermittlung__df=pgtrigger.F("new__bedarfsermittlung")),
        ),
        never_emptied(),
    ]


@pghistory.track()
class Bedarf(models.Model):
    """What was found in one Lebensbereich."""

    bedarfsermittlung = models.ForeignKey(
        Bedarfsermittlung, models.CASCADE, verbose_name="Bedarfsermittlung", related_name="bedarfe"
    )
    lebensbereich = models.CharField("Lebensbereich", max_length=2, choices=Lebensbereich.choices)
    beeintraechtigung = EncryptedTextField(
        "Beeinträchtigung von Aktivität und Teilhabe",
        purpose="bedarf.beeintraechtigung",
        blank=True,
    )
    barrieren = EncryptedTextField("Barrieren", purpose="bedarf.barrieren", blank=True, default="")
    ressourcen = EncryptedTextField("Ressourcen", purpose="bedarf.ressourcen", blank=True)
    foerderfaktoren = EncryptedTextField(
        "Förderfaktoren", purpose="bedarf.foerderfaktoren", blank=True, default=""
    )
    wunsch = EncryptedTextField("Wunsch der Person", purpose="bedarf.wunsch", blank=True)
    bedarf = EncryptedTextField("Bedarf", purpose="bedarf.bedarf", blank=True)
    ohne_beeintraechtigung = models.BooleanField(
        "besprochen, keine Beeinträchtigung", default=False
    )

    class Meta:
        verbose_name = "Bedarf"
        verbose_name_plural = "Bedarfe"
        ordering = ["lebensbereich"]
        constraints = [
            choices_check("bedarf", "lebensbereich", Lebensbereich),
            models.UniqueConstraint(
                name="bedarf_je_lebensbereich", fields=["bedarfsermittlung", "lebensbereich"]
            ),
        ]
        triggers = teil_einer_ermittlung()

    def __str__(self) -> str:
        return str(self.get_lebensbereich_display())

    @property
    def is_filled(self) -> bool:
        """Tell whether anything was found or wished in this Lebensbereich."""
        return any(getattr(self, name) for name, _ in BEFUNDFELDER)

    @property
    def texte(self) -> list[tuple[str, str]]:
        """Return what was found, each text with its word."""
        return [(label, text) for name, label in BEFUNDFELDER if (text := str(getattr(self, name)))]

    @property
    def is_considered(self) -> bool:
        """Tell whether this Lebensbereich was looked at, with a finding or without."""
        return self.is_filled or self.ohne_beeintraechtigung


class Aussage(models.Model):
    """What somebody has said about one Lebensbereich, word for word; it never changes.

    `abweichend` marks a view that differs from what is found. Whoever says something else later
    gets another row.
    """

    bedarfsermittlung = models.ForeignKey(
        Bedarfsermittlung, models.CASCADE, verbose_name="Bedarfsermittlung", related_name="aussagen"
    )
    lebensbereich = models.CharField("Lebensbereich", max_length=2, choices=Lebensbereich.choices)
    stimme = models.CharField("Wer", max_length=20, choices=Redestimme.choices)
    urheber = models.CharField("Name", max_length=200)
    text = EncryptedTextField("Aussage", purpose="aussage.text")
    abweichend = models.BooleanField("sieht es anders", default=False)
    am = models.DateField("gesagt am")
    erfasst_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="erfasst von", related_name="bedarfsaussagen"
    )

    class Meta:
        verbose_name = "Aussage"
        verbose_name_plural = "Aussagen"
        ordering = ["lebensbereich", "am", "id"]
        constraints = [
            choices_check("aussage", "lebensbereich", Lebensbereich),
            choices_check("aussage", "stimme", Redestimme),
            models.CheckConstraint(name="aussage_mit_text", condition=~Q(text="")),
        ]
        triggers = [
            frozen_child("gesamtplan_bedarfsermittlung", "bedarfsermittlung_id", ("entwurf",)),
            *append_only(),
        ]

    def __str__(self) -> str:
        return f"{self.urheber}, {self.am:%d.%m.%Y}"


@pghistory.track()
class Bedarfsmenge(models.Model):
    """How much is needed in one Lebensbereich in one stretch of time, and why."""

    bedarfsermittlung = models.ForeignKey(
        Bedarfsermittlung,
        models.CASCADE,
        verbose_name="Bedarfsermittlung",
        related_name="bedarfsmengen",
    )
    lebensbereich = models.CharField("Lebensbereich", max_length=2, choices=Lebensbereich.choices)
    zeitabschnitt = models.PositiveSmallIntegerField("Zeitabschnitt")
    von = models.DateField("von")
    bis = models.DateField("bis", null=True, blank=True)
    menge = models.DecimalField("Menge", max_digits=8, decimal_places=2)
    einheit = models.CharField("Einheit", max_length=20, choices=Bedarfseinheit.choices)
    begruendung = EncryptedTextField("Begründung", purpose="bedarfsmenge.begruendung")

    class Meta:
        verbose_name = "Bedarfsmenge"
        verbose_name_plural = "Bedarfsmengen"
        ordering = ["lebensbereich", "zeitabschnitt"]
        constraints = [
            choices_check("bedarfsmenge", "lebensbereich", Lebensbereich),
            choices_check("bedarfsmenge", "einheit", Bedarfseinheit),
            models.CheckConstraint(
                name="bedarfsmenge_drei_abschnitte", condition=Q(zeitabschnitt__in=ZEITABSCHNITTE)
            ),
            models.CheckConstraint(
                name="bedarfsmenge_begruendet", condition=Q(menge__gt=0) & ~Q(begruendung="")
            ),
            models.CheckConstraint(
                name="bedarfsmenge_bis_nach_von",
                condition=Q(bis__isnull=True) | Q(bis__gte=models.F("von")),
            ),
            models.UniqueConstraint(
                name="bedarfsmenge_einmal",
                fields=["bedarfsermittlung", "lebensbereich", "zeitabschnitt"],
            ),
        ]
        triggers = teil_einer_ermittlung()

    def __str__(self) -> str:
        menge = f"{self.menge.normalize():f}".replace(".", ",")
        return f"{menge} {self.get_einheit_display()}"
