"""A Widerspruch against any decision (§ 84 SGG)."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from budget.states.widerspruch import (
    OHNE_FORM,
    Verfahrensausgang,
    Widerspruchsform,
    Widerspruchszustand,
    Wiedereinsetzung,
)
from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check, never_emptied

# What stands against a Widerspruch, as a question to the database; `Widerspruch.zulaessig` tells
# the same of one row.
UNZULAESSIG = Q(form__in=OHNE_FORM) | (
    Q(frist_bis__isnull=False, eingang_am__gt=F("frist_bis"))
    & ~Q(wiedereinsetzung=Wiedereinsetzung.GEWAEHRT)
)


@pghistory.track()
class Widerspruch(models.Model):
    """One Widerspruch against one letter that carries a Verwaltungsakt.

    `frist_bis` is the last day of the Widerspruchsfrist that runs; it follows every change of it.
    None where nothing has been made known yet.
    """

    events: Any  # the change history, added by pghistory

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="widersprueche"
    )
    schreiben = models.ForeignKey(
        "cases.Schreiben",
        models.PROTECT,
        verbose_name="angegriffener Bescheid",
        related_name="widersprueche",
    )
    eingang_am = models.DateField("eingegangen am")
    andere_stelle = models.CharField(
        "zuerst eingegangen bei",
        max_length=200,
        blank=True,
        default="",
        help_text="Eine andere inländische Behörde wahrt die Frist (§ 84 Abs. 2 S. 1 SGG).",
    )
    form = models.CharField("Form", max_length=20, choices=Widerspruchsform.choices)
    vorbringen = EncryptedTextField(
        "Was die Person vorbringt", purpose="widerspruch.vorbringen", blank=True, default=""
    )
    frist_bis = models.DateField("Widerspruchsfrist bis", null=True, blank=True)
    wiedereinsetzung = models.CharField(
        "Wiedereinsetzung",
        max_length=20,
        choices=Wiedereinsetzung.choices,
        blank=True,
        default=Wiedereinsetzung.KEINE,
    )
    wiedereinsetzung_grund = EncryptedTextField(
        "Grund dazu", purpose="widerspruch.wiedereinsetzung_grund", blank=True, default=""
    )
    stellungnahme_von = models.CharField(
        "Stellungnahme von", max_length=200, blank=True, default=""
    )
    stellungnahme_am = models.DateField("Stellungnahme vom", null=True, blank=True)
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Widerspruchszustand.choices,
        default=Widerspruchszustand.EINGELEGT,
    )
    erledigt_am = models.DateField("erledigt am", null=True, blank=True)
    klage_am = models.DateField("Klage vom", null=True, blank=True)
    gericht = models.CharField("Gericht und Aktenzeichen", max_length=200, blank=True, default="")
    ausgang = models.CharField(
        "Ausgang",
        max_length=20,
        choices=Verfahrensausgang.choices,
        blank=True,
        default=Verfahrensausgang.OFFEN,
        help_text="für den Bericht über die Teilhabeverfahren",
    )
    irrtum_grund = EncryptedTextField(
        "Warum irrtümlich", purpose="widerspruch.irrtum_grund", blank=True, default=""
    )
    erfasst_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="erfasst von", related_name="widersprueche"
    )

    class Meta:
        verbose_name = "Widerspruch"
        verbose_name_plural = "Widersprüche"
        ordering = ["-eingang_am", "-id"]
        constraints = [
            choices_check("widerspruch", "state", Widerspruchszustand),
            choices_check("widerspruch", "form", Widerspruchsform),
            choices_check("widerspruch", "wiedereinsetzung", Wiedereinsetzung),
            choices_check("widerspruch", "ausgang", Verfahrensausgang),
            models.UniqueConstraint(
                name="widerspruch_einer_je_eingang",
                fields=["schreiben", "eingang_am"],
                condition=~Q(state=Widerspruchszustand.IRRTUEMLICH),
            ),
            models.CheckConstraint(
                name="widerspruch_irrtum_begruendet",
                condition=~Q(state=Widerspruchszustand.IRRTUEMLICH) | ~Q(irrtum_grund=""),
            ),
            models.CheckConstraint(
                name="widerspruch_wiedereinsetzung_begruendet",
                condition=Q(wiedereinsetzung__in=["", Wiedereinsetzung.BEANTRAGT])
                | ~Q(wiedereinsetzung_grund=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Widerspruch vom {self.eingang_am:%d.%m.%Y}"

    @property
    def verspaetet(self) -> bool:
        """Tell whether it came after the Widerspruchsfrist (§ 84 Abs. 1 SGG)."""
        return self.frist_bis is not None and self.eingang_am > self.frist_bis

    @property
    def zulaessig(self) -> bool:
        """Tell whether Frist and Form do not stand against it."""
        spaet = self.verspaetet and self.wiedereinsetzung != Wiedereinsetzung.GEWAEHRT
        return not spaet and self.form not in OHNE_FORM
