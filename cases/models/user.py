"""Users of the program."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models

from cases.models.namensform import namensform, voller_name
from cases.states.rolle import Rolle


class User(AbstractUser):
    """A member of staff. What somebody may do follows from groups (roles) and the team."""

    team = models.ForeignKey(
        "cases.Team",
        models.PROTECT,
        verbose_name="Team",
        null=True,
        blank=True,
        related_name="users",
    )
    geleitete_teams = models.ManyToManyField(
        "cases.Team", verbose_name="geleitete Teams", blank=True, related_name="leitungen"
    )
    funktion = models.CharField("Funktion", max_length=100, blank=True)
    zeichen = models.CharField("Zeichen", max_length=10, blank=True)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    zimmer = models.CharField("Zimmer", max_length=20, blank=True)
    startpasswort_bis = models.DateTimeField(
        "Startpasswort gilt bis",
        null=True,
        blank=True,
        help_text="gesetzt, bis die Person ein eigenes Passwort gewählt hat",
    )
    freigaben_ab = models.DateTimeField(
        "Freigaben und Bestätigungen ab",
        null=True,
        blank=True,
        help_text="gesetzt, wenn andere den Zugang erneuert haben",
    )

    listenfilter = models.JSONField(
        "gemerkte Filter",
        default=dict,
        blank=True,
        help_text="je Liste, was die Person zuletzt gewählt hat; keine Namen",
    )

    class Meta(AbstractUser.Meta):
        verbose_name = "Benutzer"
        verbose_name_plural = "Benutzer"
        indexes = [models.Index(namensform(voller_name()), name="user_namensform")]

    @cached_property
    def rollen(self) -> frozenset[str]:
        """Return the names of the roles, read once per request."""
        return frozenset(self.groups.values_list("name", flat=True)) & frozenset(Rolle.values)

    def has_rolle(self, *rollen: str) -> bool:
        """Tell whether the user has at least one of the roles."""
        return bool(self.rollen & frozenset(rollen))
