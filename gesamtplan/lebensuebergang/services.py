"""Transitions in the life of a person: noted with a reminder, dated, taken up, dropped."""

from __future__ import annotations

import logging
from datetime import date

from django.db import transaction

from cases.fall.services.case import lock_case, lock_running_case
from cases.frist.services.wiedervorlage import create_wiedervorlage, end_wiedervorlage
from cases.guards import refuse
from cases.models import Case, User, Wiedervorlage
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.lebensuebergang import guards
from gesamtplan.lebensuebergang.queries import (
    due_transitions,
    errechnet_for,
    moved_transitions,
    werte_of_lebensuebergang,
)
from gesamtplan.lebensuebergang.schritte import (
    BEGINN,
    UEBERGANGSSCHRITTE,
    Beginnlage,
    Uebergangslage,
)
from gesamtplan.models import Lebensuebergang
from gesamtplan.states.lebensuebergang import Uebergangsstand
from recht.laenge import plus_monate
from recht.lebensuebergaenge import uebergangsart

logger = logging.getLogger("fallwerk.lebensuebergang")


@transaction.atomic
def note_lebensuebergang(
    *, case: Case, art: str, wann: date | None, quelle: str, by: User, tag: date
) -> Lebensuebergang:
    """Note a transition with its day and a reminder in time for the responsible person.

    Without `wann` the day is still to be asked for. Raises SchrittUnzulaessig in a case that does
    not run here, for a second note of the same, a day that has passed or one without its ground.
    """
    case = lock_running_case(case.pk)
    BEGINN.require(Beginnlage(by, tag, case), "vormerken")
    refuse(guards.uebergang_noch_nicht_vorgemerkt(case, art, tag))
    _refuse_day(case, art, wann, quelle, tag)
    row = Lebensuebergang.objects.create(
        case=case, art=art, tag=wann, quelle=quelle.strip(), bearbeitet_von=by
    )
    _remind(row, by, tag)
    _record(row, f"Übergang vorgemerkt: {row}", by, tag)
    return row


@transaction.atomic
def update_lebensuebergang(
    *,
    lebensuebergang: Lebensuebergang,
    wann: date | None,
    quelle: str,
    by: User,
    tag: date,
    gesehen: str | None = None,
) -> Lebensuebergang:
    """Set the day of a transition anew; its reminder moves along.

    `gesehen` is the mark of the values as the form showed it. Raises SchrittUnzulaessig when
    somebody else has changed it since, when it is settled, or for a day as in `note_…`.
    """
    row = _lock(lebensuebergang)
    UEBERGANGSSCHRITTE.require(Uebergangslage(by, tag, row), "festlegen")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_lebensuebergang(row)),
        zuletzt=row.bearbeitet_von.get_full_name() if row.bearbeitet_von else "Fallwerk",
    )
    _refuse_day(row.case, row.art, wann, quelle, tag)
    _drop_reminder(row, by, tag)
    row.tag, row.quelle, row.bearbeitet_von = wann, quelle.strip(), by
    row.save()
    _remind(row, by, tag)
    _record(row, f"Übergang festgelegt: {row}", by, tag)
    return row


@transaction.atomic
def take_up_lebensuebergang(
    *, lebensuebergang: Lebensuebergang, by: User, tag: date
) -> Lebensuebergang:
    """Say that the plan has taken the transition up; its reminder is done.

    Raises SchrittUnzulaessig when it is settled already.
    """
    row = _lock(lebensuebergang)
    row.state = UEBERGANGSSCHRITTE.require(Uebergangslage(by, tag, row), "beruecksichtigen")
    _settle(row, by, tag, "im Plan berücksichtigt")
    return row


@transaction.atomic
def discard_lebensuebergang(
    *, lebensuebergang: Lebensuebergang, grund: str, by: User, tag: date
) -> Lebensuebergang:
    """Say that the transition does not concern the person; it is not noted again by itself.

    Raises SchrittUnzulaessig without a reason and when it is settled already.
    """
    row = _lock(lebensuebergang)
    row.state = UEBERGANGSSCHRITTE.require(Uebergangslage(by, tag, row), "entfallen")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie den Grund.")
    row.grund = grund.strip()
    _settle(row, by, tag, "trifft nicht zu")
    return row


def note_due_transitions(*, tag: date) -> int:
    """Note what follows from birth dates and is due by now; a second run finds nothing new.

    Raises nothing: a transition that is noted already is left as it is.
    """
    anzahl = 0
    for fall, errechnet in list(due_transitions(tag)):
        with transaction.atomic():
            case = lock_case(fall)
            if guards.uebergang_noch_nicht_vorgemerkt(case, errechnet.art.schluessel, tag):
                continue
            row = Lebensuebergang.objects.create(
                case=case, art=errechnet.art.schluessel, tag=errechnet.tag
            )
            _remind(row, None, tag)
            _record(row, f"Übergang steht bevor: {row}", None, tag)
            anzahl += 1
    if anzahl:
        logger.info("Lebensübergänge vorgemerkt: %s", anzahl)
    return anzahl


def correct_lebensuebergaenge(*, tag: date) -> int:
    """Let what follows from birth dates follow their correction; a second run finds nothing new.

    Part of the daily run, before new ones are noted. Raises nothing: what rests on something else
    is left as it is.
    """
    anzahl = 0
    for found in list(moved_transitions(tag)):
        with transaction.atomic():
            lock_case(found.case_id)
            row = _lock(found)
            errechnet = errechnet_for(row.case.leistungsberechtigte_person, row.art)
            if row.state != Uebergangsstand.OFFEN or row.quelle.strip():
                continue
            _drop_reminder(row, None, tag)
            row.tag = errechnet.tag
            row.save()
            _remind(row, None, tag)
            _record(row, f"Übergang nach dem geänderten Geburtsdatum: {row}", None, tag)
            anzahl += 1
    if anzahl:
        logger.info("Lebensübergänge neu gerechnet: %s", anzahl)
    return anzahl


def _refuse_day(case: Case, art: str, wann: date | None, quelle: str, tag: date) -> None:
    errechnet = errechnet_for(case.leistungsberechtigte_person, art)
    refuse(guards.uebergang_liegt_voraus(wann, tag))
    refuse(guards.tag_hat_quelle(wann, errechnet.tag, quelle))


def _remind(row: Lebensuebergang, by: User | None, tag: date) -> None:
    """Set the reminder before the day; where the day is not known, at once."""
    am = plus_monate(row.tag, -uebergangsart(row.art).vorlauf_monate) if row.tag else tag
    row.wiedervorlage = create_wiedervorlage(
        case=row.case,
        user=row.case.caseworker,
        am=max(am, tag),
        anlass=f"Übergang: {row}",
        by=by,
        tag=tag,
    )
    row.save(update_fields=["wiedervorlage"])


def _drop_reminder(row: Lebensuebergang, by: User | None, tag: date) -> None:
    reminder: Wiedervorlage | None = row.wiedervorlage
    if reminder is not None:
        end_wiedervorlage(wiedervorlage=reminder, by=by, tag=tag)
        row.wiedervorlage = None


def _settle(row: Lebensuebergang, by: User, tag: date, wie: str) -> None:
    _drop_reminder(row, by, tag)
    row.bearbeitet_von = by
    row.save()
    _record(row, f"Übergang {wie}: {row}", by, tag)


def _record(row: Lebensuebergang, text: str, by: User | None, tag: date) -> None:
    record_ereignis(case=row.case, by=by, tag=tag, art="gesamtplan", text=text, gegenstand=row)


def _lock(lebensuebergang: Lebensuebergang) -> Lebensuebergang:
    return lock_row(
        Lebensuebergang.objects.select_related(
            "case__leistungsberechtigte_person", "case__caseworker", "wiedervorlage"
        ),
        lebensuebergang.pk,
    )
