"""Steps of a case: intake, Zuständigkeit, state, end."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases import access
from cases.fall.guards.case import (
    fall_nimmt_neues_auf,
    fristen_beim_ende_erledigt,
    verfahren_erst_mit_antrag,
)
from cases.fall.queries.abschluss import (
    ENDE_DES_FALLS,
    lifted_fristen,
    open_reminders,
)
from cases.fall.schritte import FALLSCHRITTE, Falllage
from cases.frist.services.frist import keep_frist, lift_frist, lift_fristen_of_case
from cases.guards import refuse
from cases.models import (
    Antrag,
    Case,
    Endeart,
    Frist,
    Leistungstraeger,
    User,
    Weiterleitung,
)
from cases.registry.beitrag import registry
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_cases
from cases.states.fall import FALL
from cases.states.frist import Friststufe, Fristzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkatalog import Anlass, regeln_bis


def lock_case(case_id: int) -> Case:
    """Lock and return the row; every step with effect begins here."""
    (case,) = lock_cases([case_id])
    return case


def lock_running_case(case_id: int) -> Case:
    """Lock and return a case in which new work may begin; an ended one stays as it is.

    Raises SchrittUnzulaessig when the case has ended, was forwarded or is advice only (§ 108
    Abs. 1 S. 1 SGB IX).
    """
    case = lock_case(case_id)
    refuse(fall_nimmt_neues_auf(case))
    refuse(verfahren_erst_mit_antrag(case))
    return case


def advance_case(*, case: Case, schritt: str, by: User) -> None:
    """Move a locked case one step; role and state are checked against the table.

    Raises SchrittUnzulaessig when the table has no such step in this state or for this role.
    """
    case.state = access.require(by, FALL, schritt, case.state)
    case.save(update_fields=["state"])


def _take(case: Case, schritt: str, by: User, tag: date) -> None:
    """Move a locked case by a step of its own; its row is asked."""
    case.state = FALLSCHRITTE.require(Falllage(by, tag, case), schritt)
    case.save(update_fields=["state"])


@transaction.atomic
def determine_zustaendigkeit(*, antrag: Antrag, begruendung: str, by: User, tag: date) -> Case:
    """Record that the authority is leistender Träger (§ 14 Abs. 2 S. 1 SGB IX).

    The check of this Antrag is met; that of another one of the case runs on. Raises
    SchrittUnzulaessig unless an application has come in and waits for this.
    """
    case = lock_case(antrag.case_id)
    _take(case, "zustaendigkeit_feststellen", by, tag)
    for regel in regeln_bis(Anlass.ZUSTAENDIGKEIT):
        keep_frist(
            case=case, gegenstand=antrag, regel=regel, tag=tag, durch="Zuständigkeit festgestellt"
        )
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="zustaendigkeit",
        text=f"Zuständigkeit festgestellt: {begruendung}",
        gegenstand=antrag,
    )
    return case


@transaction.atomic
def forward_antrag(
    *, antrag: Antrag, an: Leistungstraeger, grund: str, by: User, tag: date
) -> Weiterleitung:
    """Hand the application on (§ 14 Abs. 1 S. 2 SGB IX); its other Fristen lose their ground.

    The case goes with its last open Antrag; while another one waits here, it stays. Raises
    SchrittUnzulaessig when the check has run out: then the authority stays leistender Träger.
    """
    case = lock_case(antrag.case_id)
    antrag.case = case
    FALLSCHRITTE.require(Falllage(by, tag, case, antrag), "weiterleiten")
    leave_with_antrag(case=case, antrag=antrag, by=by)
    for regel in regeln_bis(Anlass.ZUSTAENDIGKEIT):
        keep_frist(case=case, gegenstand=antrag, regel=regel, tag=tag, durch="weitergeleitet")
    lift_frist(case=case, gegenstand=antrag, tag=tag, grund="Antrag weitergeleitet")
    weiterleitung = Weiterleitung.objects.create(antrag=antrag, an=an, am=tag, grund=grund)
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="weiterleitung",
        text=f"Antrag weitergeleitet an {an.name}: {grund}",
        gegenstand=antrag,
    )
    return weiterleitung


def leave_with_antrag(*, case: Case, antrag: Antrag, by: User) -> None:
    """Move a locked case along with an Antrag that goes to another Träger, if it was the last.

    Raises SchrittUnzulaessig when the state does not allow it or the Antrag is gone already.
    """
    if Weiterleitung.objects.filter(antrag=antrag).exists():
        raise SchrittUnzulaessig("Dieser Antrag ist bereits weitergeleitet.")
    ziel = access.require(by, FALL, "weiterleiten", case.state)
    if case.antraege.exclude(pk=antrag.pk).filter(weiterleitung__isnull=True).exists():
        return
    case.state = ziel
    case.save(update_fields=["state"])


@transaction.atomic
def begin_ueberpruefung(*, case: Case, anlass: str, by: User, tag: date) -> Case:
    """Begin the review of the running help (§ 121 Abs. 2 SGB IX).

    What the upper floors have to review for the first time is met with it (`nach_ueberpruefung`).
    Raises SchrittUnzulaessig unless the help is running.
    """
    case = lock_case(case.pk)
    _take(case, "ueberpruefen", by, tag)
    for begonnen in registry.nach_ueberpruefung:
        begonnen(case, tag)
    record_ereignis(case=case, by=by, tag=tag, art="ueberpruefung", text=f"Überprüfung: {anlass}")
    return case


@transaction.atomic
def continue_unchanged(*, case: Case, ergebnis: str, by: User, tag: date) -> Case:
    """End a review (§ 121 Abs. 2 SGB IX); what has changed stands in plan and Bescheid.

    Raises SchrittUnzulaessig unless the case is under review.
    """
    case = lock_case(case.pk)
    _take(case, "fortfuehren", by, tag)
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="ueberpruefung",
        text=f"Überprüfung abgeschlossen: {ergebnis}",
    )
    return case


@transaction.atomic
def end_case(*, case: Case, grund: str, by: User, tag: date, art: str = Endeart.SONSTIGES) -> Case:
    """End a case. Raises SchrittUnzulaessig naming all open obstacles.

    `art` decides which open Fristen of the authority lose their ground with the end and are
    lifted; the others must be met first. Open Wiedervorlagen are settled.
    """
    case = lock_case(case.pk)
    state = FALLSCHRITTE.require(Falllage(by, tag, case), "beenden")
    refuse(fristen_beim_ende_erledigt(case, art))
    case.state = state
    case.beendet_am, case.beendet_art, case.beendet_grund = tag, art, grund
    case.save(update_fields=["state", "beendet_am", "beendet_art", "beendet_grund"])
    lift_fristen_of_case(case=case, tag=tag, grund=ENDE_DES_FALLS)
    open_reminders(case).update(erledigt_am=tag)
    text = f"Fall beendet ({Endeart(art).label}): {grund}"
    record_ereignis(case=case, by=by, tag=tag, art="ende", text=text)
    return case


@transaction.atomic
def reopen_case(*, case: Case, grund: str, by: User, tag: date) -> Case:
    """Take up an ended case again, in the state before its end or in the review before it.

    The Fristen that the end has lifted run again with their old end: the law knows no pause. Those
    whose end has passed meanwhile are named in the Chronik.

    Raises SchrittUnzulaessig when the application was forwarded (§ 14 Abs. 1 SGB IX) or `by`
    may not.
    """
    case = lock_case(case.pk)
    lage = Falllage(by, tag, case)
    neu = FALLSCHRITTE.require(lage, lage.wiederaufnahme)
    fristen = list(lifted_fristen(case).select_for_update())
    case.state = neu
    case.beendet_am, case.beendet_art, case.beendet_grund = None, "", ""
    case.save(update_fields=["state", "beendet_am", "beendet_art", "beendet_grund"])
    Frist.objects.filter(pk__in=[frist.pk for frist in fristen]).update(
        state=Fristzustand.OFFEN,
        stufe=Friststufe.GEPLANT,
        erledigt_am=None,
        erledigt_durch="",
    )
    laufen = ", ".join(f"{frist.regel} bis {frist.ende:%d.%m.%Y}" for frist in fristen)
    text = f"Fall wieder aufgenommen: {grund}"
    if laufen:
        text += f" Es laufen wieder: {laufen}."
    record_ereignis(case=case, by=by, tag=tag, art="wiederaufnahme", text=text)
    verstrichen = [f"{f.bezeichnung} ({f.ende:%d.%m.%Y})" for f in fristen if f.ende < tag]
    if verstrichen:
        record_ereignis(
            case=case,
            by=by,
            tag=tag,
            art="wiederaufnahme",
            text=f"Inzwischen verstrichen, sofort zu erledigen: {'; '.join(verstrichen)}",
        )
    return case
