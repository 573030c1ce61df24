"""The log of logins, for the person and for the Datenschutz."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.models import Anmeldeereignis, Meldungsanlass, User, Zugangsmeldung


def anmeldungen_of(user: User) -> QuerySet[Anmeldeereignis]:
    """Return what happened at the door of one account, the latest first."""
    return Anmeldeereignis.objects.filter(user=user)


def alle_anmeldungen() -> QuerySet[Anmeldeereignis]:
    """Return what happened at all doors, also at that of no account, the latest first."""
    return Anmeldeereignis.objects.select_related("user")


def meldungen_an(user: User) -> QuerySet[Zugangsmeldung]:
    """Return what this person was told about account and cases, the latest first."""
    return Zugangsmeldung.objects.filter(
        user=user, anlass__in=[Meldungsanlass.KONTO, Meldungsanlass.ZUGRIFF]
    )
