"""Steps of a review: begun, written, closed with its outcome."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.fall.services.case import begin_ueberpruefung, continue_unchanged, lock_running_case
from cases.frist.services.frist import end_fristen, keep_frist, lift_frist, start_frist
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.guards import refuse
from cases.models import Case, Frist, User
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.fall import FALL
from cases.states.frist import LAUFENDE
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Planvereinbarung, Ueberpruefung
from gesamtplan.models.stand import werte_of_ueberpruefung
from gesamtplan.states.ueberpruefung import Pruefanlass, Pruefergebnis
from gesamtplan.states.vereinbarung import Vereinbarungsart
from gesamtplan.teilhabeplan.services import lift_anpassung, start_anpassung
from gesamtplan.ueberpruefung import guards
from gesamtplan.ueberpruefung.queries import binding_vereinbarung, missed_goals
from gesamtplan.ueberpruefung.schritte import BEGINN, PRUEFSCHRITTE, Prueflage, begin_lage
from gesamtplan.ueberpruefung.services.bewertung import (
    Bewertungen,
    lock_ueberpruefung,
    record_step,
    write_bewertungen,
)
from recht.fristkennung import Regel


@transaction.atomic
def start_ueberpruefung(*, case: Case, anlass: str, by: User, tag: date) -> Ueberpruefung:
    """Begin a review of the plan in force; a running case goes under review with it.

    Raises SchrittUnzulaessig without a released plan, while another review is open, in a case
    whose help does not run, or when `by` only reads.
    """
    case = lock_running_case(case.pk)
    lage = begin_lage(case, by, tag)
    BEGINN.require(lage, "ueberpruefen")
    if lage.plan is None:
        raise SchrittUnzulaessig("Diesen Gesamtplan gibt es nicht mehr.")
    row = Ueberpruefung.objects.create(
        case=case,
        gesamtplan=lage.plan,
        anlass=anlass,
        begonnen_am=tag,
        bearbeitet_von=by,
        beteiligte=case.leistungsberechtigte_person.voller_name,
    )
    if case.state in FALL.uebergang("ueberpruefen").von:
        begin_ueberpruefung(case=case, anlass=str(Pruefanlass(anlass).label), by=by, tag=tag)
    record_step(row, by, tag, f"Überprüfung von {lage.plan} begonnen: {Pruefanlass(anlass).label}")
    return row


@transaction.atomic
def update_ueberpruefung(
    *,
    ueberpruefung: Ueberpruefung,
    bewertungen: Bewertungen,
    by: User,
    tag: date,
    gespraech_am: date | None = None,
    ort: str = "",
    beteiligte: str = "",
    notiz: str = "",
    gesehen: str | None = None,
) -> Ueberpruefung:
    """Write the talk, and the ratings by goal and voice; ratings that are not named stay.

    A rating without status and reason is taken back. Raises SchrittUnzulaessig when it is closed,
    `by` only reads, somebody else has changed it since, a rating lacks its reason, somebody speaks
    who is not heard about that goal, the person or the authority would be rated before the talk, or
    the talk was before the plan.
    """
    row = lock_ueberpruefung(ueberpruefung.pk)
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_ueberpruefung(row)),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )
    refuse(guards.gespraech_zum_plan(row, gespraech_am))
    row.gespraech_am, row.ort = gespraech_am, ort.strip()
    row.beteiligte, row.notiz = beteiligte.strip(), notiz.strip()
    row.bearbeitet_von = by
    row.save()
    write_bewertungen(row, bewertungen, tag)
    return lock_ueberpruefung(row.pk)


@transaction.atomic
def complete_ueberpruefung(
    *, ueberpruefung: Ueberpruefung, ergebnis: str, grund: str, by: User, tag: date
) -> Ueberpruefung:
    """Close a review; it is fixed, its Fristen are met and run again from the day of the talk.

    A confirmed plan goes on: the next review runs from the talk, and a case under review runs on.
    Continuing or ending is the next step of whoever is responsible, and stays to be taken. What is
    to be adapted besides is due from now on (F36, F39). Raises SchrittUnzulaessig naming the first
    reason.
    """
    case = lock_running_case(ueberpruefung.case_id)
    row = lock_ueberpruefung(ueberpruefung.pk)
    zustand = PRUEFSCHRITTE.require(Prueflage(by, tag, row), "abschliessen")
    if ergebnis not in Pruefergebnis.values or not grund.strip():
        raise SchrittUnzulaessig(
            "Bitte wählen Sie das Ergebnis und begründen Sie es.", guards.pruefnorm_am(tag)
        )
    row.state, row.abgeschlossen_am, row.bearbeitet_von = zustand, tag, by
    row.ergebnis, row.ergebnis_grund = ergebnis, grund.strip()
    row.save()
    _run_fristen(case, row, by, tag)
    _ask_to_adapt(case, row, by, tag)
    if ergebnis == Pruefergebnis.BESTAETIGEN and case.state in FALL.uebergang("fortfuehren").von:
        continue_unchanged(case=case, ergebnis=row.ergebnis_grund, by=by, tag=tag)
    record_step(row, by, tag, f"{row} abgeschlossen: {Pruefergebnis(ergebnis).label}")
    return row


def _ask_to_adapt(case: Case, row: Ueberpruefung, by: User, tag: date) -> None:
    """F39, F36: goals that are missed reach their agreement, a changed plan the other carriers.

    A review that sees them reached, or leaves the plan as it is, takes the ground from both.
    """
    plan, ergebnis = row.gesamtplan, Pruefergebnis(row.ergebnis)
    vereinbarung = binding_vereinbarung(plan)
    if vereinbarung is not None:
        _adapt_vereinbarung(case, row, vereinbarung, by, tag)
    if ergebnis == Pruefergebnis.FORTSCHREIBEN:
        start_anpassung(plan=plan, by=by, tag=tag)
    elif ergebnis == Pruefergebnis.BESTAETIGEN:
        lift_anpassung(plan=plan, tag=tag, grund=f"{row}: {ergebnis.label}")


def _adapt_vereinbarung(
    case: Case, row: Ueberpruefung, vereinbarung: Planvereinbarung, by: User, tag: date
) -> None:
    ziele, regel = missed_goals(row), Regel.TEILHABEZIELE_ANPASSEN
    if not ziele:
        lift_frist(
            case=case,
            gegenstand=vereinbarung,
            regel=regel,
            tag=tag,
            grund=f"{row}: kein Ziel verfehlt",
        )
        return
    wer = ", ".join(map(str, ziele))
    norm = guards.zielanpassung_norm_am(tag)
    satz = f"{vereinbarung.get_art_display()} anpassen, Ziel {wer} nicht erreicht ({norm})"
    if vereinbarung.art == Vereinbarungsart.TEILHABEZIEL:
        start_frist(case=case, regel=regel, gegenstand=vereinbarung, ausloeser=tag, by=by)
        record_step(row, by, tag, satz)
    else:
        # § 12 SGB XII asks for no day by which a Leistungsabsprache is adapted.
        create_wiedervorlage(
            case=case, user=case.caseworker, am=tag, anlass=satz[:200], by=by, tag=tag
        )


def _run_fristen(case: Case, row: Ueberpruefung, by: User, tag: date) -> None:
    """Meet what this review was due for and start what comes next.

    The agreed talks keep their own length. A plan that is continued meets its review with the
    release of the next version, which also starts the one after.
    """
    if row.gespraech_am is None:
        return
    durch = f"Gespräch am {row.gespraech_am:%d.%m.%Y}"
    gespraeche = Frist.objects.filter(
        case=case,
        regel=Regel.VERLAUFSGESPRAECH,
        state__in=LAUFENDE,
        ausloeser_datum__lt=row.gespraech_am,
    )
    laenge = gespraeche.order_by("ende").values_list("angaben__laenge", flat=True).first()
    if end_fristen(gespraeche, tag=row.gespraech_am, durch=durch):
        start_frist(
            case=case,
            regel=Regel.VERLAUFSGESPRAECH,
            gegenstand=row,
            ausloeser=row.gespraech_am,
            by=by,
            laenge=laenge,
        )
    if row.ergebnis != Pruefergebnis.BESTAETIGEN:
        return
    for gegenstand in (row.gesamtplan, *row.gesamtplan.ueberpruefungen.exclude(pk=row.pk)):
        keep_frist(
            case=case,
            gegenstand=gegenstand,
            regel=Regel.UEBERPRUEFUNG_GESAMTPLAN,
            tag=row.gespraech_am,
            durch=durch,
        )
    start_frist(
        case=case,
        regel=Regel.UEBERPRUEFUNG_GESAMTPLAN,
        gegenstand=row,
        ausloeser=row.gespraech_am,
        by=by,
    )
