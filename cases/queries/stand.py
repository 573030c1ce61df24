"""Who changed a row last, for the sentence to whoever comes second."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from cases.models import User


def last_editor(*rows: Model | None) -> str:
    """Return who last changed one of the rows; empty when the change history names nobody."""
    events = [event for row in rows if row is not None and (event := _last_event(row)) is not None]
    if not events:
        return ""
    newest = max(events, key=lambda event: event.pgh_created_at)
    wer = (newest.pgh_context.metadata or {}).get("user") if newest.pgh_context else None
    user = User.objects.filter(pk=wer).first() if wer else None
    return user.get_full_name() if user else ""


def _last_event(row: Model) -> Any:
    try:
        model: Any = row._meta.get_field("events").related_model
    except FieldDoesNotExist:
        return None
    rows = model.objects.filter(pgh_obj_id=row.pk).select_related("pgh_context")
    return rows.order_by("-pgh_id").first()
