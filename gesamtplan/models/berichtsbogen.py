"""The form on which a provider reports: how its fields are called.

A name carries what the field belongs to: the request, the version of the plan, the goal by its
identity. So a form of another plan, version or request is told from the right one by its names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from gesamtplan.models.gesamtplan import Teilhabeziel
    from gesamtplan.models.ueberpruefung import Verlaufsbericht

#: Rises when the meaning of the fields changes; a form of another number is refused.
AUFBAU = 1
#: What is asked about each goal, with the words above the field.
TEILE = {"status": "Einschätzung", "grund": "Warum", "getan": "Was getan wurde"}
ALLGEMEIN = "allgemein"
_NAME = re.compile(
    r"fwbericht(?P<aufbau>\d{1,4})-(?P<bericht>\d{1,18})-(?P<fassung>\d{1,9})"
    r"-(?:(?P<ziel>[0-9a-f]{32})-(?P<teil>status|grund|getan)|allgemein)"
)


@dataclass(frozen=True)
class Bogenfeld:
    """What the name of one field says; without a goal it is what belongs to none."""

    aufbau: int
    bericht: int
    fassung: int
    ziel: UUID | None
    teil: str


def feldname(bericht: Verlaufsbericht, teil: str, ziel: Teilhabeziel | None = None) -> str:
    """Return the name of a field; stable, as long as request, version and goal are the same."""
    fassung = bericht.ueberpruefung.gesamtplan.version
    stelle = f"{ziel.kennung.hex}-{teil}" if ziel is not None else teil
    return f"fwbericht{AUFBAU}-{bericht.pk}-{fassung}-{stelle}"


def read_feldname(name: str) -> Bogenfeld | None:
    """Return what a name says, None for a field that is not of such a form."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    return Bogenfeld(
        int(found["aufbau"]),
        int(found["bericht"]),
        int(found["fassung"]),
        UUID(found["ziel"]) if found["ziel"] else None,
        found["teil"] or ALLGEMEIN,
    )
