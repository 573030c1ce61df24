"""Instruments of the Bedarfsermittlung as versioned data, and the answers that were given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import FixedIn, choices_check, second_person
from gesamtplan.models.bedarf import teil_einer_ermittlung
from gesamtplan.states.instrument import Instrumentzustand
from recht.instrumente import Aufbau, read_aufbau

# What a survey reads; the end of a version is settled while it holds.
_FEST = (
    *("schluessel", "bezeichnung", "fassung", "land", "gueltig_ab", "gueltig_bis", "vollstaendig"),
    *("quelle", "aufbau", "erstellt_von", "erstellt_am", "bearbeitet_von"),
    *("freigegeben_von", "freigegeben_am", "verworfen_grund"),
)


@pghistory.track()
class Instrumentfassung(models.Model):
    """One version of an instrument; surveys are begun with it once a second person agrees.

    `schluessel` is the same through all versions. `aufbau` is the text that `recht.instrumente`
    reads. `vollstaendig` tells whether the authority holds it for the whole instrument. `ende_am`
    is the last day of one that ends without a successor; it counts once a second person agrees.
    """

    events: Any  # the change history, added by pghistory

    schluessel = models.SlugField("Schlüssel", max_length=60)
    bezeichnung = models.CharField("Bezeichnung", max_length=80)
    fassung = models.CharField("Fassung", max_length=19)
    land = models.CharField("Land", max_length=2, blank=True, default="")
    gueltig_ab = models.DateField("gilt ab")
    gueltig_bis = models.DateField("gilt bis", null=True, blank=True)
    vollstaendig = models.BooleanField("vollständig", default=False)
    quelle = models.CharField("Quelle und Rechte", max_length=300)
    aufbau = models.TextField("Aufbau")
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Instrumentzustand.choices,
        default=Instrumentzustand.ENTWURF,
    )
    erstellt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="erstellt von",
        related_name="erstellte_instrumentfassungen",
    )
    erstellt_am = models.DateField("erstellt am")
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="bearbeitete_instrumentfassungen",
    )
    freigegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="freigegeben von",
        null=True,
        blank=True,
        related_name="freigegebene_instrumentfassungen",
    )
    freigegeben_am = models.DateField("freigegeben am", null=True, blank=True)
    verworfen_grund = models.CharField("Grund", max_length=200, blank=True, default="")
    ende_am = models.DateField("letzter Tag", null=True, blank=True)
    ende_grund = models.CharField("Grund des Endes", max_length=200, blank=True, default="")
    ende_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="Ende eingetragen von",
        null=True,
        blank=True,
        related_name="beendete_instrumentfassungen",
    )
    ende_bestaetigt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="Ende bestätigt von",
        null=True,
        blank=True,
        related_name="bestaetigte_instrumentenden",
    )

    class Meta:
        verbose_name = "Instrument"
        verbose_name_plural = "Instrumente"
        ordering = ["bezeichnung", "-gueltig_ab", "-id"]
        constraints = [
            choices_check("instrumentfassung", "state", Instrumentzustand),
            models.UniqueConstraint(
                name="instrumentfassung_einmal",
                fields=["schluessel", "fassung"],
                condition=~Q(state=Instrumentzustand.VERWORFEN),
            ),
            models.UniqueConstraint(
                name="instrumentfassung_einmal_je_tag",
                fields=["schluessel", "gueltig_ab"],
                condition=Q(state=Instrumentzustand.FREIGEGEBEN),
            ),
            models.CheckConstraint(
                name="instrumentfassung_bis_nach_ab",
                condition=Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=F("gueltig_ab")),
            ),
            models.CheckConstraint(
                name="instrumentfassung_vier_augen",
                condition=Q(freigegeben_von__isnull=True)
                | (~Q(freigegeben_von=F("erstellt_von")) & ~Q(freigegeben_von=F("bearbeitet_von"))),
            ),
            models.CheckConstraint(
                name="instrumentfassung_freigabe_vollstaendig",
                condition=~Q(state=Instrumentzustand.FREIGEGEBEN)
                | Q(freigegeben_von__isnull=False, freigegeben_am__isnull=False),
            ),
            models.CheckConstraint(
                name="instrumentfassung_verwerfen_begruendet",
                condition=~Q(state=Instrumentzustand.VERWORFEN) | ~Q(verworfen_grund=""),
            ),
            models.CheckConstraint(
                name="instrumentfassung_ende_begruendet",
                condition=Q(ende_am__isnull=True, ende_bestaetigt_von__isnull=True)
                | (Q(ende_am__gte=F("gueltig_ab"), ende_von__isnull=False) & ~Q(ende_grund="")),
            ),
            models.CheckConstraint(
                name="instrumentfassung_ende_vier_augen",
                condition=Q(ende_bestaetigt_von__isnull=True)
                | ~Q(ende_bestaetigt_von=F("ende_von")),
            ),
        ]
        triggers = [
            # A survey that was begun reads its questions here for good.
            pgtrigger.Protect(
                name="inhalt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(
                    (Instrumentzustand.FREIGEGEBEN.value, Instrumentzustand.VERWORFEN.value),
                    _FEST,
                ),
            ),
            pgtrigger.Protect(
                name="ende_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ende_bestaetigt_von__isnull=False),
            ),
            pgtrigger.FSM(
                name="nur_vorwaerts",
                field="state",
                transitions=[
                    (Instrumentzustand.ENTWURF.value, Instrumentzustand.FREIGEGEBEN.value),
                    (Instrumentzustand.ENTWURF.value, Instrumentzustand.VERWORFEN.value),
                ],
            ),
            second_person("gesamtplan_instrumentfassungevent"),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.bezeichnung} {self.fassung}"

    @property
    def ende_wartet(self) -> bool:
        """Tell whether an end is written down that no second person has confirmed yet."""
        return self.ende_am is not None and self.ende_bestaetigt_von_id is None

    @property
    def letzter_tag(self) -> date | None:
        """Return the last day on which a survey may begin with it, None while there is none."""
        ende = self.ende_am if self.ende_bestaetigt_von_id is not None else None
        return min((tag for tag in (self.gueltig_bis, ende) if tag is not None), default=None)

    def read(self) -> Aufbau:
        """Return what it asks; what a released version says has been read before."""
        return read_aufbau(self.aufbau)


@pghistory.track()
class Instrumentantwort(models.Model):
    """What was answered to one question of the instrument of a Bedarfsermittlung.

    `feld` is the key of the question in the version that the Bedarfsermittlung is pinned to.
    """

    bedarfsermittlung = models.ForeignKey(
        "gesamtplan.Bedarfsermittlung",
        models.CASCADE,
        verbose_name="Bedarfsermittlung",
        related_name="antworten",
    )
    feld = models.CharField("Feld", max_length=20)
    wert = EncryptedTextField("Antwort", purpose="instrumentantwort.wert")

    class Meta:
        verbose_name = "Antwort zum Instrument"
        verbose_name_plural = "Antworten zum Instrument"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="instrumentantwort_einmal", fields=["bedarfsermittlung", "feld"]
            )
        ]
        triggers = teil_einer_ermittlung()

    def __str__(self) -> str:
        return self.feld
