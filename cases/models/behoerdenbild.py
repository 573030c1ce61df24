"""Logo and seal of the authority as its letters print them."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.models.basis import FixedIn, choices_check
from cases.states.behoerdenbild import Bildzustand


class Bildart(models.TextChoices):
    """Where a picture stands in a letter."""

    LOGO = "logo", "Logo"
    SIEGEL = "siegel", "Dienstsiegel"


@pghistory.track(exclude=["inhalt"])
class Behoerdenbild(models.Model):
    """One picture, drawn anew when it came in; printed once a second person has released it.

    There is one valid picture of each kind. The others stay: letters name theirs by `sha256`, and
    are set again with it whatever is valid then. Neither the picture nor its words change.
    """

    art = models.CharField("Art", max_length=10, choices=Bildart.choices)
    inhalt = models.BinaryField("Bild")
    sha256 = models.CharField("Prüfwert", max_length=64)
    breite = models.PositiveIntegerField("Breite in Bildpunkten")
    hoehe = models.PositiveIntegerField("Höhe in Bildpunkten")
    alternativtext = models.CharField("Alternativtext", max_length=150)
    state = models.CharField(
        "Zustand", max_length=20, choices=Bildzustand.choices, default=Bildzustand.ENTWURF
    )
    hochgeladen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="hochgeladen von",
        related_name="hochgeladene_bilder",
    )
    hochgeladen_am = models.DateField("hochgeladen am")
    freigegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="freigegeben von",
        null=True,
        blank=True,
        related_name="freigegebene_bilder",
    )
    freigegeben_am = models.DateField("freigegeben am", null=True, blank=True)
    beendet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="beendet von",
        null=True,
        blank=True,
        related_name="beendete_bilder",
    )
    beendet_am = models.DateField("beendet am", null=True, blank=True)
    beendet_grund = models.CharField("Grund", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "Bild der Behörde"
        verbose_name_plural = "Bilder der Behörde"
        ordering = ["art", "-id"]
        constraints = [
            choices_check("behoerdenbild", "art", Bildart),
            choices_check("behoerdenbild", "state", Bildzustand),
            models.CheckConstraint(
                name="behoerdenbild_mit_worten", condition=~Q(alternativtext="")
            ),
            models.CheckConstraint(
                name="behoerdenbild_vier_augen",
                condition=Q(freigegeben_von__isnull=True)
                | ~Q(freigegeben_von=F("hochgeladen_von")),
            ),
            models.CheckConstraint(
                name="behoerdenbild_freigabe_vollstaendig",
                condition=~Q(state__in=(Bildzustand.GUELTIG, Bildzustand.ABGELEGT))
                | Q(freigegeben_von__isnull=False, freigegeben_am__isnull=False),
            ),
            models.CheckConstraint(
                name="behoerdenbild_ende_begruendet",
                condition=Q(
                    state__in=(Bildzustand.ENTWURF, Bildzustand.GUELTIG), beendet_von__isnull=True
                )
                | Q(
                    state__in=(Bildzustand.ABGELEGT, Bildzustand.VERWORFEN),
                    beendet_von__isnull=False,
                    beendet_am__isnull=False,
                )
                & ~Q(beendet_grund=""),
            ),
            models.UniqueConstraint(
                name="behoerdenbild_eines_gilt",
                fields=["art"],
                condition=Q(state=Bildzustand.GUELTIG),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="bild_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(
                    tuple(Bildzustand.values),
                    (
                        "art",
                        "inhalt",
                        "sha256",
                        "breite",
                        "hoehe",
                        "alternativtext",
                        "hochgeladen_von",
                        "hochgeladen_am",
                    ),
                ),
            ),
            pgtrigger.Protect(
                name="freigabe_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(
                    (Bildzustand.GUELTIG.value, Bildzustand.ABGELEGT.value),
                    ("freigegeben_von", "freigegeben_am"),
                ),
            ),
            pgtrigger.Protect(
                name="ende_fest",
                operation=pgtrigger.Update,
                condition=FixedIn((Bildzustand.ABGELEGT.value, Bildzustand.VERWORFEN.value)),
            ),
            pgtrigger.FSM(
                name="nur_vorwaerts",
                field="state",
                transitions=[
                    (Bildzustand.ENTWURF.value, Bildzustand.GUELTIG.value),
                    (Bildzustand.ENTWURF.value, Bildzustand.VERWORFEN.value),
                    (Bildzustand.GUELTIG.value, Bildzustand.ABGELEGT.value),
                ],
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()} vom {self.hochgeladen_am:%d.%m.%Y}"
