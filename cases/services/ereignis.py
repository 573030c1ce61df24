"""The Chronik: every step with effect writes one line here, in its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import models

from cases.models import Case, Ereignis, User


def gegenstand_of(obj: models.Model) -> str:
    """Return the short reference of an object, e.g. `antrag:17`."""
    return f"{obj._meta.model_name}:{obj.pk}"


def record_ereignis(
    *,
    case: Case,
    by: User | None,
    tag: date,
    art: str,
    text: str,
    gegenstand: models.Model | None = None,
) -> Ereignis:
    """Write one line of the Chronik; `text` is what a Fallmanager reads, up to 500 characters."""
    zeile = draft_ereignis(case=case, by=by, tag=tag, art=art, text=text, gegenstand=gegenstand)
    zeile.save()
    return zeile


def draft_ereignis(
    *,
    case: Case,
    by: User | None,
    tag: date,
    art: str,
    text: str,
    gegenstand: models.Model | None = None,
) -> Ereignis:
    """Return a line of the Chronik that is not written yet."""
    return Ereignis(
        case=case,
        user=by,
        am=tag,
        art=art,
        text=text[:500],
        gegenstand=gegenstand_of(gegenstand) if gegenstand is not None else "",
    )


def record_ereignisse(zeilen: Sequence[Ereignis]) -> None:
    """Write many lines at once, in their order."""
    Ereignis.objects.bulk_create(zeilen)
