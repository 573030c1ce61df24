"""What every entry of the directory has: name, address, ways to reach it, its days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.anschriftwert import MitAnschrift


class Verzeichniseintrag(MitAnschrift):
    """A body outside the case; the same facts for carriers, providers, doctors and courts.

    An entry is never deleted while something points to it: it ends, or it is merged into another
    one and then stays as a row that says into which. Nothing here is a Sozialdatum of a
    leistungsberechtigte Person, so it is stored in clear text and can be searched.
    """

    name = models.CharField("Name", max_length=200)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    institutionskennzeichen = models.CharField("Institutionskennzeichen", max_length=9, blank=True)
    gueltig_ab = models.DateField("gültig ab", null=True, blank=True)
    gueltig_bis = models.DateField("gültig bis", null=True, blank=True)
    geprueft = models.BooleanField("geprüft", default=True)
    angelegt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="angelegt von",
        related_name="angelegte_%(class)s_liste",
        null=True,
        blank=True,
    )
    zusammengefuehrt_in = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="zusammengeführt in",
        related_name="zusammengefuehrt_aus",
        null=True,
        blank=True,
    )

    if TYPE_CHECKING:
        zusammengefuehrt_in_id: int | None

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def gilt_am(self, stichtag: date) -> bool:
        """Tell whether the entry may be chosen on this day."""
        return (
            self.zusammengefuehrt_in_id is None
            and (self.gueltig_ab is None or self.gueltig_ab <= stichtag)
            and (self.gueltig_bis is None or self.gueltig_bis >= stichtag)
        )


def zeitraum_check(table: str) -> models.CheckConstraint:
    """Return a CHECK that a validity ends on or after its first day."""
    return models.CheckConstraint(
        name=f"{table}_ende_nach_beginn",
        condition=Q(gueltig_ab__isnull=True)
        | Q(gueltig_bis__isnull=True)
        | Q(gueltig_bis__gte=F("gueltig_ab")),
    )


def kennzeichen_check(table: str) -> models.CheckConstraint:
    """Return a CHECK that an Institutionskennzeichen has nine digits (§ 293 Abs. 1 SGB V)."""
    return models.CheckConstraint(
        name=f"{table}_kennzeichen_neun_ziffern",
        condition=Q(institutionskennzeichen="") | Q(institutionskennzeichen__regex=r"^[0-9]{9}$"),
    )


def nicht_in_sich_check(table: str) -> models.CheckConstraint:
    """Return a CHECK that no entry is merged into itself."""
    return models.CheckConstraint(
        name=f"{table}_nicht_in_sich",
        condition=Q(zusammengefuehrt_in__isnull=True) | ~Q(zusammengefuehrt_in=F("id")),
    )
