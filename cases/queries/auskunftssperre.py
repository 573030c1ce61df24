"""Whether an Auskunftssperre protects the address of a person."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from cases.models import (
    Auskunftssperre,
)


def auskunftssperre_am(person_id: int, stichtag: date) -> Auskunftssperre | None:
    """Return the block that holds on the day, in one query."""
    return Auskunftssperre.objects.filter(
        Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=stichtag),
        leistungsberechtigte_person_id=person_id,
        gueltig_ab__lte=stichtag,
    ).first()
