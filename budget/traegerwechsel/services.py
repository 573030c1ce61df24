"""Steps of a change of the carrier: noted, promised, lifted, claimed, handed over."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from budget.folge.queries import expected_bekanntgabe, uebliche_anhoerungsfrist
from budget.folge.services.bescheid import draft_folgebescheid
from budget.models import Folgebescheid, PersoenlichesBudget, Traegerwechsel
from budget.states.anspruch import Anspruch
from budget.states.folge import Folgeart
from budget.states.traegerwechsel import Wechselzustand
from budget.traegerwechsel import guards
from budget.traegerwechsel.queries import ausschlussfrist_of, rendered_since
from budget.traegerwechsel.schreiben import gruende_of, sachverhalt_of
from budget.traegerwechsel.schritte import BEGINN, WECHSELSCHRITTE, Wechsellage
from budget.unterbrechung.queries import pausen_of
from budget.verfahren.queries.gebiet import area_on
from budget.verfahren.schritte import Budgetlage
from budget.verfahren.services import lock_budget
from cases.behoerde.queries.sitz import sitz
from cases.fall.services.case import end_case
from cases.frist.services.frist import correct_frist, keep_frist, lift_frist, start_frist
from cases.guards import refuse
from cases.models import Endeart, Leistungstraeger, Schreiben, User
from cases.registry.schreibenart import Schreibanlass
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkennung import Regel
from recht.geld import format_euro

_EIN_TAG = timedelta(days=1)
_VERLANGT = "Erstattung verlangt"


@transaction.atomic
def record_traegerwechsel(
    *,
    budget: PersoenlichesBudget,
    an: Leistungstraeger,
    grund: str,
    ab: date,
    bekannt_seit: date,
    begruendung: str,
    by: User,
    tag: date,
) -> Traegerwechsel:
    """Note that another carrier is competent from a day on; we go on paying (§ 2 Abs. 3 SGB X).

    Raises SchrittUnzulaessig when the budget is not paid, the carrier is we ourselves, the law of
    the day knows no such change, no interruption of six months is on record for it, the person
    lives in our area, a day does not fit, no reason is given, it is noted already, or `by` only
    reads.
    """
    budget = lock_budget(budget)
    BEGINN.require(Budgetlage(by, tag, budget), "wechseln")
    refuse(guards.anderer_traeger(an))
    refuse(guards.wechsel_nach_dem_gesetz(grund, ab))
    refuse(guards.unterbrechung_festgehalten(grund, ab, pausen_of(budget.case), tag, sitz()))
    refuse(guards.wohnt_ausserhalb(grund, ab, area_on(budget, ab)))
    refuse(guards.tage_des_wechsels(budget, ab, bekannt_seit, tag))
    if not begruendung.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, woraus sich der Wechsel ergibt.")
    if Traegerwechsel.objects.filter(persoenliches_budget=budget).exists():
        raise SchrittUnzulaessig("Für dieses Budget ist schon ein Trägerwechsel vermerkt.")
    row = Traegerwechsel.objects.create(
        persoenliches_budget=budget,
        an=an,
        grund=grund,
        ab=ab,
        bekannt_seit=bekannt_seit,
        begruendung=begruendung.strip(),
        erfasst_von=by,
    )
    # The Chronik is read by more people than the page: which carrier it is tells where she lives.
    _note(row, by, tag, "vermerkt")
    return row


@transaction.atomic
def record_zusage(
    *,
    row: Traegerwechsel,
    vom: date,
    uebernimmt_ab: date,
    aktenzeichen: str,
    by: User,
    tag: date,
) -> Traegerwechsel:
    """Note from which day the other carrier goes on; the Frist for our claim runs from then.

    A later answer may name another day. Raises SchrittUnzulaessig when a day does not fit, the
    decision that lifts the grant is submitted, or `by` only reads.
    """
    row = _lock(row)
    row.state = WECHSELSCHRITTE.require(Wechsellage(by, tag, row), "zusagen")
    refuse(guards.zusage_passt(row, vom, uebernimmt_ab, tag))
    row.zusage_vom, row.uebernimmt_ab = vom, uebernimmt_ab
    row.aktenzeichen_dort = " ".join(aktenzeichen.split())
    row.save()
    _run_frist(row, by, tag)
    _note(row, by, tag, f"zugesagt; der neue Träger leistet ab dem {uebernimmt_ab:%d.%m.%Y}")
    return row


def _run_frist(row: Traegerwechsel, by: User, tag: date) -> None:
    """Let the twelve months run after our last day (§ 111 SGB X), where there is one."""
    case, regel = row.persoenliches_budget.case, Regel.ERSTATTUNG_TRAEGER
    bisher = ausschlussfrist_of(row)
    if row.uebernimmt_ab is None or row.uebernimmt_ab <= row.ab:
        lift_frist(case=case, gegenstand=row, regel=regel, tag=tag, grund="nichts zu erstatten")
        return
    letzter = row.uebernimmt_ab - _EIN_TAG
    if bisher is None:
        start_frist(case=case, regel=regel, gegenstand=row, ausloeser=letzter, by=by)
        return
    correct_frist(
        case=case,
        regel=regel,
        gegenstand=row,
        ausloeser=letzter,
        by=by,
        tag=tag,
        grund="anderer Tag der Übernahme",
    )


@transaction.atomic
def decide_aufhebung(*, row: Traegerwechsel, by: User, tag: date) -> Folgebescheid:
    """Draft the decision by which our grant ends when the other carrier goes on.

    It is heard about, submitted, released by a second person and made known like every other one.
    Raises SchrittUnzulaessig when nothing is promised, there is one already, or `by` only reads.
    """
    row = _lock(row)
    WECHSELSCHRITTE.require(Wechsellage(by, tag, row), "aufheben")
    budget, bekannt = row.persoenliches_budget, expected_bekanntgabe(tag)
    row.aufhebung = draft_folgebescheid(
        case=budget.case,
        art=Folgeart.AUFHEBUNG,
        gegenstand=budget,
        by=by,
        tag=tag,
        angaben={
            "wirkt_ab": max(row.uebernimmt_ab or row.ab, bekannt + _EIN_TAG),
            "kenntnis_am": row.bekannt_seit,
            "anhoerung_bis": bekannt + timedelta(days=uebliche_anhoerungsfrist(tag)),
            "sachverhalt": sachverhalt_of(row),
            "gruende": gruende_of(row),
            "anspruch": Anspruch.ANDERER,
        },
    )
    row.save(update_fields=["aufhebung"])
    return row.aufhebung


@transaction.atomic
def record_erstattungsverlangen(
    *, row: Traegerwechsel, am: date, betrag: Decimal, by: User, tag: date
) -> Traegerwechsel:
    """Note that the refund was claimed; the Frist of § 111 SGB X is met or missed by that day.

    Raises SchrittUnzulaessig when nothing was rendered after the change, it is more than that, the
    day lies ahead, or `by` only reads.
    """
    row = _lock(row)
    WECHSELSCHRITTE.require(Wechsellage(by, tag, row), "erstattung_verlangen")
    refuse(guards.verlangt_hoechstens(betrag, rendered_since(row)))
    if am > tag:
        raise SchrittUnzulaessig(
            "Verlangt wurde es nicht in der Zukunft. Bitte prüfen Sie den Tag."
        )
    row.verlangt_am, row.verlangt_betrag = am, betrag
    row.save(update_fields=["verlangt_am", "verlangt_betrag"])
    keep_frist(
        case=row.persoenliches_budget.case,
        gegenstand=row,
        regel=Regel.ERSTATTUNG_TRAEGER,
        tag=am,
        durch=_VERLANGT,
    )
    _note(row, by, tag, f"Erstattung von {format_euro(betrag)} verlangt am {am:%d.%m.%Y}")
    return row


@transaction.atomic
def hand_over(*, row: Traegerwechsel, by: User, tag: date) -> Traegerwechsel:
    """End the case as handed over; its Fristen of the running help end with that reason.

    Raises SchrittUnzulaessig when our grant still holds, the new carrier was not told, a Frist or
    another thing of the case is open, or `by` has noted the change or does not lead.
    """
    row = _lock(row)
    row.state = WECHSELSCHRITTE.require(Wechsellage(by, tag, row), "abgeben")
    row.abgegeben_von = by
    row.save(update_fields=["state", "abgegeben_von"])
    grund = f"Trägerwechsel: der neue Träger leistet ab dem {row.uebernimmt_ab:%d.%m.%Y}"
    end_case(
        case=row.persoenliches_budget.case,
        grund=grund,
        by=by,
        tag=tag,
        art=Endeart.TRAEGERWECHSEL,
    )
    return row


@transaction.atomic
def discard_traegerwechsel(*, row: Traegerwechsel, by: User, tag: date) -> None:
    """Throw a change away that was noted by mistake.

    Raises SchrittUnzulaessig when the other carrier has promised, was told, or `by` only reads.
    """
    row = _lock(row)
    WECHSELSCHRITTE.require(Wechsellage(by, tag, row), "verwerfen")
    if row.mitteilung is not None:
        raise SchrittUnzulaessig("Der neue Träger ist schon unterrichtet.")
    _note(row, by, tag, "verworfen")
    row.delete()


def follow_mitteilung(anlass: Schreibanlass, schreiben: Schreiben) -> None:
    """Keep the frozen letter with its change: the hook of its freezing."""
    row = _lock(anlass.gegenstand)
    if row.state == Wechselzustand.ABGEGEBEN:
        return
    row.mitteilung = schreiben
    row.save(update_fields=["mitteilung"])


def _lock(row: Traegerwechsel) -> Traegerwechsel:
    budget = lock_budget(row.persoenliches_budget)
    rows = Traegerwechsel.objects.select_related("an", "aufhebung", "mitteilung")
    locked = lock_row(rows.defer("mitteilung__daten"), row.pk)
    locked.persoenliches_budget = budget
    return locked


def _note(row: Traegerwechsel, by: User, tag: date, was: str) -> None:
    budget, text = row.persoenliches_budget, f"{row}: {was}"
    record_ereignis(case=budget.case, by=by, tag=tag, art="budget", text=text, gegenstand=row)
