"""Roles of the people who work with Fallwerk."""

from __future__ import annotations

from django.db.models import TextChoices


class Rolle(TextChoices):
    """Roles are groups; the value is the name of the group."""

    FALLMANAGEMENT = "Fallmanagement", "Fallmanagement"
    LEITUNG = "Sachgebietsleitung", "Sachgebietsleitung"
    FACHDIENST = "Fachdienst", "Fachdienst"
    KASSE = "Kasse", "Kasse"
    REVISION = "Revision", "Revision"
    DATENSCHUTZ = "Datenschutz", "Datenschutz"
    FACHADMINISTRATION = "Fachadministration", "Fachadministration"
    BERECHTIGUNG = "Berechtigungsverwaltung", "Berechtigungsverwaltung"


SCHREIBENDE = frozenset({Rolle.FALLMANAGEMENT.value, Rolle.LEITUNG.value})


NUR_LEITUNG = frozenset({Rolle.LEITUNG.value})


NUR_FACHADMINISTRATION = frozenset({Rolle.FACHADMINISTRATION.value})


WERTROLLEN = NUR_FACHADMINISTRATION | NUR_LEITUNG
