"""An intended decision is given up after the person was heard about it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from budget.folge.schritte import FOLGESCHRITTE, Folgelage
from budget.folge.services.bescheid import lock_folgebescheid, note_folge
from budget.models import Beitragspruefung, Folgebescheid
from budget.states.folge import FOLGEBESCHEID
from cases.frist.services.frist import lift_frist
from cases.models import User
from cases.states.tafel import SchrittUnzulaessig

_ABGESEHEN = "Von der Absicht abgesehen"


@transaction.atomic
def waive_folgebescheid(*, row: Folgebescheid, grund: str, by: User, tag: date) -> Folgebescheid:
    """Give up what the person was heard about; draft, Anhörung and her answer stay in the file.

    Another decision of this kind may be drafted after that; a review of income and assets is open
    again. Raises SchrittUnzulaessig without a reason, when the person was not heard, the decision
    is no draft, or `by` only reads.
    """
    row = lock_folgebescheid(row)
    FOLGESCHRITTE.require(Folgelage(by, tag, row), "absehen")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, warum Sie davon absehen.")
    settle_absicht(row, grund, by, tag)
    return row


def settle_absicht(row: Folgebescheid, grund: str, by: User, tag: date) -> None:
    """Put a locked draft aside for good with its reason; its Frist is lifted.

    Raises SchrittUnzulaessig when it is no draft.
    """
    row.state = FOLGEBESCHEID.ziel(row.state, "absehen")
    row.absehen_grund, row.bearbeitet_von = grund.strip(), by
    row.save(update_fields=["state", "absehen_grund", "bearbeitet_von"])
    for pruefung in Beitragspruefung.objects.filter(folgebescheid=row):
        pruefung.folgebescheid = None
        pruefung.save(update_fields=["folgebescheid"])
    lift_frist(case=row.case, gegenstand=row, tag=tag, grund=_ABGESEHEN)
    note_folge(row, by, tag, f"von der Absicht abgesehen: {row.absehen_grund}")
