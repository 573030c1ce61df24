"""When a death may be recorded, and what it stops."""

from __future__ import annotations

from datetime import date

from cases.models import LeistungsberechtigtePerson
from cases.registry.schritt import Hindernis


def todestag_moeglich(
    person: LeistungsberechtigtePerson, am: date, stichtag: date
) -> Hindernis | None:
    """§ 1922 Abs. 1 BGB: an inheritance falls with a death that has happened, after the birth."""
    if am > stichtag:
        return Hindernis(f"Der {am:%d.%m.%Y} liegt in der Zukunft.", "§ 1922 Abs. 1 BGB")
    if am < person.geburtsdatum:
        return Hindernis(
            f"Der {am:%d.%m.%Y} liegt vor der Geburt ({person.geburtsdatum:%d.%m.%Y}).",
            "§ 1922 Abs. 1 BGB",
        )
    return None
