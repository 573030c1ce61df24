"""Agreements with the person beside the plan: prepared, signed by both, given up."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.fall.services.case import lock_running_case
from cases.frist.services.frist import keep_frist, lift_frist, run_again
from cases.guards import refuse
from cases.models import User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Planvereinbarung
from gesamtplan.states.vereinbarung import PLANVEREINBARUNG, Vereinbarungsart
from gesamtplan.vereinbarung import guards
from gesamtplan.vereinbarung.queries import is_frozen, werte_of_vereinbarung
from gesamtplan.vereinbarung.schritte import (
    BEGINN,
    VEREINBARUNGSSCHRITTE,
    Beginnlage,
    Vereinbarungslage,
)
from recht.fristkennung import Regel

_KEINE_ABSPRACHE = "Leistungsabsprache kommt nicht zustande"


@transaction.atomic
def create_planvereinbarung(
    *,
    gesamtplan: Gesamtplan,
    beitrag_person: str,
    beitrag_traeger: str,
    gilt_bis: date,
    by: User,
    tag: date,
) -> Planvereinbarung:
    """Prepare the agreement that the law of the plan's date knows; nobody is bound to make one.

    Raises SchrittUnzulaessig for a version that is not released, for a second agreement about it,
    and for a time beyond that of its Leistungen.
    """
    lock_running_case(gesamtplan.case_id)
    plan = Gesamtplan.objects.select_related("case__leistungsberechtigte_person").get(
        pk=gesamtplan.pk
    )
    BEGINN.require(Beginnlage(by, tag, plan), "vereinbaren")
    refuse(guards.noch_keine_vereinbarung(plan))
    refuse(guards.laufzeit_der_leistungen(plan, gilt_bis))
    row = Planvereinbarung.objects.create(
        gesamtplan=plan,
        art=guards.art_of(plan),
        beitrag_person=beitrag_person.strip(),
        beitrag_traeger=beitrag_traeger.strip(),
        gilt_bis=gilt_bis,
        bearbeitet_von=by,
    )
    if row.art == Vereinbarungsart.ABSPRACHE:
        run_again(case=plan.case, grund=_KEINE_ABSPRACHE, gegenstand=plan)
    _record(row, f"{row} vorbereitet", by, tag)
    return row


@transaction.atomic
def continue_planvereinbarung(
    *,
    planvereinbarung: Planvereinbarung,
    anlass: str,
    beitrag_person: str,
    beitrag_traeger: str,
    gilt_bis: date,
    by: User,
    tag: date,
) -> Planvereinbarung:
    """Prepare the agreement that adapts a signed one, because goals are not reached any more.

    The signed one holds until the new one is signed by both (§ 122 S. 3 SGB IX). Raises
    SchrittUnzulaessig without the ground, for one that is not signed or whose version is not in
    force, while another is prepared, and for a time as in `create_…`.
    """
    lock_running_case(planvereinbarung.gesamtplan.case_id)
    bisher = _lock(planvereinbarung)
    VEREINBARUNGSSCHRITTE.require(_lage(bisher, by, tag), "anpassen")
    if not anlass.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, warum sie anzupassen ist.")
    plan = bisher.gesamtplan
    refuse(guards.laufzeit_der_leistungen(plan, gilt_bis))
    row = Planvereinbarung.objects.create(
        gesamtplan=plan,
        vorgaenger=bisher,
        art=bisher.art,
        beitrag_person=beitrag_person.strip(),
        beitrag_traeger=beitrag_traeger.strip(),
        gilt_bis=gilt_bis,
        bearbeitet_von=by,
    )
    _record(row, f"{row} wird angepasst: {anlass.strip()}", by, tag)
    return row


@transaction.atomic
def update_planvereinbarung(
    *,
    planvereinbarung: Planvereinbarung,
    beitrag_person: str,
    beitrag_traeger: str,
    gilt_bis: date,
    by: User,
    tag: date,
    gesehen: str | None = None,
) -> Planvereinbarung:
    """Change an agreement before it is signed.

    `gesehen` is the mark of the values as the form showed it. Raises SchrittUnzulaessig when
    somebody else has changed it since, once its paper is frozen or signed, or for a time as in
    `create_…`.
    """
    row = _lock(planvereinbarung)
    VEREINBARUNGSSCHRITTE.require(_lage(row, by, tag), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_vereinbarung(row)),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )
    refuse(guards.laufzeit_der_leistungen(row.gesamtplan, gilt_bis))
    row.beitrag_person, row.beitrag_traeger = beitrag_person.strip(), beitrag_traeger.strip()
    row.gilt_bis, row.bearbeitet_von = gilt_bis, by
    row.save()
    return row


@transaction.atomic
def complete_planvereinbarung(
    *, planvereinbarung: Planvereinbarung, person_am: date, traeger_am: date, by: User, tag: date
) -> Planvereinbarung:
    """Note both signatures: the agreement stands and does not change any more.

    One that adapts another takes its place from then on; that meets F39. A Leistungsabsprache meets
    F38. Raises SchrittUnzulaessig for a day that lies ahead, before the plan or after the end.
    """
    row = _lock(planvereinbarung)
    row.state = VEREINBARUNGSSCHRITTE.require(_lage(row, by, tag), "schliessen")
    refuse(guards.unterschriften_liegen_zurueck(row.gesamtplan, person_am, traeger_am, tag))
    refuse(guards.unterschriften_vor_dem_ende(row, person_am, traeger_am))
    row.person_am, row.traeger_am, row.bearbeitet_von = person_am, traeger_am, by
    _keep_fristen(row, max(person_am, traeger_am))
    if row.vorgaenger is not None:
        bisher = _lock(row.vorgaenger)
        bisher.state = PLANVEREINBARUNG.ziel(bisher.state, "ersetzen")
        bisher.save(update_fields=["state"])
    row.save()
    _record(row, f"{row} geschlossen", by, tag)
    return row


@transaction.atomic
def discard_planvereinbarung(
    *, planvereinbarung: Planvereinbarung, grund: str, by: User, tag: date
) -> Planvereinbarung:
    """Say why no agreement came about; the plan and its Leistungen are untouched by that.

    Raises SchrittUnzulaessig without a reason and once it is signed.
    """
    row = _lock(planvereinbarung)
    row.state = VEREINBARUNGSSCHRITTE.require(_lage(row, by, tag), "aufgeben")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie den Grund.")
    row.grund, row.bearbeitet_von = grund.strip(), by
    row.save()
    plan = row.gesamtplan
    if row.art == Vereinbarungsart.ABSPRACHE and row.vorgaenger is None:
        # It should be made, nobody has to (§ 12 SGB XII); another one may still be prepared.
        regel = Regel.LEISTUNGSABSPRACHE
        lift_frist(case=plan.case, gegenstand=plan, regel=regel, tag=tag, grund=_KEINE_ABSPRACHE)
    _record(row, f"{row} nicht zustande gekommen", by, tag)
    return row


def _keep_fristen(row: Planvereinbarung, am: date) -> None:
    """Both have signed: what was to be agreed on, or to be adapted, is."""
    case, durch = row.gesamtplan.case, f"{row} geschlossen"
    if row.art == Vereinbarungsart.ABSPRACHE:
        regel = Regel.LEISTUNGSABSPRACHE
        keep_frist(case=case, gegenstand=row.gesamtplan, regel=regel, tag=am, durch=durch)
    if row.vorgaenger is not None:
        regel = Regel.TEILHABEZIELE_ANPASSEN
        keep_frist(case=case, gegenstand=row.vorgaenger, regel=regel, tag=am, durch=durch)


def _record(row: Planvereinbarung, text: str, by: User, tag: date) -> None:
    plan = row.gesamtplan
    record_ereignis(case=plan.case, by=by, tag=tag, art="gesamtplan", text=text, gegenstand=plan)


def _lage(row: Planvereinbarung, by: User, tag: date) -> Vereinbarungslage:
    return Vereinbarungslage(by, tag, row, is_frozen(row))


def _lock(planvereinbarung: Planvereinbarung) -> Planvereinbarung:
    rows = Planvereinbarung.objects.select_related(
        "bearbeitet_von", "gesamtplan__case__leistungsberechtigte_person"
    )
    return lock_row(rows, planvereinbarung.pk)
