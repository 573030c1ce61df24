"""F71: a decision that reaches back is made within one year of knowing the facts."""

from __future__ import annotations

from datetime import date

from budget.models import Folgebescheid
from budget.states.folge import FOLGEARTEN, Folgeart
from cases.frist.services.frist import (
    correct_frist,
    keep_frist,
    lift_frist,
    start_frist,
    undo_frist,
)
from cases.models import User
from recht.fristkennung import Regel

_ZUGUNSTEN = "1"


def update_jahresfrist(row: Folgebescheid, by: User, tag: date) -> None:
    """Let the year run from the day that the draft names (§ 45 Abs. 4 S. 2 SGB X).

    It runs for what may reach back, except in favour of the person (§ 48 Abs. 4 S. 1 SGB X), and
    is lifted once the draft names no such day any more. Raises nothing.
    """
    guenstig = row.art != Folgeart.RUECKNAHME and row.fall_des_gesetzes == _ZUGUNSTEN
    if row.kenntnis_am is None or not FOLGEARTEN[row.art].vergangen or guenstig:
        lift_jahresfrist(row, tag, "keine Wirkung für die Vergangenheit")
        return
    correct_frist(
        case=row.case,
        regel=Regel.JAHRESFRIST_AUFHEBUNG,
        gegenstand=row,
        ausloeser=row.kenntnis_am,
        by=by,
        tag=tag,
        grund=f"bekannt seit dem {row.kenntnis_am:%d.%m.%Y}",
    )


def keep_jahresfrist(row: Folgebescheid, am: date) -> None:
    """Meet the year with the Bekanntgabe. Raises nothing."""
    regel = Regel.JAHRESFRIST_AUFHEBUNG
    keep_frist(case=row.case, gegenstand=row, regel=regel, tag=am, durch="Bescheid bekannt gegeben")


def lift_jahresfrist(row: Folgebescheid, tag: date, grund: str) -> None:
    """Lift the year of a draft that is given up. Raises nothing."""
    regel = Regel.JAHRESFRIST_AUFHEBUNG
    lift_frist(case=row.case, gegenstand=row, regel=regel, tag=tag, grund=grund)


def reopen_jahresfrist(row: Folgebescheid, by: User | None, tag: date, grund: str) -> None:
    """Let the year run again: the decision was not made known after all. Raises nothing."""
    regel = Regel.JAHRESFRIST_AUFHEBUNG
    if row.kenntnis_am is not None and undo_frist(
        case=row.case, gegenstand=row, regel=regel, tag=tag, grund=grund
    ):
        start_frist(case=row.case, regel=regel, gegenstand=row, ausloeser=row.kenntnis_am, by=by)
