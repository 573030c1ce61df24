"""Gates that ask for a second person: release, notice, judging what is attacked."""

from __future__ import annotations

from typing import Any

from budget.folge.guards import freigabeschutz as freigabeguards
from budget.folge.schritte.tore import Folgelage
from budget.models import Bescheid, Folgebescheid
from cases.guards import konten_der_person
from cases.registry.schritt import Hindernis

_MIT_FREIGABE: tuple[Any, ...] = (Bescheid, Folgebescheid)


def zweite_person(lage: Folgelage) -> Hindernis | None:
    """Return why this person may not release: she has written it herself."""
    return freigabeguards.freigabe_durch_andere(lage.row, lage.by) if lage.by else None


def kuendigung_durch_andere(lage: Folgelage) -> Hindernis | None:
    """Return why this person may not give notice: she has written the reason herself."""
    return freigabeguards.kuendigung_durch_andere(lage.row, lage.by) if lage.by else None


def andere_als_zuvor(lage: Folgelage) -> Hindernis | None:
    """Return why this person may not judge: she has released what is attacked."""
    if lage.by is None or lage.row.widerspruch is None:
        return None
    angegriffen = lage.row.widerspruch.schreiben_id
    freigebende: set[int] = set()
    for modell in _MIT_FREIGABE:
        rows = modell.objects.filter(schreiben=angegriffen)
        freigebende |= set(rows.values_list("freigegeben_von", flat=True)) - {None}
    konten = frozenset(freigebende) & konten_der_person(lage.by)
    return freigabeguards.widerspruchsbescheid_durch_andere(lage.row, lage.by, konten)
