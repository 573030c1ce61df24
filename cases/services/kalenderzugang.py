"""The end of the secret address of somebody's calendar."""

from __future__ import annotations

from cases.models import Kalenderzugang, User


def end_kalenderzugang(*, user: User) -> bool:
    """End the address; says whether there was one.

    It opens without password and second factor, so it goes with them: see `end_sessions` and what
    follows a new password.
    """
    anzahl, _ = Kalenderzugang.objects.filter(user=user).delete()
    return anzahl > 0
