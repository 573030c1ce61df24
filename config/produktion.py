"""What production refuses beyond its settings."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from cases import rechte
from cases.forms.passwort import fault_of_list
from cases.models import User
from cases.services import betrieb, feldschluessel
from vorfuehrung.behoerde import DOMAENE


def refuse_demo_accounts() -> None:
    """Raise ImproperlyConfigured when production finds accounts of the demonstration.

    Their password was printed on a screen. They are known by a mark of their own, whatever name and
    address they were given since; older ones by their address. Called by the web server and the
    worker at start.
    """
    if not settings.PRODUCTION:
        return
    names = list(
        User.objects.filter(
            Q(vorfuehrkonto__isnull=False) | Q(email__iendswith=f"@{DOMAENE}"), is_active=True
        )
        .order_by("username")
        .values_list("username", flat=True)
    )
    if names:
        raise ImproperlyConfigured(
            f"In der Produktion sind Konten der Vorführung aktiv: {', '.join(names)}. "
            "Bitte sperren oder löschen Sie sie zuerst."
        )


def refuse_powerful_role() -> None:
    """Raise ImproperlyConfigured when the role of a production may do more than the program needs.

    With it, one hole in the program would be a hole in every log and every lock of the database.
    """
    if settings.PRODUCTION and (found := rechte.excess_of_role()):
        raise ImproperlyConfigured(
            f"Das Konto aus DATABASE_URL hat zu viele Rechte: es {', '.join(found)}. Fallwerk "
            f"arbeitet mit der Rolle {settings.DATENBANKROLLE}; `migrate` läuft mit dem "
            "Eigentümer der Tabellen und richtet sie ein, siehe docs/betrieb.md."
        )


def refuse_wrong_keys() -> None:
    """Raise ImproperlyConfigured when data are encrypted with a key that is missing or another one.

    Else pages fail one by one, and new data are written that nobody can read together with the old.
    """
    if faults := feldschluessel.faults_of_keys():
        raise ImproperlyConfigured(
            f"{'. '.join(faults)}. Bitte FALLWERK_FELDSCHLUESSEL ergänzen; ohne ihn startet "
            "Fallwerk nicht, siehe docs/betrieb.md."
        )
    feldschluessel.record_keys()


def refuse_missing_list() -> None:
    """Raise ImproperlyConfigured when the list of known passwords is named and cannot be asked."""
    if fault := fault_of_list():
        raise ImproperlyConfigured(fault)


def refuse_data_of_production() -> None:
    """Raise ImproperlyConfigured when a test system finds the data of a production.

    Every start of a production leaves its mark in the database, and a copy carries it along: real
    data are shown in no demonstration, with no password that is printed on a screen.
    """
    if settings.PRODUCTION:
        betrieb.mark_production(now=timezone.now())
    elif betrieb.is_production():
        raise ImproperlyConfigured(
            "Diese Datenbank trägt das Merkzeichen einer Produktion. Mit FALLWERK_MODUS="
            f"{settings.MODE} startet Fallwerk nicht mit echten Daten, siehe docs/betrieb.md."
        )


def refuse_start() -> None:
    """Ask everything that a web server or worker refuses to start with."""
    refuse_data_of_production()
    refuse_missing_list()
    refuse_demo_accounts()
    refuse_powerful_role()
    refuse_wrong_keys()


def end_unless_allowed() -> None:
    """End the process with the one sentence of what is wrong, not with a traceback around it.

    Celery goes on after an exception in a handler of its signals; this it does not survive.
    """
    try:
        refuse_start()
    except (ImproperlyConfigured, DatabaseError) as error:
        satz = str(error)
        if isinstance(error, DatabaseError):
            satz = "Die Datenbank antwortet nicht oder ist nicht auf dem Stand; bitte `migrate`."
        raise SystemExit(f"Fallwerk: {satz}") from None
