"""Steps of a Bescheid: draft, submit, return, release, and what follows its posting."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from budget.bescheid import guards
from budget.bescheid.schreiben.bescheid import ART
from budget.bescheid.schritte import (
    BESCHEIDSCHRITTE,
    ENTWURFSSCHRITTE,
    lage_of,
    lage_of_bescheid,
)
from budget.models import Bescheid, PersoenlichesBudget
from budget.states import BESCHEID, BUDGET, Bescheidzustand
from budget.verfahren.services import advance_budget, lock_budget
from cases.behoerde.queries.eigener_wert import fristwahrung
from cases.frist.services.frist import keep_frist, lift_frist, start_frist
from cases.guards import refuse
from cases.models import Frist, Fristwahrung, Schreiben, User, Versand
from cases.models.stand import stand_of
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import write_schreiben
from cases.services.ereignis import record_ereignis
from cases.services.stand import refuse_stale
from cases.states.fall import FALL
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkatalog import Anlass, regeln_bis
from recht.fristkennung import Regel

# What a person writes in a draft; its mark covers these.
ANGABEN = ("erste_auszahlung", "begruendung", "abgelehnte_leistungen", "nebenbestimmungen")


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
    """Draft the Bescheid over an agreed budget; without signatures there is none.

    Raises SchrittUnzulaessig when the budget is not agreed or not signed, has a Bescheid already,
    the first payment lies outside the Bewilligungszeitraum, or `by` only reads.
    """
    budget = lock_budget(budget)
    lage = lage_of(budget, by, tag)
    ENTWURFSSCHRITTE.require(lage, "bescheid_entwerfen")
    refuse(guards.erste_auszahlung_im_zeitraum(budget, erste_auszahlung))
    bescheid = Bescheid.objects.create(
        persoenliches_budget=budget,
        zielvereinbarung=lage.zielvereinbarung,
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
    gesehen: str = "",
) -> Bescheid:
    """Change a draft; who changes it counts as author from then on.

    `gesehen` is the mark of the draft as the form showed it. Raises SchrittUnzulaessig when
    somebody has changed it since.
    """
    bescheid = _lock(bescheid)
    BESCHEIDSCHRITTE.require(lage_of_bescheid(bescheid, by, tag), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(bescheid, ANGABEN),
        zuletzt=bescheid.bearbeitet_von.get_full_name(),
    )
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
    """Hand a draft to the Sachgebietsleitung; an earlier return is settled with that.

    Raises SchrittUnzulaessig when it is no draft, has no grounds, or `by` only reads.
    """
    bescheid = _lock(bescheid)
    bescheid.state = BESCHEIDSCHRITTE.require(lage_of_bescheid(bescheid, by, tag), "vorlegen")
    bescheid.vorgelegt_am, bescheid.vorgelegt_von = tag, by
    bescheid.rueckgabe_grund = ""
    bescheid.save(update_fields=["state", "vorgelegt_am", "vorgelegt_von", "rueckgabe_grund"])
    _record(bescheid, by, tag, "Bescheid zur Freigabe vorgelegt")
    return bescheid


@transaction.atomic
def return_bescheid(*, bescheid: Bescheid, grund: str, by: User, tag: date) -> Bescheid:
    """Give a submitted Bescheid back to its author with the reason.

    Raises SchrittUnzulaessig when it is not submitted, `by` is no Sachgebietsleitung, or no reason
    is given.
    """
    bescheid = _lock(bescheid)
    bescheid.state = BESCHEIDSCHRITTE.require(lage_of_bescheid(bescheid, by, tag), "zurueckgeben")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, was zu ändern ist.")
    bescheid.rueckgabe_grund = grund
    bescheid.vorgelegt_am = bescheid.vorgelegt_von = None
    bescheid.save(update_fields=["state", "rueckgabe_grund", "vorgelegt_am", "vorgelegt_von"])
    _record(bescheid, by, tag, f"Bescheid zurückgegeben: {grund}")
    return bescheid


@transaction.atomic
def release_bescheid(
    *, bescheid: Bescheid, by: User, tag: date, gesehen: str | None = None
) -> Bescheid:
    """Release a Bescheid: every gate, the frozen PDF of this day, and the decision is made.

    For the person nothing has happened yet: a Verwaltungsakt takes effect with its Bekanntgabe
    (§ 39 Abs. 1 SGB X), see `record_aufgabe`. `gesehen` is the mark of the preview that `by` has
    opened. Raises SchrittUnzulaessig with the first closed gate. Of two releases at once the second
    waits for the first and is then refused by the state.
    """
    bescheid = _lock(bescheid)
    budget = bescheid.persoenliches_budget
    neu = BESCHEIDSCHRITTE.require(lage_of_bescheid(bescheid, by, tag), "freigeben")
    # What the Bescheid will do must be possible now; in the post it could not be refused any more.
    # For the case one of the gates has asked it.
    BUDGET.ziel(budget.state, "bewilligen")
    schreiben = write_schreiben(
        art=ART,
        anlass=Schreibanlass(case=budget.case, tag=tag, by=by, gegenstand=bescheid, zeichnet=by),
        gesehen=gesehen,
    )
    bescheid.schreiben = schreiben
    bescheid.datum = tag
    bescheid.freigegeben_von = by
    bescheid.freigegeben_am = tag
    bescheid.state = neu
    bescheid.save()
    if fristwahrung(tag) == Fristwahrung.ENTSCHEIDUNG:
        _keep_entscheidung(budget, tag, "Bescheid freigegeben")
    _record(bescheid, by, tag, "Bescheid freigegeben")
    return bescheid


def _keep_entscheidung(budget: PersoenlichesBudget, tag: date, durch: str) -> None:
    """Meet the Fristen for the decision about this Antrag (§ 14 Abs. 2 S. 2 SGB IX and others)."""
    for regel in regeln_bis(Anlass.ENTSCHEIDUNG):
        keep_frist(case=budget.case, gegenstand=budget.antrag, regel=regel, tag=tag, durch=durch)


def _start_fristen(bescheid: Bescheid, by: User | None) -> None:
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
    """Follow the posting of a Bescheid: it is versandt, and takes effect with its Bekanntgabe.

    The hook of the dispatch. `user` is None when the program has sent an e-mail; then only the
    states decide. A second posting by another way changes nothing any more. Raises
    SchrittUnzulaessig when `user` only reads.
    """
    bescheid = _lock(
        Bescheid.objects.select_related("persoenliches_budget").get(schreiben=schreiben)
    )
    if bescheid.state != Bescheidzustand.FREIGEGEBEN:
        return
    lage = lage_of_bescheid(bescheid, user, tag)
    bescheid.state = BESCHEIDSCHRITTE.require_stand(lage, "aufgeben")
    bescheid.save(update_fields=["state"])
    wirksam = versand.bekanntgabe or tag
    _take_effect(bescheid, user, wirksam)
    text = f"Bescheid versandt: {versand.get_weg_display()}"
    _record(
        bescheid,
        user,
        tag,
        f"{text}; wirksam mit Bekanntgabe am {wirksam:%d.%m.%Y} (§ 39 Abs. 1 SGB X)",
    )


def _take_effect(bescheid: Bescheid, user: User | None, wirksam: date) -> None:
    """All that a Bescheid does to the person, with the day of its Bekanntgabe.

    It is bewilligt, Leistung and payment begin, the person is bound, and nobody has to wait for a
    decision any more (§ 39 Abs. 1 SGB X).
    """
    budget = bescheid.persoenliches_budget
    case = budget.case
    for schritt in ("bewilligen", "auszahlen"):
        if budget.state in BUDGET.uebergang(schritt).von:
            advance_budget(budget, schritt, user)
    for schritt in ("bewilligen", "leistung_beginnen"):
        if case.state in FALL.uebergang(schritt).von:
            case.state = FALL.ziel(case.state, schritt)
            case.save(update_fields=["state"])
    _start_fristen(bescheid, user)
    if fristwahrung(bescheid.datum) == Fristwahrung.BEKANNTGABE:
        _keep_entscheidung(budget, wirksam, "Bescheid bekannt gegeben")
    for regel in regeln_bis(Anlass.BEKANNTGABE):
        lift_frist(
            case=case,
            gegenstand=budget.antrag,
            regel=regel,
            tag=wirksam,
            grund="über den Antrag entschieden",
        )


@transaction.atomic
def record_bestandskraft(frist: Frist, tag: date) -> None:
    """Mark the Bescheid bestandskräftig when its Widerspruchsfrist has run out (§ 77 SGG).

    Raises nothing: a Frist of another letter, or a Bescheid that is not versandt, changes nothing.
    """
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
