"""From draft to released version: submit, return, release (§ 121 SGB IX)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.fall.services.case import advance_case, lock_case
from cases.frist.services.frist import end_fristen, keep_frist, land, lift_frist, start_frist
from cases.models import Case, Frist, User
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import daten_of, stand_of, write_schreiben
from cases.services.ereignis import record_ereignis
from cases.states.fall import planfreigabe_of
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan
from gesamtplan.plan.schreiben.gesamtplan import ART, SCHREIBENART
from gesamtplan.plan.schritte import PLANSCHRITTE, Planlage
from gesamtplan.plan.services.gesamtplan import lock_gesamtplan, suggested_ueberpruefung
from gesamtplan.stichprobe.services import take_stichprobe
from recht.fristkennung import Regel
from recht.rechtsstand import Rechtsstand, rechtsstand_am


@transaction.atomic
def submit_gesamtplan(*, gesamtplan: Gesamtplan, by: User, tag: date) -> Gesamtplan:
    """Submit a draft for release; nobody writes on it until it is returned.

    Submitting is no editing: `bearbeitet_von` stays who wrote last. Raises SchrittUnzulaessig
    naming the first content that is missing.
    """
    plan = lock_gesamtplan(gesamtplan.pk)
    plan.state = PLANSCHRITTE.require(Planlage(by, tag, plan, land()), "vorlegen")
    plan.vorgelegt_von = by
    plan.vorgelegt_am = tag
    plan.rueckgabe_grund = ""
    plan.save()
    _record(plan, by, tag, f"{plan} zur Freigabe vorgelegt")
    return plan


@transaction.atomic
def withdraw_vorlage(*, gesamtplan: Gesamtplan, by: User, tag: date) -> Gesamtplan:
    """Take a submitted version back before anybody has released it; it is a draft again.

    Raises SchrittUnzulaessig when it is not submitted, or somebody else has submitted it.
    """
    plan = lock_gesamtplan(gesamtplan.pk)
    plan.state = PLANSCHRITTE.require(Planlage(by, tag, plan, land()), "zurueckziehen")
    plan.vorgelegt_von = plan.vorgelegt_am = None
    plan.save()
    _record(plan, by, tag, f"Vorlage zurückgezogen: {plan} ist wieder Entwurf")
    return plan


@transaction.atomic
def return_gesamtplan(*, gesamtplan: Gesamtplan, grund: str, by: User, tag: date) -> Gesamtplan:
    """Give a submitted version back with the reason, so that it can be written on again.

    Raises SchrittUnzulaessig when the version is not submitted, `by` does not lead, or no reason
    is given.
    """
    plan = lock_gesamtplan(gesamtplan.pk)
    zustand = PLANSCHRITTE.require(Planlage(by, tag, plan, land()), "zurueckgeben")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie den Grund der Rückgabe.")
    plan.state = zustand
    plan.rueckgabe_grund = grund.strip()
    plan.save()
    _record(plan, by, tag, f"{plan} zur Überarbeitung zurückgegeben: {plan.rueckgabe_grund}")
    return plan


@transaction.atomic
def release_gesamtplan(
    *, gesamtplan: Gesamtplan, by: User, tag: date, gesehen: str | None = None
) -> Gesamtplan:
    """Release a submitted version: it is printed, frozen and never changes again.

    In the same transaction a case that is not decided yet moves on, the review of the version
    before counts as done and the next one runs from the date of this plan. None of it is an
    effect on the person: the plan is no Verwaltungsakt, and the decision comes with the Bescheid.
    `gesehen` is the mark of the content that `by` has read (`mark_of`); a plan that says something
    else by now is not released. Raises SchrittUnzulaessig naming the first reason, SchreibenFehler
    when the letter cannot be set.
    """
    case = lock_case(gesamtplan.case_id)
    plan = lock_gesamtplan(gesamtplan.pk)
    zustand = PLANSCHRITTE.require(Planlage(by, tag, plan, land()), "freigeben")
    plan.inhalt_sha256 = mark_of(plan, by, tag)
    plan.schreiben = write_schreiben(
        art=ART,
        anlass=Schreibanlass(case=case, tag=tag, by=by, gegenstand=plan, zeichnet=by),
        gesehen=gesehen,
    )
    plan.state = zustand
    plan.freigegeben_von = by
    plan.freigegeben_am = tag
    plan.save()
    take_stichprobe(plan=plan, by=by, tag=tag)
    advance_case(case=case, schritt=planfreigabe_of(case.state), by=by)
    _start_review(case, plan, by, tag)
    _end_adaptations(case, plan, tag)
    _start_absprache(case, plan, by, tag)
    end_fristen(Frist.objects.filter(case=case, regel=Regel.TEILHABEPLAN), tag=tag, durch=str(plan))
    _record(plan, by, tag, f"{plan} freigegeben, Überprüfung bis {plan.ueberpruefung_am:%d.%m.%Y}")
    return plan


def mark_of(plan: Gesamtplan, by: User, tag: date) -> str:
    """Return the SHA-256 of all that the released plan would say if it were released now.

    Raises SchrittUnzulaessig when the person has no address on the day of the plan.
    """
    anlass = Schreibanlass(case=plan.case, tag=tag, by=by, gegenstand=plan)
    return stand_of(SCHREIBENART, daten_of(SCHREIBENART, anlass), tag)


def _start_review(case: Case, plan: Gesamtplan, by: User, tag: date) -> Frist:
    """Start the next review: by the statute, or by the day in the plan if that is another."""
    vorher = plan.vorgaenger
    # A review that has confirmed the version before has started the next one in its own name.
    for gegenstand in (vorher, *vorher.ueberpruefungen.all()) if vorher is not None else ():
        keep_frist(
            case=case,
            gegenstand=gegenstand,
            regel=Regel.UEBERPRUEFUNG_GESAMTPLAN,
            tag=tag,
            durch=f"fortgeschrieben mit Version {plan.version}",
        )
    own = plan.ueberpruefung_am
    return start_frist(
        case=case,
        regel=Regel.UEBERPRUEFUNG_GESAMTPLAN,
        gegenstand=plan,
        ausloeser=plan.datum,
        by=by,
        geltend_bis=None if own == suggested_ueberpruefung(plan.datum) else own,
    )


def _end_adaptations(case: Case, plan: Gesamtplan, tag: date) -> None:
    """Meet what the version before was to be adapted for; it binds nobody any more."""
    vorher, durch = plan.vorgaenger, f"fortgeschrieben mit Version {plan.version}"
    if vorher is None:
        return
    regel = Regel.TEILHABEPLAN_ANPASSEN
    keep_frist(case=case, gegenstand=vorher, regel=regel, tag=tag, durch=durch)
    for vereinbarung in vorher.planvereinbarungen.all():
        lift_frist(case=case, gegenstand=vereinbarung, tag=tag, grund=durch)
    lift_frist(case=case, gegenstand=vorher, regel=Regel.LEISTUNGSABSPRACHE, tag=tag, grund=durch)


def _start_absprache(case: Case, plan: Gesamtplan, by: User, tag: date) -> None:
    """F38: until 2017 what is done is to be agreed on in writing, four weeks after it begins.

    A version that only goes on with the Leistungen of the one before begins none. What begins
    before the plan is made begins with it.
    """
    if rechtsstand_am(plan.datum) is not Rechtsstand.A:
        return
    vorher = plan.vorgaenger
    alte = {row.kennung for row in vorher.leistungen.all()} if vorher is not None else set()
    beginn = [row.beginn for row in plan.leistungen.all() if row.kennung not in alte]
    if beginn:
        start_frist(
            case=case,
            regel=Regel.LEISTUNGSABSPRACHE,
            gegenstand=plan,
            ausloeser=max(min(beginn), plan.datum),
            by=by,
            rechtsstand=Rechtsstand.A,
        )


def _record(plan: Gesamtplan, by: User, tag: date, text: str) -> None:
    record_ereignis(case=plan.case, by=by, tag=tag, art="gesamtplan", text=text, gegenstand=plan)
