"""Two entries of the directory that are one: what was moved, so that it can be moved back."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.basis import choices_check


class Gattung(models.TextChoices):
    """Tables of the directory."""

    LEISTUNGSTRAEGER = "leistungstraeger", "Leistungsträger"
    LEISTUNGSERBRINGER = "leistungserbringer", "Leistungserbringer"
    STELLE = "stelle", "Stelle"


class Zeilenstand(models.TextChoices):
    """What has become of a row that pointed to the entry that went."""

    VERSCHOBEN = "verschoben", "zeigt jetzt auf den verbleibenden Eintrag"
    GEBLIEBEN = "geblieben", "ist festgeschrieben und nennt weiter den alten Eintrag"
    ZURUECK = "zurueck", "zeigt wieder auf den alten Eintrag"
    BELASSEN = "belassen", "wurde inzwischen anders zugeordnet und bleibt so"
    FESTGESCHRIEBEN = "festgeschrieben", "ist inzwischen festgeschrieben und bleibt so"
    GELOESCHT = "geloescht", "gibt es nicht mehr"


@pghistory.track()
class Zusammenfuehrung(models.Model):
    """One merge. `bleibt` and `geht` are ids in the table of `gattung`, on purpose no foreign keys:

    a later merge moves foreign keys, but must not rewrite what happened here. `felder` holds for
    each changed field of the remaining entry the value before and after.
    """

    gattung = models.CharField("Verzeichnis", max_length=30, choices=Gattung.choices)
    bleibt = models.BigIntegerField("verbleibender Eintrag")
    geht = models.BigIntegerField("aufgegangener Eintrag")
    felder = models.JSONField("übernommene Felder", default=dict)
    am = models.DateField("zusammengeführt am")
    von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="zusammengeführt von",
        related_name="zusammenfuehrungen",
    )
    zurueck_am = models.DateField("rückgängig gemacht am", null=True, blank=True)
    zurueck_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="rückgängig gemacht von",
        related_name="zurueckgenommene_zusammenfuehrungen",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "Zusammenführung"
        verbose_name_plural = "Zusammenführungen"
        ordering = ["-id"]
        constraints = [
            choices_check("zusammenfuehrung", "gattung", Gattung),
            models.CheckConstraint(
                name="zusammenfuehrung_zweier_eintraege", condition=~Q(bleibt=F("geht"))
            ),
            models.CheckConstraint(
                name="zusammenfuehrung_zurueck_mit_person",
                condition=Q(zurueck_am__isnull=True, zurueck_von__isnull=True)
                | Q(zurueck_am__isnull=False, zurueck_von__isnull=False),
            ),
            models.UniqueConstraint(
                name="zusammenfuehrung_nur_einmal",
                fields=["gattung", "geht"],
                condition=Q(zurueck_am__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Zusammenführung vom {self.am:%d.%m.%Y}"


class Verweis(models.Model):
    """One row that pointed to the entry that went, in which column, and what became of it.

    `abdruck` is the mark of the row right after it was moved: another mark at undo means that
    somebody has changed the row since.
    """

    zusammenfuehrung = models.ForeignKey(
        Zusammenfuehrung,
        models.CASCADE,
        verbose_name="Zusammenführung",
        related_name="verweise",
    )
    modell = models.CharField("Tabelle", max_length=100)
    feld = models.CharField("Spalte", max_length=100)
    zeile = models.BigIntegerField("Zeile")
    abdruck = models.CharField("Abdruck", max_length=20, blank=True)
    stand = models.CharField("Stand", max_length=20, choices=Zeilenstand.choices)

    class Meta:
        verbose_name = "Verweis"
        verbose_name_plural = "Verweise"
        ordering = ["id"]
        constraints = [
            choices_check("verweis", "stand", Zeilenstand),
            models.UniqueConstraint(
                name="verweis_einmal", fields=["zusammenfuehrung", "modell", "feld", "zeile"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.modell}.{self.feld} {self.zeile}"


class Doppelausschluss(models.Model):
    """Two entries that look alike and are not the same; they are not proposed again."""

    gattung = models.CharField("Verzeichnis", max_length=30, choices=Gattung.choices)
    erster = models.BigIntegerField("erster Eintrag")
    zweiter = models.BigIntegerField("zweiter Eintrag")
    am = models.DateField("am")
    von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="von",
        related_name="doppelausschluesse",
    )

    class Meta:
        verbose_name = "Doppelausschluss"
        verbose_name_plural = "Doppelausschlüsse"
        ordering = ["-id"]
        constraints = [
            choices_check("doppelausschluss", "gattung", Gattung),
            models.CheckConstraint(
                name="doppelausschluss_geordnet", condition=Q(erster__lt=F("zweiter"))
            ),
            models.UniqueConstraint(
                name="doppelausschluss_einmal", fields=["gattung", "erster", "zweiter"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_gattung_display()} {self.erster} und {self.zweiter}"
