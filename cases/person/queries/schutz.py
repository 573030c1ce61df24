"""The protection of a person: what holds, and what was."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.models import LeistungsberechtigtePerson, Personenschutz


def schutz_of(person: LeistungsberechtigtePerson) -> QuerySet[Personenschutz]:
    """Return all protections of the person, the running one first."""
    return Personenschutz.objects.filter(leistungsberechtigte_person=person).select_related(
        "gesetzt_von", "bestaetigt_von", "aufhebung_von", "aufgehoben_von"
    )
