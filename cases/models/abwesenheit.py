"""Who is away from when to when, and who looks after the cases meanwhile."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from cases.models.basis import choices_check

# What somebody else has entered opens nothing before it is confirmed, see `confirm_abwesenheit`.
WIRKSAM = Q(bestaetigt_von__isnull=False) | Q(eingetragen_von=F("user"))


class Abwesenheitsgrund(models.TextChoices):
    """Neutral on purpose: an illness is nobody's business here."""

    ABWESEND = "abwesend", "abwesend (ohne Angabe)"
    URLAUB = "urlaub", "Urlaub"
    FORTBILDUNG = "fortbildung", "Fortbildung"
    DIENSTREISE = "dienstreise", "Dienstreise"


@pghistory.track()
class Abwesenheit(models.Model):
    """One absence of one person with the deputy for these days; both days are included."""

    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="abwesend", related_name="abwesenheiten"
    )
    von = models.DateField("erster Tag")
    bis = models.DateField("letzter Tag")
    vertretung = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="Vertretung", related_name="vertretungen"
    )
    grund = models.CharField(
        "Grund",
        max_length=20,
        choices=Abwesenheitsgrund.choices,
        default=Abwesenheitsgrund.ABWESEND,
    )
    geschuetzte = models.BooleanField(
        "auch geschützte Fälle",
        default=False,
        help_text="Die Vertretung sieht auch geschützte Fälle; das bestimmt nur die Leitung.",
    )
    eingetragen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="eingetragen von",
        related_name="eingetragene_abwesenheiten",
    )
    bestaetigt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="bestätigt von",
        null=True,
        blank=True,
        related_name="bestaetigte_abwesenheiten",
    )
    bestaetigt_am = models.DateTimeField("bestätigt am", null=True, blank=True)
    aufgehoben_am = models.DateField("aufgehoben am", null=True, blank=True)

    class Meta:
        verbose_name = "Abwesenheit"
        verbose_name_plural = "Abwesenheiten"
        ordering = ["von", "id"]
        constraints = [
            choices_check("abwesenheit", "grund", Abwesenheitsgrund),
            models.CheckConstraint(
                name="abwesenheit_ende_nach_beginn", condition=Q(bis__gte=F("von"))
            ),
            models.CheckConstraint(
                name="abwesenheit_durch_andere_person", condition=~Q(vertretung=F("user"))
            ),
            # Who gains access does not grant it.
            models.CheckConstraint(
                name="abwesenheit_durch_andere_bestaetigt",
                condition=Q(bestaetigt_von__isnull=True, bestaetigt_am__isnull=True)
                | (
                    Q(bestaetigt_von__isnull=False, bestaetigt_am__isnull=False)
                    & ~Q(bestaetigt_von=F("vertretung"))
                    & ~Q(bestaetigt_von=F("eingetragen_von"))
                ),
            ),
            ExclusionConstraint(
                name="abwesenheit_ohne_ueberschneidung",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(F("von"), F("bis"), models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(aufgehoben_am__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["vertretung", "bis"], name="abwesenheit_vertretung")]

    @property
    def wirksam(self) -> bool:
        """Tell whether the deputy gets access: the person or a second one has said so."""
        return self.bestaetigt_von_id is not None or self.eingetragen_von_id == self.user_id

    def __str__(self) -> str:
        return f"{self.von:%d.%m.%Y} bis {self.bis:%d.%m.%Y}"
