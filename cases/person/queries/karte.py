"""What the card of the person on the case page is read from."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.models import (
    Anschrift,
    Hilfebedarfseinstufung,
    LeistungsberechtigtePerson,
    Vertretungsverhaeltnis,
)
from cases.vordruck import attach, rows_of


def read_karte(person: LeistungsberechtigtePerson) -> None:
    """Read addresses, Vertretungen and Hilfebedarfsgruppen of the person; three queries."""
    for name, frage in (
        ("anschriften", _anschriften),
        ("vertretungen", _vertretungen),
        ("hilfebedarfseinstufungen", _einstufungen),
    ):
        attach(person, name, rows_of(frage, person=person.pk))


def _anschriften(person: int) -> QuerySet[Anschrift]:
    return Anschrift.objects.filter(leistungsberechtigte_person_id=person)


def _vertretungen(person: int) -> QuerySet[Vertretungsverhaeltnis]:
    return Vertretungsverhaeltnis.objects.filter(leistungsberechtigte_person_id=person)


def _einstufungen(person: int) -> QuerySet[Hilfebedarfseinstufung]:
    return Hilfebedarfseinstufung.objects.filter(leistungsberechtigte_person_id=person)
