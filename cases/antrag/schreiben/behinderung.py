"""What the application form prints of a Schwerbehinderung: all that was found."""

from __future__ import annotations

from datetime import date

from cases.models import LeistungsberechtigtePerson
from cases.models.person import angabe_am


def behinderung_am(person: LeistungsberechtigtePerson, tag: date) -> str:
    """Return degree, Merkzeichen and Gleichstellung (§ 152 SGB IX), empty when none is entered."""
    row = angabe_am(person.schwerbehinderungen.all(), tag)
    if row is None:
        return ""
    teile = [str(row)]
    if row.merkzeichen:
        teile.append(f"Merkzeichen {', '.join(row.merkzeichen)}")
    if row.gleichgestellt:
        teile.append("gleichgestellt")
    return "; ".join(teile)
