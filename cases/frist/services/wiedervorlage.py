"""Reminders that somebody sets; unlike a Frist they may be moved and deleted from the desk."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.models import Case, User, Wiedervorlage
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.tafel import SchrittUnzulaessig


@transaction.atomic
def create_wiedervorlage(
    *, case: Case, user: User, am: date, anlass: str, by: User | None, tag: date
) -> Wiedervorlage:
    """Set a reminder for a day that has not passed.

    Raises SchrittUnzulaessig for a day in the past.
    """
    if am < tag:
        raise SchrittUnzulaessig(f"Der {am:%d.%m.%Y} liegt in der Vergangenheit.")
    wiedervorlage = Wiedervorlage.objects.create(case=case, user=user, am=am, anlass=anlass)
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="wiedervorlage",
        text=f"Wiedervorlage am {am:%d.%m.%Y}: {anlass}",
        gegenstand=wiedervorlage,
    )
    return wiedervorlage


@transaction.atomic
def end_wiedervorlage(*, wiedervorlage: Wiedervorlage, by: User | None, tag: date) -> Wiedervorlage:
    """Mark a reminder as done; without a user the program does it. Twice changes nothing."""
    row = lock_row(Wiedervorlage.objects.select_related("case"), wiedervorlage.pk)
    if row.erledigt_am is None:
        row.erledigt_am = tag
        row.save(update_fields=["erledigt_am"])
        record_ereignis(
            case=row.case,
            by=by,
            tag=tag,
            art="wiedervorlage",
            text=f"Wiedervorlage erledigt: {row.anlass}",
            gegenstand=row,
        )
    return row
