"""The address that persons, representatives and entries of the directory have in common."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cases.models.basis import choices_check
from recht.anschrift import Anschriftart as Art
from recht.anschrift import Anschriftwert
from recht.laender import DEUTSCHLAND


class Anschriftart(models.TextChoices):
    """What stands where other addresses have a street; words of `recht.anschrift`."""

    STRASSE = Art.STRASSE.value, "Straße und Hausnummer"
    POSTFACH = Art.POSTFACH.value, "Postfach"
    GROSSEMPFAENGER = Art.GROSSEMPFAENGER.value, "Großempfänger mit eigener Postleitzahl"
    OHNE_WOHNSITZ = Art.OHNE_WOHNSITZ.value, "ohne festen Wohnsitz, Post über eine Stelle"


class MitAnschrift(models.Model):
    """A row with one address: `land` is a code of ISO 3166-1, `strasse` may be a Postfach."""

    anschriftart = models.CharField(
        "Art der Anschrift",
        max_length=20,
        choices=Anschriftart.choices,
        default=Anschriftart.STRASSE,
    )
    zusatz = models.CharField("Zusatz (c/o)", max_length=100, blank=True, default="")
    strasse = models.CharField("Straße und Hausnummer", max_length=200, blank=True)
    plz = models.CharField("Postleitzahl", max_length=10, blank=True)
    ort = models.CharField("Ort", max_length=100, blank=True)
    land = models.CharField("Land", max_length=2, default=DEUTSCHLAND)

    class Meta:
        abstract = True

    @property
    def anschriftwert(self) -> Anschriftwert:
        """Return the address as a value with its rules."""
        return Anschriftwert(
            ort=self.ort,
            plz=self.plz,
            strasse=self.strasse,
            zusatz=self.zusatz,
            land=self.land,
            art=Art(self.anschriftart),
        )

    @property
    def hat_anschrift(self) -> bool:
        """Tell whether an address is recorded at all."""
        return bool(self.ort)

    def anschriftzeilen(self) -> list[str]:
        """Return the lines below the name, as the window of an envelope needs them."""
        return self.anschriftwert.zeilen() if self.hat_anschrift else []


def anschrift_checks(table: str) -> list[models.CheckConstraint]:
    """Return the CHECKs of an address: its kind, and a code of a country."""
    land = Q(land__regex=r"^[A-Z]{2}$")
    return [
        choices_check(table, "anschriftart", Anschriftart),
        models.CheckConstraint(name=f"{table}_land_gueltig", condition=land),
    ]
