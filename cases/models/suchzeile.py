"""What the search box looks into: one row per person, written by the database itself."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Suchzeile(models.Model):
    """Names, addresses, sound and account endings of one person in the form the search compares.

    Triggers on person, address, block and account keep the row right, however those were written
    (function `suchzeile_neu`). `name` holds earlier names as well, `umschrift` the same words as
    `cases.person.namensform.umschrift` writes them; `ort` is empty while a block
    (Auskunftssperre) has no end, so that nobody is found by a hidden address.
    """

    leistungsberechtigte_person = models.OneToOneField(
        "cases.LeistungsberechtigtePerson",
        models.CASCADE,
        primary_key=True,
        verbose_name="Person",
        related_name="suchzeile",
    )
    name = models.TextField("Namen")
    ort = models.TextField("Anschriften", blank=True)
    umschrift = ArrayField(models.CharField(max_length=100), verbose_name="Umschrift", default=list)
    laut = ArrayField(models.CharField(max_length=100), verbose_name="Klang", default=list)
    konten = ArrayField(models.CharField(max_length=4), verbose_name="IBAN-Enden", default=list)

    class Meta:
        verbose_name = "Suchzeile"
        verbose_name_plural = "Suchzeilen"
        indexes = [
            GinIndex(fields=["name"], name="suchzeile_name_trgm", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["ort"], name="suchzeile_ort_trgm", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["umschrift"], name="suchzeile_umschrift"),
            GinIndex(fields=["laut"], name="suchzeile_laut"),
            GinIndex(fields=["konten"], name="suchzeile_konten"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
