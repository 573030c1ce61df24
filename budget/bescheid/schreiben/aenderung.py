"""What a change or a wrong fact means for this Bescheid, said by its facts (§ 48 SGB X)."""

from __future__ import annotations

from typing import Any

from budget.bescheid.schreiben.abzug import compute_abzug, gets_lebensunterhalt
from budget.models import Bescheid
from budget.states import Auszahlungsform
from recht.entscheidung import DURCH_UNS, Entscheidungsrolle
from recht.geld import format_schlicht


def aenderung_daten(bescheid: Bescheid) -> dict[str, Any]:
    """Return the facts that the decision rests on, and what a month of it amounts to.

    Whoever gave a wrong fact knows from it which one counts; what would be claimed back is an
    amount and not a word.
    """
    budget = bescheid.persoenliches_budget
    abzug = compute_abzug(bescheid)
    # What another decides in its own name it claims back itself (§ 50 SGB X).
    unser = sum(
        t.betrag
        for t in budget.teilbudgets.all()
        if t.auszahlungsform == Auszahlungsform.GELD
        and Entscheidungsrolle(t.entscheidung) in DURCH_UNS
    )
    geld = unser - abzug.betrag
    grundlagen = [
        f"Ihrem Bedarf, wie er am {budget.gesamtplan.bedarfsermittlung.datum:%d.%m.%Y} "
        "ermittelt ist"
    ]
    if any(t.parameter_schluessel for t in budget.teilbudgets.all()):
        grundlagen.append("Ihrem Pflegegrad oder Ihrer Pflegestufe")
    if gets_lebensunterhalt(budget):
        grundlagen.append("Ihren Leistungen zum Lebensunterhalt")
    if bescheid.einkommen is not None or bescheid.monatseinkommen is not None:
        grundlagen.append("Ihrem Einkommen")
    if bescheid.vermoegen is not None:
        grundlagen.append("Ihrem Vermögen")
    return {
        "grundlagen": grundlagen,
        "monat": format_schlicht(geld) if geld > 0 else "",
    }
