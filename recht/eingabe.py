"""Strict reading of days and numbers: what cannot be meant is refused, never repaired."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from recht.fehler import EingabeUngueltig

WOCHENTAGE = (
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
)
MONATE = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_datum(text: object, feld: str = "Datum") -> date:
    """Read an ISO day (``2026-04-06``); a day that does not exist is an error."""
    if not isinstance(text, str) or not _ISO.fullmatch(text):
        raise EingabeUngueltig(
            f"{feld}: „{text}“ ist kein Tag; erwartet wird JJJJ-MM-TT, zum Beispiel 2026-04-06."
        )
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise EingabeUngueltig(
            f"{feld}: Den Tag „{text}“ gibt es im Kalender nicht;"
            " erwartet wird ein vorhandener Tag in der Form JJJJ-MM-TT."
        ) from None


def check_tag(tag: object, feld: str) -> date:
    """Return ``tag`` if it is a plain calendar day; a moment in time is refused."""
    if not isinstance(tag, date) or isinstance(tag, datetime):
        raise EingabeUngueltig(
            f"{feld}: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „{tag}“."
        )
    return tag


@lru_cache(maxsize=8192)
def write_datum(tag: date) -> str:
    """Write a day as ``24.12.2005``."""
    return f"{tag.day:02d}.{tag.month:02d}.{tag.year:04d}"


# Letters and lists write the same few hundred days again and again.
@lru_cache(maxsize=8192)
def write_tag(tag: date) -> str:
    """Write a day with its weekday: ``Samstag, 24.12.2005``."""
    return f"{WOCHENTAGE[tag.weekday()]}, {tag.day:02d}.{tag.month:02d}.{tag.year:04d}"


def write_monat(tag: date) -> str:
    """Write the month of a day: ``Juni 2006``."""
    return f"{MONATE[tag.month - 1]} {tag.year}"


def check_ganzzahl(zahl: object, feld: str, von: int, bis: int) -> int:
    """Return a whole number within the given bounds; True and 2.0 are no numbers here."""
    if isinstance(zahl, bool) or not isinstance(zahl, int) or not von <= zahl <= bis:
        raise EingabeUngueltig(
            f"{feld}: „{zahl}“ ist nicht möglich; zulässig sind ganze Zahlen von {von} bis {bis}."
        )
    return zahl
