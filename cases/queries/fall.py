"""Cases by what names them."""

from __future__ import annotations

from collections.abc import Collection

from cases.models import Case


def ids_of(aktenzeichen: Collection[str]) -> set[int]:
    """Return the ids of the cases with these Aktenzeichen; one query."""
    return set(Case.objects.filter(aktenzeichen__in=aktenzeichen).values_list("pk", flat=True))
