"""Preconditions of the second look: one function each, ground first."""

from __future__ import annotations

from cases.guards import konten_der_person
from cases.models import User
from cases.registry.schritt import Hindernis
from gesamtplan.models import Planstichprobe


def stichprobe_durch_zweite_person(row: Planstichprobe, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who wrote, submitted or released a plan does not look a second time."""
    plan, konten = row.gesamtplan, konten_der_person(by)
    beteiligt = {
        row.freigegeben_von_id,
        plan.erstellt_von_id,
        plan.bearbeitet_von_id,
        plan.vorgelegt_von_id,
    }
    if not beteiligt & konten:
        return None
    return Hindernis(
        "Sie haben an diesem Plan mitgewirkt oder ihn freigegeben. Ein zweites Mal sieht ihn eine "
        "andere Person mit Leitungsaufgaben an.",
        "Vier-Augen-Grundsatz",
    )
