"""From draft to released version: submit, return, release (§ 121 SGB IX)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases import access
from cases.fall.services.case import advance_case, lock_case
from cases.frist.services.frist import keep_frist, land, start_frist
from cases.guards import refuse
from cases.models import Case, Frist, User
from cases.schreiben.services.schreiben import freeze_schreiben
from cases.services.ereignis import gegenstand_of, record_ereignis
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan import guards
from gesamtplan.models import Gesamtplan
from gesamtplan.plan.schreiben import ART, gesamtplan_daten, titel_of
from gesamtplan.plan.services.gesamtplan import lock_gesamtplan, suggested_ueberpruefung
from gesamtplan.states import GESAMTPLAN
from recht.fristkennung import Regel


@transaction.atomic
def submit_gesamtplan(*, gesamtplan: Gesamtplan, by: User, tag: date) -> Gesamtplan:
    """Submit a draft for release; nobody writes on it until it is returned.

    Submitting is no editing: `bearbeitet_von` stays who wrote last. Raises SchrittUnzulaessig
    naming the first content that is missing.
    """
    plan = lock_gesamtplan(gesamtplan.pk)
    zustand = access.require(by, GESAMTPLAN, "vorlegen", plan.state)
    for pruefung in guards.check_contents(plan, land()):
        refuse(pruefung.hindernis)
    plan.state = zustand
    plan.vorgelegt_von = by
    plan.vorgelegt_am = tag
    plan.rueckgabe_grund = ""
    plan.save()
    _record(plan, by, tag, f"{plan} zur Freigabe vorgelegt")
    return plan


@transaction.atomic
def return_gesamtplan(*, gesamtplan: Gesamtplan, grund: str, by: User, tag: date) -> Gesamtplan:
    """Give a submitted version back with the reason, so that it can be written on again."""
    plan = lock_gesamtplan(gesamtplan.pk)
    zustand = access.require(by, GESAMTPLAN, "zurueckgeben", plan.state)
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie den Grund der Rückgabe.")
    plan.state = zustand
    plan.rueckgabe_grund = grund.strip()
    plan.save()
    _record(plan, by, tag, f"{plan} zur Überarbeitung zurückgegeben: {plan.rueckgabe_grund}")
    return plan


@transaction.atomic
def release_gesamtplan(*, gesamtplan: Gesamtplan, by: User, tag: date) -> Gesamtplan:
    """Release a submitted version: it is printed, frozen and never changes again.

    In the same transaction the case moves on, the review of the version before counts as done
    and the next one runs from the date of this plan. None of it is an effect on the person: the
    plan is no Verwaltungsakt, and the decision comes with the Bescheid. Raises SchrittUnzulaessig
    naming the first reason, SchreibenFehler when the letter cannot be set.
    """
    case = lock_case(gesamtplan.case_id)
    plan = lock_gesamtplan(gesamtplan.pk)
    zustand = access.require(by, GESAMTPLAN, "freigeben", plan.state)
    for pruefung in guards.check_release(plan, land(), by, tag):
        refuse(pruefung.hindernis)
    daten = gesamtplan_daten(plan, freigegeben_von=by, freigegeben_am=tag)
    plan.schreiben = freeze_schreiben(
        case=case,
        art=ART,
        titel=titel_of(plan),
        gegenstand=gegenstand_of(plan),
        empfaenger=daten["kopf"]["anschrift"],
        daten=daten,
        datum=plan.datum,
        by=by,
    )
    plan.state = zustand
    plan.freigegeben_von = by
    plan.freigegeben_am = tag
    plan.save()
    advance_case(case=case, schritt="gesamtplan_freigeben", by=by)
    _start_review(case, plan, by, tag)
    _record(plan, by, tag, f"{plan} freigegeben, Überprüfung bis {plan.ueberpruefung_am:%d.%m.%Y}")
    return plan


def _start_review(case: Case, plan: Gesamtplan, by: User, tag: date) -> Frist:
    """Start the next review: by the statute, or by the day in the plan if that is another."""
    if plan.vorgaenger is not None:
        keep_frist(
            case=case,
            gegenstand=plan.vorgaenger,
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


def _record(plan: Gesamtplan, by: User, tag: date, text: str) -> None:
    record_ereignis(case=plan.case, by=by, tag=tag, art="gesamtplan", text=text, gegenstand=plan)
