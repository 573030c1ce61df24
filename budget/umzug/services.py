"""Steps of a move: the decision about what follows from it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from budget.models import PersoenlichesBudget, Umzug
from budget.states.umzug import Gebiet, Umzugsstand
from budget.umzug import guards
from budget.umzug.queries import Umzugsfall, consequence_of, umzug_or_none
from budget.umzug.schritte import UMZUGSSCHRITTE, Umzugslage
from budget.verfahren.services import lock_budget
from cases.fall.services.case import begin_ueberpruefung
from cases.guards import refuse
from cases.models import User
from cases.services.ereignis import record_ereignis
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig


@transaction.atomic
def decide_umzug(
    *,
    budget: PersoenlichesBudget,
    anschrift: int,
    gebiet: str,
    entscheidung: str,
    grund: str,
    by: User,
    tag: date,
) -> Umzug:
    """Decide what follows from a move; where the plan changes the review of the case begins.

    Raises SchrittUnzulaessig when nothing is paid, there is no such move, it is decided already,
    the law leaves another decision only, how the person lives is not known and matters, no reason
    is given, or `by` only reads.
    """
    fall = _lock(budget, anschrift)
    row = fall.row
    budget = row.persoenliches_budget
    UMZUGSSCHRITTE.require(Umzugslage(by, tag, row), "entscheiden")
    _judge(fall, gebiet, entscheidung, tag)
    refuse(guards.entscheidung_begruendet(grund))
    row.gebiet, row.entscheidung, row.grund = gebiet, entscheidung, grund.strip()
    row.entschieden_am, row.entschieden_von = tag, by
    row.save()
    _note(row, by, tag, row.get_entscheidung_display())
    if entscheidung == Umzugsstand.FORTSCHREIBUNG and budget.case.state in _UEBERPRUEFBAR:
        begin_ueberpruefung(case=budget.case, anlass=f"Umzug am {row.am:%d.%m.%Y}", by=by, tag=tag)
    return row


# In a review already the plan is looked at anyway.
_UEBERPRUEFBAR = (Fallzustand.LEISTUNG_LAEUFT,)


def _judge(fall: Umzugsfall, gebiet: str, entscheidung: str, tag: date) -> None:
    """Let the law say whether we stay competent, and keep its steps with the decision."""
    row = fall.row
    folge = consequence_of(fall, tag)
    refuse(guards.wohnform_bekannt(folge.bleibt, gebiet, row.am))
    refuse(guards.wechsel_nur_wenn_nicht_zustaendig(entscheidung, folge.bleibt, gebiet, row.am))
    fremd = gebiet == Gebiet.AUSSERHALB
    row.bleibt = folge.bleibt if fremd else None
    row.rechenweg = [{"text": s.text, "norm": s.norm} for s in folge.schritte] if fremd else []


@transaction.atomic
def withdraw_umzug(
    *, budget: PersoenlichesBudget, anschrift: int, grund: str, by: User, tag: date
) -> None:
    """Take a decision about a move back; it waits for a new one, the Chronik keeps the old one.

    Raises SchrittUnzulaessig when nothing is decided, no reason is given, or `by` only reads.
    """
    row = _lock(budget, anschrift).row
    UMZUGSSCHRITTE.require(Umzugslage(by, tag, row), "zuruecknehmen")
    refuse(guards.entscheidung_begruendet(grund))
    was = f"„{row.get_entscheidung_display()}“ zurückgenommen: {' '.join(grund.split())}"
    _note(row, by, tag, was)
    row.delete()


def _lock(budget: PersoenlichesBudget, anschrift: int) -> Umzugsfall:
    budget = lock_budget(budget)
    refuse(guards.leistung_laeuft(budget))
    fall = umzug_or_none(budget, anschrift)
    if fall is None:
        raise SchrittUnzulaessig(
            "Diesen Umzug gibt es nicht (mehr). Bitte prüfen Sie die Anschrift."
        )
    fall.row.persoenliches_budget, fall.row.case = budget, budget.case
    return fall


def _note(row: Umzug, by: User, tag: date, was: str) -> None:
    record_ereignis(
        case=row.case, by=by, tag=tag, art="budget", text=f"{row}: {was}", gegenstand=row
    )
