"""Reads that do not go through the case page."""

from __future__ import annotations

from cases.models import Case, Lesezugriff, User
from cases.states.rolle import Rolle
from cases.states.zugang import Zugriffsgrund


def note_control(*, case: Case, by: User) -> Lesezugriff:
    """Log that the Datenschutz looked at the read log of a case (no content is shown)."""
    return Lesezugriff.objects.create(
        case=case,
        user=by,
        route="datenschutz_lesezugriffe",
        als=Rolle.DATENSCHUTZ,
        grund=Zugriffsgrund.DATENSCHUTZ,
    )
