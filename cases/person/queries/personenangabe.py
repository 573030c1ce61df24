"""Which fact of the person holds on a day, and all of them for the page „Person“."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from cases.models import (
    Antrag,
    Bankverbindung,
    LeistungsberechtigtePerson,
    Personenangabe,
    Vertretungsverhaeltnis,
)
from cases.models.stand import werte_of
from cases.person.namensform import eng

# Follows from other columns or never changes.
_NICHT_GEZEIGT = (
    *("id", "leistungsberechtigte_person", "iban_ende"),
    *("wartet", "bearbeitet_von", "bestaetigt_von", "bestaetigt_am", "geaendert_am"),
    *("ende_am", "ende_von", "ende_durch"),
)

ANGABEN = (
    "anschriften",
    "auskunftssperren",
    "bankverbindungen",
    "krankenversicherungen",
    "pflegeeinstufungen",
    "schwerbehinderungen",
    "hilfebedarfseinstufungen",
    "wohnsituationen",
    "statistikangaben",
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


def named_vertretungen(person: LeistungsberechtigtePerson, stichtag: date) -> list[Antrag]:
    """Return the applications that name a Vertretung who is not entered yet; one query."""
    bekannt = {eng(row.voller_name) for row in person.vertretungen.all()}
    bekannt |= {eng(f"{row.nachname} {row.vorname}") for row in person.vertretungen.all()}
    antraege = Antrag.objects.filter(
        case__leistungsberechtigte_person=person, eingang__lte=stichtag
    ).exclude(vertreten_durch="")
    return [row for row in antraege.order_by("-eingang") if eng(row.vertreten_durch) not in bekannt]


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
