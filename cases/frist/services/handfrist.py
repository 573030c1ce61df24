"""Fristen that somebody starts because only they know the day, and ends when they are answered."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases import access
from cases.frist.guards import HAND
from cases.frist.schritte import FRISTSCHRITTE, Fristlage
from cases.frist.services.frist import end_fristen, start_frist
from cases.models import Case, Frist, User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_cases, lock_row
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig


@transaction.atomic
def start_handfrist(
    *, case: Case, regel: str, ausloeser: date, laenge: str, by: User, tag: date
) -> Frist:
    """Start a Frist of the catalogue for a day that the program cannot know.

    Raises SchrittUnzulaessig when the case has ended, the day lies ahead, or the Frist is there
    already.
    """
    (case,) = lock_cases([case.pk])
    if not access.may_write(by):
        raise SchrittUnzulaessig("Fristen nimmt auf, wer den Fall bearbeitet.")
    if case.state == Fallzustand.BEENDET:
        raise SchrittUnzulaessig("Der Fall ist beendet; es beginnt keine Frist mehr.")
    if ausloeser > tag:
        raise SchrittUnzulaessig("Der Auslöser liegt in der Zukunft; noch läuft nichts.")
    gegenstand = f"{HAND}{ausloeser.isoformat()}"
    if Frist.objects.filter(case=case, regel=regel, gegenstand=gegenstand).exists():
        raise SchrittUnzulaessig("Diese Frist ist für diesen Tag schon aufgenommen.")
    frist = start_frist(
        case=case,
        regel=regel,
        gegenstand=gegenstand,
        ausloeser=ausloeser,
        by=by,
        laenge=laenge or None,
    )
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="frist",
        text=f"{frist.bezeichnung} ({regel}): Frist bis {frist.anzeige} aufgenommen",
        gegenstand=frist,
    )
    return frist


@transaction.atomic
def end_handfrist(*, frist: Frist, durch: str, by: User, tag: date) -> Frist:
    """Note what has answered a Frist that was started by hand.

    Raises SchrittUnzulaessig for a Frist that a step of the case ends.
    """
    frist = lock_row(Frist.objects.select_related("case"), frist.pk)
    FRISTSCHRITTE.require(Fristlage(by, frist), "erledigen")
    end_fristen(Frist.objects.filter(pk=frist.pk), tag=tag, durch=durch)
    record_ereignis(
        case=frist.case,
        by=by,
        tag=tag,
        art="frist",
        text=f"{frist.bezeichnung} ({frist.regel}): erledigt, {durch}",
        gegenstand=frist,
    )
    frist.refresh_from_db()
    return frist
