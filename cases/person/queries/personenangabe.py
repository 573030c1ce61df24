"""Which fact of the person holds on a day, and all of them for the page „Person“."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from cases.models import (
    Bankverbindung,
    LeistungsberechtigtePerson,
    Personenangabe,
    Vertretungsverhaeltnis,
)
from cases.models.stand import werte_of

# Follows from other columns or never changes.
_NICHT_GEZEIGT = ("id", "leistungsberechtigte_person", "iban_ende")

ANGABEN = (
    "anschriften",
    "auskunftssperren",
    "bankverbindungen",
    "krankenversicherungen",
    "pflegeeinstufungen",
    "schwerbehinderungen",
    "hilfebedarfseinstufungen",
    "wohnsituationen",
    "vertretungen",
    "bezugspersonen",
)


def hilfebedarfsgruppe_am(person: LeistungsberechtigtePerson, stichtag: date) -> int | None:
    """Return the Hilfebedarfsgruppe of the day; None when unknown or not entered."""
    return person.hilfebedarfsgruppe_am(stichtag)


def bankverbindung_am(person: LeistungsberechtigtePerson, stichtag: date) -> Bankverbindung | None:
    """Return the account to which money goes on the day."""
    return person.bankverbindung_am(stichtag)


def vertretungen_am(
    person: LeistungsberechtigtePerson, stichtag: date
) -> list[Vertretungsverhaeltnis]:
    """Return who stands for or by the person on the day."""
    return [row for row in person.vertretungen.all() if row.gilt_am(stichtag)]


def with_angaben(person: LeistungsberechtigtePerson) -> LeistungsberechtigtePerson:
    """Fetch all dated facts of the person, one query for each kind."""
    prefetch_related_objects([person], *(Prefetch(name) for name in ANGABEN))
    return person


def angaben_of_person(person: LeistungsberechtigtePerson, name: str) -> QuerySet[Personenangabe]:
    """Return the rows of one kind, the newest first; `name` is one of ANGABEN."""
    rows: QuerySet[Personenangabe] = getattr(person, name).all()
    return rows


def werte_of_angabe(angabe: Personenangabe) -> dict[str, Any]:
    """Return what the form of a dated fact shows: its values and its period."""
    namen = [f.name for f in angabe._meta.concrete_fields if f.name not in _NICHT_GEZEIGT]
    return werte_of(angabe, namen)
