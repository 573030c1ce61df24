"""Determination of need along the nine Lebensbereiche (§ 118 SGB IX)."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from cases.models.basis import choices_check, frozen_child, never_emptied
from gesamtplan.states import Ermittlungszustand


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


@pghistory.track()
class Bedarfsermittlung(models.Model):
    """One determination of need; its day starts the two years of F34."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="bedarfsermittlungen"
    )
    datum = models.DateField("Datum des Gesprächs")
    instrument = models.CharField("Instrument", max_length=100)
    beteiligte = models.TextField("Beteiligte")
    ergebnis = models.TextField("Zusammenfassung", blank=True)
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


@pghistory.track()
class Bedarf(models.Model):
    """What was found in one Lebensbereich."""

    bedarfsermittlung = models.ForeignKey(
        Bedarfsermittlung, models.CASCADE, verbose_name="Bedarfsermittlung", related_name="bedarfe"
    )
    lebensbereich = models.CharField("Lebensbereich", max_length=2, choices=Lebensbereich.choices)
    beeintraechtigung = models.TextField("Beeinträchtigung von Aktivität und Teilhabe", blank=True)
    ressourcen = models.TextField("Ressourcen und Förderfaktoren", blank=True)
    wunsch = models.TextField("Wunsch der Person", blank=True)
    bedarf = models.TextField("Bedarf", blank=True)

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
        triggers = [
            frozen_child("gesamtplan_bedarfsermittlung", "bedarfsermittlung_id", ("entwurf",)),
            pgtrigger.Protect(
                name="bleibt_bei_eltern",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__bedarfsermittlung__df=pgtrigger.F("new__bedarfsermittlung")
                ),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return str(self.get_lebensbereich_display())

    @property
    def is_filled(self) -> bool:
        """Tell whether anything was found or wished in this Lebensbereich."""
        return any((self.beeintraechtigung, self.ressourcen, self.wunsch, self.bedarf))
