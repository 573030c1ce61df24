"""Seals over what only grows: a missing, changed or swapped row of a log is found."""

from __future__ import annotations

from django.db import models

from cases.models.basis import append_only


class Protokollsiegel(models.Model):
    """The seal of one table and day, made when the day is over; each covers the one before.

    `zeilen` holds 24 bytes per row, in order of the rows: its number and half of its SHA-256, so
    that a check can name the row. `spalten` are the columns that the hash covers: a later
    version may add some.
    """

    tabelle = models.CharField("Tabelle", max_length=63)
    tag = models.DateField("Tag")
    erstellt = models.DateTimeField("erstellt", auto_now_add=True)
    spalten = models.JSONField("Spalten")
    anzahl = models.PositiveIntegerField("Zeilen")
    zeilen = models.BinaryField("Nummern und Anfänge der Prüfwerte")
    vorgaenger = models.CharField("Siegel davor", max_length=64, blank=True)
    siegel = models.CharField("Siegel", max_length=64)

    class Meta:
        verbose_name = "Protokollsiegel"
        verbose_name_plural = "Protokollsiegel"
        ordering = ["tabelle", "tag"]
        constraints = [
            models.UniqueConstraint(name="protokollsiegel_je_tag", fields=["tabelle", "tag"])
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.tabelle} am {self.tag:%d.%m.%Y}"


class Protokollluecke(models.Model):
    """A row of a log that the law wanted gone, with its reason; the check passes it over."""

    tabelle = models.CharField("Tabelle", max_length=63)
    zeile = models.BigIntegerField("Nummer der Zeile")
    zeit = models.DateTimeField("Zeit")
    grund = models.CharField("Grund", max_length=100)

    class Meta:
        verbose_name = "Protokolllücke"
        verbose_name_plural = "Protokolllücken"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="protokollluecke_je_zeile", fields=["tabelle", "zeile"])
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.tabelle} {self.zeile}: {self.grund}"
