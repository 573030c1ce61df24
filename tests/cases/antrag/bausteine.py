"""Rows and form data for the tests of intake."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.antrag.services.anfrage import open_anfrage
from cases.models import Case, User
from tests.fabriken import make_person

TAG = date(2026, 11, 16)
ANGABEN: dict[str, Any] = {
    "eingang": TAG,
    "weg": "schriftlich",
    "begehren": "Assistenz beim Wohnen & Einkaufen",
    "persoenliches_budget": True,
}
EINGABE = {
    "anrede": "frau",
    "vorname": "Lena",
    "nachname": "Öhler",
    "geburtsdatum": "03.02.1990",
    "strasse": "Gartenweg 3",
    "plz": "70999",
    "ort": "Musterau",
    "eingang": "16.11.2026",
    "weg": "schriftlich",
    "begehren": "Assistenz beim Wohnen & Einkaufen",
}


def make_anfrage(by: User, *, am: date = TAG) -> Case:
    """Return a case in which somebody was only advised."""
    return open_anfrage(
        leistungsberechtigte_person=make_person(),
        team=by.team,
        caseworker=by,
        am=am,
        inhalt="Fragt nach Assistenz.",
        by=by,
        tag=am,
    )
