"""The guided check of the Zuständigkeit: in work until a decision closes it."""

from __future__ import annotations

from django.db.models import TextChoices


class Pruefungszustand(TextChoices):
    """Where a guided check stands."""

    IN_ARBEIT = "in_arbeit", "in Arbeit"
    ABGESCHLOSSEN = "abgeschlossen", "abgeschlossen"
