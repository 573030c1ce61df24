"""A change in the life of a person that the plan looks ahead to."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from cases.crypto import EncryptedTextField
from cases.models.basis import FixedIn, choices_check, never_emptied
from gesamtplan.states.lebensuebergang import UEBERGANGSWAHL, Uebergangsstand

_FEST = (Uebergangsstand.BERUECKSICHTIGT.value, Uebergangsstand.ENTFALLEN.value)


@pghistory.track()
class Lebensuebergang(models.Model):
    """One transition of the person in one case, noted with its day and a reminder before it.

    `tag` is None while the day has to be asked for. `quelle` says on what a day rests that does
    not follow from the birth date, `grund` why the transition does not concern the person.
    """

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="lebensuebergaenge"
    )
    art = models.CharField("Übergang", max_length=30, choices=UEBERGANGSWAHL)
    tag = models.DateField("Tag", null=True, blank=True)
    quelle = EncryptedTextField(
        "Worauf der Tag beruht", purpose="lebensuebergang.quelle", blank=True, default=""
    )
    wiedervorlage = models.OneToOneField(
        "cases.Wiedervorlage",
        models.SET_NULL,
        verbose_name="Wiedervorlage",
        null=True,
        blank=True,
        related_name="lebensuebergang",
    )
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Uebergangsstand.choices,
        default=Uebergangsstand.OFFEN,
    )
    grund = EncryptedTextField("Grund", purpose="lebensuebergang.grund", blank=True, default="")
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        null=True,
        blank=True,
        related_name="lebensuebergaenge",
    )

    class Meta:
        verbose_name = "Biographischer Übergang"
        verbose_name_plural = "Biographische Übergänge"
        ordering = ["tag", "id"]
        constraints = [
            models.CheckConstraint(
                name="lebensuebergang_art_gueltig",
                condition=Q(art__in=[schluessel for schluessel, _ in UEBERGANGSWAHL]),
            ),
            choices_check("lebensuebergang", "state", Uebergangsstand),
            models.UniqueConstraint(
                name="lebensuebergang_einer_offen",
                fields=["case", "art"],
                condition=Q(state=Uebergangsstand.OFFEN),
            ),
            models.CheckConstraint(
                name="lebensuebergang_entfallen_begruendet",
                condition=~Q(state=Uebergangsstand.ENTFALLEN) | ~Q(grund=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="erledigt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(_FEST, ("art", "tag", "quelle", "grund")),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        wann = f"am {self.tag:%d.%m.%Y}" if self.tag else "Tag zu erfragen"
        return f"{self.get_art_display()}, {wann}"
