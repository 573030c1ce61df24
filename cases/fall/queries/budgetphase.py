"""Phases a to d of a case with a Persönliches Budget, read off the states (KVJS 2010, 3.6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cases.models import Antrag, Case
from cases.registry.beitrag import registry
from cases.states.fall import Fallzustand

_PHASEN = (
    ("a", "a Erstberatung und Abklärung"),
    ("b", "b Bedarf und Bemessung"),
    ("c", "c Zielvereinbarung"),
    ("d", "d Überprüfung"),
)
_NACH_ZUSTAND: dict[str, str] = {
    Fallzustand.ANFRAGE: "a",
    Fallzustand.ANTRAG_EINGEGANGEN: "a",
    Fallzustand.ZUSTAENDIG: "b",
    Fallzustand.BEDARF_ERMITTELT: "b",
    Fallzustand.GEPLANT: "b",
    Fallzustand.BEWILLIGT: "c",
    Fallzustand.LEISTUNG_LAEUFT: "d",
    Fallzustand.UEBERPRUEFUNG: "d",
}


def budgetphasen_of(case: Case, antraege: Iterable[Antrag], stichtag: date) -> list[dict[str, str]]:
    """Return the stepper of the phases; empty where no Persönliches Budget is asked for.

    An Anfrage ends with advice: it has no phase c. Nothing is stored: the state of the case and
    of its budget say where it stands.
    """
    anfrage = case.state == Fallzustand.ANFRAGE
    jetzt = _NACH_ZUSTAND.get(case.state, "")
    if not jetzt or not (anfrage or any(a.persoenliches_budget for a in antraege)):
        return []
    for quelle in registry.budgetphasen:
        # A running review of the case outranks what the budget says.
        if jetzt in {"b", "c"}:
            jetzt = quelle(case, stichtag) or jetzt
    phasen = [row for row in _PHASEN if not (anfrage and row[0] in {"c", "d"})]
    return [
        {"titel": titel, "stand": "fertig" if p < jetzt else "jetzt" if p == jetzt else "offen"}
        for p, titel in phasen
    ]
