"""Texts of the authority for tests, written and released the way the program does it."""

from __future__ import annotations

from datetime import date

from cases.models import Textbaustein, User
from cases.textbaustein.services import (
    Bausteinangaben,
    create_textbaustein,
    release_textbaustein,
)
from tests.fabriken import HEUTE

STELLE = "gesamtplan.aktivitaeten"
AB = date(2026, 1, 1)


def angaben(text: str, *, ab: date = AB, bis: date | None = None) -> Bausteinangaben:
    return Bausteinangaben("Eigener Beitrag", text, ab, "§ 121 Abs. 4 Nr. 2 SGB IX", bis)


def write(by: User, text: str = "[[Name]] übt selbst.", stelle: str = STELLE) -> Textbaustein:
    """Return a draft."""
    return create_textbaustein(stelle=stelle, angaben=angaben(text), by=by, tag=HEUTE)


def offer(
    erste: User, zweite: User, text: str = "[[Name]] übt selbst.", stelle: str = STELLE
) -> Textbaustein:
    """Return a text that the first person has written and the second released."""
    return release_textbaustein(textbaustein=write(erste, text, stelle), by=zweite, tag=HEUTE)
