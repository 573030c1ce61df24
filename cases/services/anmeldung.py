"""The log of logins is written here, and only added to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from cases.models import Anmeldeereignis, Anmeldevorgang, Meldungsanlass, User
from cases.models.anmeldung import MISSLUNGEN
from cases.services.auffaelligkeit import watch_logins
from cases.services.zugangsmeldung import tell

# So many wrong tries before a right one are no slip of the finger.
AUFFAELLIG_VIELE = 3
# Tries that are older say nothing about this login.
_ZEITRAUM = timedelta(days=7)


def log_anmeldung(
    *,
    konto: User | None,
    art: Anmeldevorgang,
    zeitpunkt: datetime,
    adresse: str | None = None,
    browser: str = "",
) -> Anmeldeereignis:
    """Note what happened at the door of an account; many failures raise an alert."""
    row = Anmeldeereignis.objects.create(
        user=konto, art=art, adresse=adresse or None, browser=browser[:60]
    )
    if konto is not None and art in MISSLUNGEN:
        watch_logins(konto=konto, now=zeitpunkt)
    return row


@transaction.atomic
def tell_unusual(*, konto: User, bekannt: bool, now: datetime) -> bool:
    """Tell the person of a login that may not be theirs; called after each that has succeeded.

    Unusual is a device that is not known of an account that has logged in before, and a login
    after several wrong tries. Returns whether they were told.
    """
    rows = Anmeldeereignis.objects.filter(user=konto)
    fruehere = rows.filter(art=Anmeldevorgang.ANGEMELDET).order_by("-pk")[:2]
    # The login that has just succeeded is the latest of them.
    vorher = fruehere[1] if len(fruehere) > 1 else None
    versuche = rows.filter(art__in=MISSLUNGEN, zeit__gt=now - _ZEITRAUM)
    if vorher is not None:
        versuche = versuche.filter(pk__gt=vorher.pk)
    saetze = []
    if vorher is not None and not bekannt:
        saetze.append(
            "An Ihrem Konto hat sich jemand auf einem bisher unbekannten Gerät angemeldet."
        )
    if (anzahl := versuche.count()) >= AUFFAELLIG_VIELE:
        saetze.append(f"Vor dieser Anmeldung ist sie {anzahl}-mal misslungen.")
    if not saetze:
        return False
    satz = " ".join(
        [*saetze, "Waren Sie es nicht, sagen Sie es sofort der Berechtigungsverwaltung."]
    )
    tell(users=[konto], anlass=Meldungsanlass.KONTO, text=satz, zeitpunkt=now)
    return True
