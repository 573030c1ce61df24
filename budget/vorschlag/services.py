"""Steps of a proposal: made, answered, thrown away."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from budget.models import Budgetvorschlag
from budget.vorschlag import guards
from budget.vorschlag.queries import antrag_for_ja
from budget.vorschlag.schritte import (
    BEGINN,
    VORSCHLAGSSCHRITTE,
    Vorschlagsbeginn,
    Vorschlagslage,
)
from cases.antrag.services.anfrage import submit_antrag
from cases.antrag.services.antrag import record_budgetwunsch
from cases.fall.services.case import lock_case
from cases.frist.services.wiedervorlage import create_wiedervorlage, end_wiedervorlage
from cases.guards import refuse
from cases.models import Antrag, Case, User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.tafel import SchrittUnzulaessig

_NACHFRAGE = "Vorschlag eines Persönlichen Budgets: nachfragen, was die Person möchte"


@transaction.atomic
def record_vorschlag(
    *,
    case: Case,
    am: date,
    begruendung: str,
    nachfragen_am: date | None,
    by: User,
    tag: date,
) -> Budgetvorschlag:
    """Note that the authority has proposed a Persönliches Budget; it applies for nothing.

    Raises SchrittUnzulaessig when a budget is there or applied for, a proposal waits for its
    answer, the day lies ahead, no reason is given, or `by` only reads.
    """
    case = lock_case(case.pk)
    BEGINN.require(Vorschlagsbeginn(by, tag, case), "vorschlagen")
    refuse(guards.vorschlag_nicht_in_der_zukunft(am, tag))
    if not begruendung.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, warum das Budget passen könnte.")
    row = Budgetvorschlag(
        case=case,
        vorgeschlagen_am=am,
        vorgeschlagen_von=by,
        begruendung=begruendung.strip(),
        nachfragen_am=nachfragen_am,
    )
    if nachfragen_am is not None:
        row.wiedervorlage = create_wiedervorlage(
            case=case, user=case.caseworker, am=nachfragen_am, anlass=_NACHFRAGE, by=by, tag=tag
        )
    row.save()
    _note(row, by, tag, f"Persönliches Budget am {am:%d.%m.%Y} vorgeschlagen")
    return row


@transaction.atomic
def accept_vorschlag(
    *, row: Budgetvorschlag, am: date, weg: str, antwort: str, by: User, tag: date
) -> Antrag:
    """Note the yes of the person: it is her Antrag on the form, and nothing is typed again.

    An Antrag about which nothing is decided asks for the budget from then on; where there is none
    hers comes in on the day of the answer, with its Fristen. Raises SchrittUnzulaessig when it is
    answered already, the day does not fit, her words are missing, the case has ended, or `by` only
    reads.
    """
    row = _lock(row)
    row.state = VORSCHLAGSSCHRITTE.require(Vorschlagslage(by, tag, row), "annehmen")
    _answer(row, am, antwort, tag)
    antrag = antrag_for_ja(row.case)
    if antrag is None:
        antrag = submit_antrag(
            case=row.case,
            eingang=am,
            weg=weg,
            begehren="Leistungen zur Teilhabe als Persönliches Budget, nach unserem Vorschlag vom "
            f"{row.vorgeschlagen_am:%d.%m.%Y}",
            persoenliches_budget=True,
            by=by,
            tag=tag,
        )
    else:
        antrag = record_budgetwunsch(antrag=antrag, am=am, by=by, tag=tag)
    row.antrag = antrag
    _finish(row, by, tag, f"Vorschlag angenommen am {am:%d.%m.%Y}")
    return antrag


@transaction.atomic
def reject_vorschlag(
    *, row: Budgetvorschlag, am: date, antwort: str, by: User, tag: date
) -> Budgetvorschlag:
    """Note the no of the person; her claim to the Leistungen is not touched by it.

    Raises SchrittUnzulaessig when it is answered already, the day does not fit, her words are
    missing, or `by` only reads.
    """
    row = _lock(row)
    row.state = VORSCHLAGSSCHRITTE.require(Vorschlagslage(by, tag, row), "ablehnen")
    _answer(row, am, antwort, tag)
    _finish(row, by, tag, f"Vorschlag nicht gewünscht, Antwort vom {am:%d.%m.%Y}")
    return row


@transaction.atomic
def discard_vorschlag(*, row: Budgetvorschlag, by: User, tag: date) -> None:
    """Throw a proposal away that was noted by mistake.

    Raises SchrittUnzulaessig when it is answered or `by` only reads.
    """
    row = _lock(row)
    VORSCHLAGSSCHRITTE.require(Vorschlagslage(by, tag, row), "verwerfen")
    if row.wiedervorlage is not None:
        end_wiedervorlage(wiedervorlage=row.wiedervorlage, by=by, tag=tag)
    _note(row, by, tag, "Vorschlag verworfen")
    row.delete()


def _lock(row: Budgetvorschlag) -> Budgetvorschlag:
    return lock_row(Budgetvorschlag.objects.select_related("case", "wiedervorlage"), row.pk)


def _answer(row: Budgetvorschlag, am: date, antwort: str, tag: date) -> None:
    refuse(guards.antwort_nach_dem_vorschlag(row, am, tag))
    if not antwort.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, was die Person gesagt hat.")
    row.antwort_am, row.antwort = am, antwort.strip()


def _finish(row: Budgetvorschlag, by: User, tag: date, text: str) -> None:
    if row.wiedervorlage is not None:
        end_wiedervorlage(wiedervorlage=row.wiedervorlage, by=by, tag=tag)
    row.save()
    _note(row, by, tag, text)


def _note(row: Budgetvorschlag, by: User, tag: date, text: str) -> None:
    record_ereignis(case=row.case, by=by, tag=tag, art="budget", text=text, gegenstand=row)
