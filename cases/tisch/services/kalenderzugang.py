"""The secret address of somebody's calendar: made, renewed, and looked up by its hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from cases.models import Kalenderzugang, User

# 32 random bytes: nobody guesses an address.
_BYTES = 32


@transaction.atomic
def renew_kalenderzugang(*, user: User, tag: date) -> str:
    """Give this person a new secret and end the old one; it is returned once and never stored."""
    schluessel = secrets.token_urlsafe(_BYTES)
    Kalenderzugang.objects.filter(user=user).delete()
    Kalenderzugang.objects.create(user=user, schluessel_sha256=_hash(schluessel), erstellt_am=tag)
    return schluessel


def read_kalenderzugang(*, schluessel: str, now: datetime) -> Kalenderzugang | None:
    """Return whose calendar a secret opens and note the reading; None when it opens none.

    Only the hash is compared, by the database, so the time taken tells nothing of the secret. An
    account that is switched off has no calendar any more.
    """
    zugang = (
        Kalenderzugang.objects.filter(schluessel_sha256=_hash(schluessel), user__is_active=True)
        .select_related("user")
        .first()
    )
    if zugang is not None:
        Kalenderzugang.objects.filter(pk=zugang.pk).update(
            zuletzt_gelesen=now, abrufe=F("abrufe") + 1
        )
    return zugang


def _hash(schluessel: str) -> str:
    return hashlib.sha256(schluessel.encode()).hexdigest()
