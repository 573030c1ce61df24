"""Which field keys the database knows: the program starts only with all that its data need."""

from __future__ import annotations

from django.db import models


class Feldschluessel(models.Model):
    """One key of the fields, by its id; `zeuge` is a known text under it, or empty.

    The text shows whether a key of the same id is the same key. Empty: data came with this id
    before the program had the key; it cannot start until somebody finds it.
    """

    kennung = models.CharField("Kennung", max_length=60, unique=True)
    zeuge = models.TextField("bekannter Text, verschlüsselt", blank=True)
    erfasst = models.DateTimeField("erfasst", auto_now_add=True)

    class Meta:
        verbose_name = "Feldschlüssel"
        verbose_name_plural = "Feldschlüssel"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.kennung
