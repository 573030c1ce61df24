"""Preconditions of changing a note."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cases.models import User, Vermerk
from cases.registry.schritt import Hindernis

_EIN_TAG = timedelta(hours=24)


def vermerk_noch_zu_berichtigen(
    vermerk: Vermerk, by: User, zeitpunkt: datetime
) -> Hindernis | None:
    """Art. 20 Abs. 3 GG: a file tells truly and completely how things came about.

    A slip of the pen may be corrected by its author while the memory is fresh, for 24 hours to
    the second; after that a note is only added to.
    """
    if vermerk.verfasst_von_id != by.pk:
        return Hindernis(
            "Einen Vermerk berichtigt nur, wer ihn verfasst hat. Sie können einen Nachtrag "
            "schreiben."
        )
    if zeitpunkt - vermerk.erstellt > _EIN_TAG:
        bis = timezone.localtime(vermerk.erstellt + _EIN_TAG)
        return Hindernis(
            f"Der Vermerk war bis {bis:%d.%m.%Y, %H:%M} Uhr zu berichtigen. Sie können einen "
            "Nachtrag schreiben."
        )
    return None
