"""Own values for tests, set the way the program sets them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cases.behoerde.services.eigener_wert import create_eigener_wert, release_eigener_wert
from cases.models import EigenerWert, User

HEUTE = date(2026, 11, 20)
AB = date(2026, 1, 1)


def propose(
    by: User, schluessel: str, wert: Decimal | str | int, *, ab: date = AB, tag: date = HEUTE
) -> EigenerWert:
    """Return a proposal; a word is an Auswahl, everything else a number."""
    zahl = None if isinstance(wert, str) else Decimal(wert)
    return create_eigener_wert(
        schluessel=schluessel,
        gueltig_ab=ab,
        zahl=zahl,
        auswahl=wert if isinstance(wert, str) else None,
        begruendung="Verfügung der Amtsleitung",
        by=by,
        tag=tag,
    )


def set_value(
    erste: User, zweite: User, schluessel: str, wert: Decimal | str | int, *, ab: date = AB
) -> EigenerWert:
    """Return a value that the first person proposed and the second released."""
    return release_eigener_wert(wert=propose(erste, schluessel, wert, ab=ab), by=zweite, tag=HEUTE)
