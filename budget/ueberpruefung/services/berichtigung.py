"""A review or a proof that has lost its ground, and a receipt that was noted wrong."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from budget.models import Budgetueberpruefung, Verwendungsnachweis
from budget.ueberpruefung.schritte import (
    NACHWEISSCHRITTE,
    PROTOKOLLSCHRITTE,
    Nachweislage,
    Protokolllage,
)
from budget.ueberpruefung.services.ueberpruefung import (
    lock_proof,
    lock_review,
    record_pruefung,
    start_nachweisfrist,
)
from cases.frist.services.frist import lift_frist, undo_frist
from cases.models import User
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkennung import Regel


@transaction.atomic
def cancel_budgetueberpruefung(
    *, ueberpruefung: Budgetueberpruefung, grund: str, by: User, tag: date
) -> Budgetueberpruefung:
    """Close a review without a talk: begun by mistake, the person has died or does not want it.

    What was written stays; the Fristen of the talks run on with the budget. Raises
    SchrittUnzulaessig without a reason, when it is closed, or `by` only reads.
    """
    row = lock_review(ueberpruefung)
    row.state = PROTOKOLLSCHRITTE.require(Protokolllage(by, tag, row), "entfallen")
    row.ergebnis_grund = _reason(grund)
    row.abgeschlossen_am, row.bearbeitet_von = tag, by
    row.save()
    record_pruefung(row, by, tag, f"{row} entfällt: {row.ergebnis_grund}")
    return row


@transaction.atomic
def withdraw_nachweis(
    *, nachweis: Verwendungsnachweis, grund: str, by: User, tag: date
) -> Verwendungsnachweis:
    """Ask for a proof no longer: its Frist is lifted, its stretch can be asked for anew.

    Raises SchrittUnzulaessig without a reason, when it is checked, or `by` only reads.
    """
    row = lock_proof(nachweis)
    row.state = NACHWEISSCHRITTE.require(Nachweislage(by, tag, row), "zuruecknehmen")
    row.ergebnis, row.bearbeitet_von = _reason(grund), by
    row.save()
    case = row.persoenliches_budget.case
    lift_frist(case=case, gegenstand=row, tag=tag, grund="Nachweis nicht mehr verlangt")
    record_pruefung(row, by, tag, f"{row} nicht mehr verlangt: {row.ergebnis}")
    return row


@transaction.atomic
def undo_eingang(*, nachweis: Verwendungsnachweis, by: User, tag: date) -> Verwendungsnachweis:
    """Say that a receipt was noted wrong: it is open again, and so is its Frist.

    The true day is noted as any other.

    Raises SchrittUnzulaessig when it is checked or not there, or `by` only reads.
    """
    row = lock_proof(nachweis)
    row.state = NACHWEISSCHRITTE.require(Nachweislage(by, tag, row), "eingang_streichen")
    row.eingegangen_am, row.unterlage, row.bearbeitet_von = None, None, by
    row.save()
    case, regel = row.persoenliches_budget.case, Regel.VERWENDUNGSNACHWEIS
    undo_frist(case=case, gegenstand=row, regel=regel, tag=tag, grund="Eingang berichtigt")
    start_nachweisfrist(row, by)
    record_pruefung(row, by, tag, f"{row}: Eingang war irrtümlich vermerkt")
    return row


def _reason(grund: str) -> str:
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie den Grund.")
    return grund.strip()
