"""Reads of what the authority has proposed."""

from __future__ import annotations

from budget.folge.queries import offene_antraege
from budget.models import Budgetvorschlag
from budget.states.vorschlag import Vorschlagszustand
from cases.models import Antrag, Case


def vorschlaege_of(case: Case) -> list[Budgetvorschlag]:
    """Return the proposals of a case, the newest first; one query."""
    rows = Budgetvorschlag.objects.filter(case=case)
    return list(rows.select_related("vorgeschlagen_von", "antrag"))


def vorschlag_or_none(case: Case, kennung: int) -> Budgetvorschlag | None:
    """Return one proposal of this case, None where it belongs to another one."""
    rows = Budgetvorschlag.objects.filter(case=case, pk=kennung)
    return rows.select_related("case", "wiedervorlage").first()


def offener_vorschlag(case: Case) -> Budgetvorschlag | None:
    """Return the proposal that waits for an answer."""
    return Budgetvorschlag.objects.filter(case=case, state=Vorschlagszustand.OFFEN).first()


def antrag_auf_budget(case: Case) -> Antrag | None:
    """Return the undecided Antrag that asks for a Persönliches Budget."""
    return next((a for a in offene_antraege(case) if a.persoenliches_budget), None)


def antrag_for_ja(case: Case) -> Antrag | None:
    """Return the undecided Antrag that a yes goes with, the newest; None: it is a new one."""
    offene = offene_antraege(case)
    return offene[-1] if offene else None
