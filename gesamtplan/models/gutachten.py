"""A Gutachten about the need, and the experts who were proposed for it (§ 17 SGB IX)."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import FixedIn, choices_check, frozen_child, never_emptied
from gesamtplan.states.gutachten import OFFENE, Gutachtenstand, Wahldurch

_ENDE = (Gutachtenstand.VERWERTET.value, Gutachtenstand.ENTFALLEN.value)
_GEWAEHLT = (
    Gutachtenstand.GEWAEHLT,
    Gutachtenstand.BEAUFTRAGT,
    Gutachtenstand.EINGEGANGEN,
    Gutachtenstand.VERWERTET,
)
# The person is asked to choose among this many.
BENANNTE = (1, 2, 3)


@pghistory.track()
class Gutachten(models.Model):
    """One Gutachten: what is asked, who was named, chosen and ordered, when it came, its use.

    `weniger_grund` says why fewer than three experts are named, `neu_grund` why another Gutachten
    is needed although one is on file. `wahl` is the number of the chosen expert. What it found
    stands as statements in the Bedarfsermittlung `bedarfsermittlung`.
    """

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="gutachten"
    )
    anlass = EncryptedTextField("Worum es geht", purpose="gutachten.anlass")
    fragen = EncryptedTextField("Fragen an das Gutachten", purpose="gutachten.fragen")
    weniger_grund = EncryptedTextField(
        "Warum weniger als drei", purpose="gutachten.weniger_grund", blank=True, default=""
    )
    neu_grund = EncryptedTextField(
        "Warum ein neues Gutachten", purpose="gutachten.neu_grund", blank=True, default=""
    )
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Gutachtenstand.choices,
        default=Gutachtenstand.VORBEREITET,
    )
    benannt_am = models.DateField("Sachverständige benannt am", null=True, blank=True)
    wahl = models.PositiveSmallIntegerField("gewählt", null=True, blank=True)
    wahl_am = models.DateField("gewählt am", null=True, blank=True)
    wahl_durch = models.CharField(
        "gewählt durch", max_length=20, choices=Wahldurch.choices, blank=True, default=""
    )
    wahl_grund = EncryptedTextField(
        "Warum die Behörde gewählt hat", purpose="gutachten.wahl_grund", blank=True, default=""
    )
    beauftragt_am = models.DateField("beauftragt am", null=True, blank=True)
    eingegangen_am = models.DateField("eingegangen am", null=True, blank=True)
    unterlage = models.ForeignKey(
        "cases.Unterlage",
        models.PROTECT,
        verbose_name="Gutachten in der Akte",
        null=True,
        blank=True,
        related_name="gutachten",
    )
    bedarfsermittlung = models.ForeignKey(
        "gesamtplan.Bedarfsermittlung",
        models.PROTECT,
        verbose_name="verwertet in",
        null=True,
        blank=True,
        related_name="gutachten",
    )
    entfallen_grund = EncryptedTextField(
        "Warum nicht mehr nötig", purpose="gutachten.entfallen_grund", blank=True, default=""
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="bearbeitete_gutachten",
    )

    class Meta:
        verbose_name = "Gutachten"
        verbose_name_plural = "Gutachten"
        ordering = ["-id"]
        constraints = [
            choices_check("gutachten", "state", Gutachtenstand),
            models.CheckConstraint(
                name="gutachten_wahl_durch_gueltig",
                condition=Q(wahl_durch__in=["", *Wahldurch.values]),
            ),
            models.UniqueConstraint(
                name="gutachten_eines_offen_je_fall",
                fields=["case"],
                condition=Q(state__in=OFFENE),
            ),
            models.CheckConstraint(
                name="gutachten_wahl_vollstaendig",
                condition=~Q(state__in=_GEWAEHLT)
                | (
                    Q(benannt_am__isnull=False, wahl__in=BENANNTE, wahl_am__gte=F("benannt_am"))
                    & ~Q(wahl_durch="")
                ),
            ),
            models.CheckConstraint(
                name="gutachten_wahl_der_behoerde_begruendet",
                condition=~Q(wahl_durch=Wahldurch.BEHOERDE) | ~Q(wahl_grund=""),
            ),
            models.CheckConstraint(
                name="gutachten_eingang_nach_auftrag",
                condition=Q(eingegangen_am__isnull=True)
                | Q(eingegangen_am__gte=F("beauftragt_am")),
            ),
            models.CheckConstraint(
                name="gutachten_verwertet_im_bedarf",
                condition=~Q(state=Gutachtenstand.VERWERTET) | Q(bedarfsermittlung__isnull=False),
            ),
            models.CheckConstraint(
                name="gutachten_entfallen_begruendet",
                condition=~Q(state=Gutachtenstand.ENTFALLEN) | ~Q(entfallen_grund=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="ende_fest", operation=pgtrigger.Update, condition=FixedIn(_ENDE)
            ),
            pgtrigger.Protect(
                name="ende_bleibt",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=list(_ENDE)),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        if self.eingegangen_am is not None:
            return f"Gutachten, eingegangen am {self.eingegangen_am:%d.%m.%Y}"
        if self.beauftragt_am is not None:
            return f"Gutachten, beauftragt am {self.beauftragt_am:%d.%m.%Y}"
        return "Gutachten"

    @property
    def gewaehlt(self) -> Sachverstaendiger | None:
        """Return the chosen expert, None before the choice."""
        return next((s for s in self.sachverstaendige.all() if s.nummer == self.wahl), None)


@pghistory.track()
class Sachverstaendiger(models.Model):
    """One of up to three experts of whom the person chooses one."""

    gutachten = models.ForeignKey(
        Gutachten, models.CASCADE, verbose_name="Gutachten", related_name="sachverstaendige"
    )
    nummer = models.PositiveSmallIntegerField("Nummer")
    name = models.CharField("Name", max_length=200)
    fachgebiet = models.CharField("Fachgebiet", max_length=200, blank=True, default="")
    anschrift = EncryptedTextField("Anschrift", purpose="sachverstaendiger.anschrift")
    zugang = models.CharField("Weg und Barrieren", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "Sachverständiger"
        verbose_name_plural = "Sachverständige"
        ordering = ["nummer"]
        constraints = [
            models.CheckConstraint(
                name="sachverstaendiger_hoechstens_drei", condition=Q(nummer__in=BENANNTE)
            ),
            models.UniqueConstraint(
                name="sachverstaendiger_nummer_einmal", fields=["gutachten", "nummer"]
            ),
        ]
        triggers = [
            frozen_child(
                "gesamtplan_gutachten", "gutachten_id", (Gutachtenstand.VORBEREITET.value,)
            ),
            pgtrigger.Protect(
                name="bleibt_bei_eltern",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__gutachten__df=pgtrigger.F("new__gutachten")),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.fachgebiet}" if self.fachgebiet else self.name

    @property
    def briefzeilen(self) -> list[str]:
        """Return name and address as the lines of a window."""
        zeilen = [zeile.strip() for zeile in self.anschrift.splitlines()]
        return [self.name, *(zeile for zeile in zeilen if zeile)]
