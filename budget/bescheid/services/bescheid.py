"""Steps of a Bescheid: draft, submit, return, release, and what follows its posting."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from budget import guards
from budget.bescheid.schreiben.bescheid import ART, bescheid_daten, titel_of
from budget.bescheid.services.tore import list_tore
from budget.models import Bescheid, PersoenlichesBudget
from budget.queries import zielvereinbarung_of
from budget.states import BESCHEID, BUDGET, Bescheidzustand, Budgetzustand
from budget.verfahren.services import advance_budget, lock_budget
from cases import access
from cases.fall.services.case import advance_case
from cases.frist.services.frist import keep_frist, lift_frist, start_frist
from cases.guards import refuse
from cases.models import Frist, Schreiben, User, Versand
from cases.schreiben.services.schreiben import empfaenger_of, freeze_schreiben
from cases.services.ereignis import gegenstand_of, record_ereignis
from cases.states.fall import FALL, Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkennung import Regel


def _lock(bescheid: Bescheid) -> Bescheid:
    """Lock case, budget and Bescheid, in this order; a second releaser waits here."""
    budget = lock_budget(bescheid.persoenliches_budget)
    locked = Bescheid.objects.select_for_update().get(pk=bescheid.pk)
    locked.persoenliches_budget = budget
    return locked


def _record(bescheid: Bescheid, by: User | None, tag: date, text: str) -> None:
    record_ereignis(
        case=bescheid.persoenliches_budget.case,
        by=by,
        tag=tag,
        art="bescheid",
        text=text,
        gegenstand=bescheid,
    )


@transaction.atomic
def draft_bescheid(
    *,
    budget: PersoenlichesBudget,
    erste_auszahlung: date,
    begruendung: str,
    by: User,
    tag: date,
    abgelehnte_leistungen: str = "",
    nebenbestimmungen: str = "",
) -> Bescheid:
    """Draft the Bescheid over an agreed budget; without signatures there is none."""
    budget = lock_budget(budget)
    access.require(by, BESCHEID, "bearbeiten", Bescheidzustand.ENTWURF)
    zielvereinbarung = zielvereinbarung_of(budget)
    refuse(guards.zielvereinbarung_unterzeichnet(budget, zielvereinbarung))
    BUDGET.ziel(budget.state, "bewilligen")
    if budget.bescheide.exists():
        raise SchrittUnzulaessig("Zu diesem Persönlichen Budget gibt es schon einen Bescheid.")
    refuse(guards.erste_auszahlung_im_zeitraum(budget, erste_auszahlung))
    bescheid = Bescheid.objects.create(
        persoenliches_budget=budget,
        zielvereinbarung=zielvereinbarung,
        datum=tag,
        erste_auszahlung=erste_auszahlung,
        begruendung=begruendung,
        abgelehnte_leistungen=abgelehnte_leistungen,
        nebenbestimmungen=nebenbestimmungen,
        erstellt_von=by,
        bearbeitet_von=by,
    )
    _record(bescheid, by, tag, "Bescheid entworfen")
    return bescheid


@transaction.atomic
def update_bescheid(
    *,
    bescheid: Bescheid,
    erste_auszahlung: date,
    begruendung: str,
    by: User,
    tag: date,
    abgelehnte_leistungen: str = "",
    nebenbestimmungen: str = "",
) -> Bescheid:
    """Change a draft; who changes it counts as author from then on."""
    bescheid = _lock(bescheid)
    access.require(by, BESCHEID, "bearbeiten", bescheid.state)
    refuse(guards.erste_auszahlung_im_zeitraum(bescheid.persoenliches_budget, erste_auszahlung))
    bescheid.datum = tag
    bescheid.erste_auszahlung = erste_auszahlung
    bescheid.begruendung = begruendung
    bescheid.abgelehnte_leistungen = abgelehnte_leistungen
    bescheid.nebenbestimmungen = nebenbestimmungen
    bescheid.bearbeitet_von = by
    bescheid.save()
    _record(bescheid, by, tag, "Bescheid bearbeitet")
    return bescheid


@transaction.atomic
def submit_bescheid(*, bescheid: Bescheid, by: User, tag: date) -> Bescheid:
    """Hand a draft to the Sachgebietsleitung; an earlier return is settled with that."""
    bescheid = _lock(bescheid)
    bescheid.state = access.require(by, BESCHEID, "vorlegen", bescheid.state)
    refuse(guards.begruendung_vorhanden(bescheid))
    bescheid.vorgelegt_am, bescheid.vorgelegt_von = tag, by
    bescheid.rueckgabe_grund = ""
    bescheid.save(update_fields=["state", "vorgelegt_am", "vorgelegt_von", "rueckgabe_grund"])
    _record(bescheid, by, tag, "Bescheid zur Freigabe vorgelegt")
    return bescheid


@transaction.atomic
def return_bescheid(*, bescheid: Bescheid, grund: str, by: User, tag: date) -> Bescheid:
    """Give a submitted Bescheid back to its author with the reason."""
    bescheid = _lock(bescheid)
    bescheid.state = access.require(by, BESCHEID, "zurueckgeben", bescheid.state)
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, was zu ändern ist.")
    bescheid.rueckgabe_grund = grund
    bescheid.vorgelegt_am = bescheid.vorgelegt_von = None
    bescheid.save(update_fields=["state", "rueckgabe_grund", "vorgelegt_am", "vorgelegt_von"])
    _record(bescheid, by, tag, f"Bescheid zurückgegeben: {grund}")
    return bescheid


@transaction.atomic
def release_bescheid(*, bescheid: Bescheid, by: User, tag: date) -> Bescheid:
    """Release a Bescheid: every gate, frozen PDF of this day, states and Fristen in one go.

    Raises SchrittUnzulaessig with the first closed gate. Of two releases at once the second
    waits for the first and is then refused by the state.
    """
    bescheid = _lock(bescheid)
    budget = bescheid.persoenliches_budget
    neu = access.require(by, BESCHEID, "freigeben", bescheid.state)
    for tor in list_tore(bescheid, by, tag):
        refuse(tor.hindernis)
    empfaenger = empfaenger_of(budget.case, tag)
    schreiben = freeze_schreiben(
        case=budget.case,
        art=ART,
        titel=titel_of(budget),
        gegenstand=gegenstand_of(bescheid),
        empfaenger=empfaenger,
        daten=bescheid_daten(bescheid=bescheid, datum=tag, empfaenger=empfaenger, unterzeichner=by),
        datum=tag,
        by=by,
    )
    bescheid.schreiben = schreiben
    bescheid.datum = tag
    bescheid.freigegeben_von = by
    bescheid.freigegeben_am = tag
    bescheid.state = neu
    bescheid.save()
    advance_budget(budget, "bewilligen", by)
    advance_case(case=budget.case, schritt="bewilligen", by=by)
    _start_fristen(bescheid, by)
    keep_frist(case=budget.case, regel=Regel.ENTSCHEIDUNG, tag=tag, durch="Bescheid freigegeben")
    lift_frist(
        case=budget.case,
        regel=Regel.UNTAETIGKEIT_ANTRAG,
        tag=tag,
        grund="über den Antrag entschieden",
    )
    _record(bescheid, by, tag, "Bescheid freigegeben")
    return bescheid


def _start_fristen(bescheid: Bescheid, by: User) -> None:
    budget = bescheid.persoenliches_budget
    stand = budget.rechtsstand
    start_frist(
        case=budget.case,
        regel=Regel.BINDUNG_BUDGET,
        gegenstand=budget,
        ausloeser=budget.bindung_ab,
        by=by,
        rechtsstand=stand,
    )
    start_frist(
        case=budget.case,
        regel=Regel.ERSTE_UEBERPRUEFUNG,
        gegenstand=budget,
        ausloeser=bescheid.erste_auszahlung,
        by=by,
        rechtsstand=stand,
    )
    if budget.ende is not None:
        start_frist(
            case=budget.case,
            regel=Regel.ENDE_BEWILLIGUNG,
            gegenstand=budget,
            ausloeser=budget.ende,
            by=by,
            rechtsstand=stand,
            geltend_bis=budget.ende,
        )


@transaction.atomic
def record_aufgabe(schreiben: Schreiben, versand: Versand, user: User | None, tag: date) -> None:
    """Follow the posting of a Bescheid: versandt, payment and Leistung begin (§ 39 Abs. 1 SGB X).

    The hook of the dispatch. `user` is None when the program has sent an e-mail; then only the
    states decide. A second posting by another way changes nothing any more.
    """
    bescheid = _lock(
        Bescheid.objects.select_related("persoenliches_budget").get(schreiben=schreiben)
    )
    if bescheid.state != Bescheidzustand.FREIGEGEBEN:
        return
    budget = bescheid.persoenliches_budget
    if user is None:
        bescheid.state = BESCHEID.ziel(bescheid.state, "aufgeben")
    else:
        bescheid.state = access.require(user, BESCHEID, "aufgeben", bescheid.state)
    bescheid.save(update_fields=["state"])
    if budget.state == Budgetzustand.BEWILLIGT:
        advance_budget(budget, "auszahlen", user)
    if budget.case.state == Fallzustand.BEWILLIGT:
        budget.case.state = FALL.ziel(budget.case.state, "leistung_beginnen")
        budget.case.save(update_fields=["state"])
    _record(bescheid, user, tag, f"Bescheid versandt: {versand.get_weg_display()}")


@transaction.atomic
def record_bestandskraft(frist: Frist, tag: date) -> None:
    """Mark the Bescheid bestandskräftig when its Widerspruchsfrist has run out (§ 77 SGG)."""
    art, _, kennung = frist.gegenstand.partition(":")
    if art != "schreiben":
        return
    gefunden = (
        Bescheid.objects.select_related("persoenliches_budget")
        .filter(schreiben_id=int(kennung))
        .first()
    )
    if gefunden is None:
        return
    bescheid = _lock(gefunden)
    if bescheid.state != Bescheidzustand.VERSANDT:
        return
    bescheid.state = BESCHEID.ziel(bescheid.state, "bestandskraft")
    bescheid.save(update_fields=["state"])
    _record(bescheid, None, tag, "Bescheid bestandskräftig")
