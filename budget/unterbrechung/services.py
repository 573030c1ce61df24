"""Steps of an interruption: record, change, end, decide about it, throw away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from budget.folge.queries import expected_bekanntgabe, uebliche_anhoerungsfrist
from budget.folge.services.bescheid import draft_folgebescheid, update_folgebescheid
from budget.models import Folgebescheid, PersoenlichesBudget, Unterbrechung
from budget.states.folge import Folgeart
from budget.states.unterbrechung import Ruheregel
from budget.unterbrechung import guards
from budget.unterbrechung.queries import (
    resting_teile,
    sum_of,
    unterbrechungen_of,
    werte_of_unterbrechung,
)
from budget.unterbrechung.schreiben import gruende_of, sachverhalt_of
from budget.unterbrechung.schritte import BEGINN, UNTERBRECHUNGSSCHRITTE, Unterbrechungslage
from budget.verfahren.schritte import Budgetlage
from budget.verfahren.services import lock_budget
from cases.frist.services.wiedervorlage import create_wiedervorlage, end_wiedervorlage
from cases.guards import refuse
from cases.models import User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig

# A change for the time to come; a case that reaches back is chosen in the draft.
_KUENFTIG = "0"
_NACHFRAGE = "Unterbrechung des Budgets: nachfragen, ob und wann sie endet"


def lock_unterbrechung(row: Unterbrechung) -> Unterbrechung:
    """Lock case, budget and interruption, in this order."""
    budget = lock_budget(row.persoenliches_budget)
    rows = Unterbrechung.objects.select_related("folgebescheid", "bearbeitet_von", "wiedervorlage")
    locked = lock_row(rows, row.pk)
    locked.persoenliches_budget = budget
    return locked


@transaction.atomic
def record_unterbrechung(
    *, budget: PersoenlichesBudget, angaben: Mapping[str, Any], by: User, tag: date
) -> Unterbrechung:
    """Record that the budget is interrupted, with the rule of the agreement; nothing rests yet.

    Raises SchrittUnzulaessig when the budget was never paid, the days lie outside the grant or
    meet another interruption, the rule is not whole, or `by` only reads.
    """
    budget = lock_budget(budget)
    BEGINN.require(Budgetlage(by, tag, budget), "unterbrechen")
    row = Unterbrechung(persoenliches_budget=budget, bearbeitet_von=by)
    _write(row, angaben, by, tag)
    _note(row, by, tag, f"Unterbrechung vermerkt: {row}")
    return row


@transaction.atomic
def update_unterbrechung(
    *, row: Unterbrechung, angaben: Mapping[str, Any], by: User, tag: date, gesehen: str = ""
) -> Unterbrechung:
    """Change days or rule; the draft of the Bescheid follows where nobody has rewritten it.

    Raises SchrittUnzulaessig when its Bescheid is no draft any more, the days or the rule do not
    fit, somebody has changed it since, or `by` only reads.
    """
    row = lock_unterbrechung(row)
    UNTERBRECHUNGSSCHRITTE.require(Unterbrechungslage(by, tag, row), "bearbeiten")
    refuse_stale(
        row,
        gesehen=gesehen,
        jetzt=stand_of(werte_of_unterbrechung(row)),
    )
    zuvor = (sachverhalt_of(row), gruende_of(row))
    _write(row, angaben, by, tag)
    _follow_draft(row, zuvor, by, tag)
    _note(row, by, tag, f"Unterbrechung geändert: {row}")
    return row


@transaction.atomic
def end_unterbrechung(*, row: Unterbrechung, bis: date, by: User, tag: date) -> Unterbrechung:
    """Record the last day of an interruption; from the day after it all is paid again.

    Nobody has to decide about that: the Bescheid holds while the interruption lasts. Raises
    SchrittUnzulaessig when the day lies before the first one, meets another interruption, would
    make longer what a Bescheid has said, or `by` only reads.
    """
    row = lock_unterbrechung(row)
    UNTERBRECHUNGSSCHRITTE.require(Unterbrechungslage(by, tag, row), "zurueckkehren")
    refuse(guards.ende_moeglich(row, bis))
    refuse(guards.ende_nicht_verlaengert(row, bis))
    andere = [u for u in unterbrechungen_of(row.persoenliches_budget) if u.pk != row.pk]
    refuse(guards.keine_andere_zur_selben_zeit(andere, row.von, bis))
    zuvor = (sachverhalt_of(row), gruende_of(row))
    row.bis, row.bearbeitet_von, row.nachfragen_am = bis, by, None
    _ask_again(row, by, tag)
    row.save()
    _follow_draft(row, zuvor, by, tag)
    _note(row, by, tag, f"Unterbrechung endet am {bis:%d.%m.%Y}")
    return row


@transaction.atomic
def decide_unterbrechung(*, row: Unterbrechung, by: User, tag: date) -> Folgebescheid:
    """Draft the Bescheid by which a part rests: facts, grounds, first day that is still possible.

    Raises SchrittUnzulaessig when nothing rests, a Bescheid is there already, or `by` only reads.
    """
    row = lock_unterbrechung(row)
    UNTERBRECHUNGSSCHRITTE.require(Unterbrechungslage(by, tag, row), "entscheiden")
    budget, bekannt = row.persoenliches_budget, expected_bekanntgabe(tag)
    frist = bekannt + timedelta(days=uebliche_anhoerungsfrist(tag))
    row.folgebescheid = draft_folgebescheid(
        case=budget.case,
        art=Folgeart.UNTERBRECHUNG,
        gegenstand=budget,
        by=by,
        tag=tag,
        angaben={
            "wirkt_ab": max(row.ruht_ab or row.von, bekannt + timedelta(days=1)),
            "fall_des_gesetzes": _KUENFTIG,
            "kenntnis_am": row.mitgeteilt_am,
            "anhoerung_bis": frist,
            "sachverhalt": sachverhalt_of(row),
            "gruende": gruende_of(row),
        },
    )
    row.save(update_fields=["folgebescheid"])
    return row.folgebescheid


@transaction.atomic
def discard_unterbrechung(*, row: Unterbrechung, by: User, tag: date) -> None:
    """Throw an interruption away that was recorded by mistake.

    Raises SchrittUnzulaessig when a Bescheid rests on it or `by` only reads.
    """
    row = lock_unterbrechung(row)
    UNTERBRECHUNGSSCHRITTE.require(Unterbrechungslage(by, tag, row), "verwerfen")
    row.nachfragen_am = None
    _ask_again(row, by, tag)
    _note(row, by, tag, f"Unterbrechung verworfen: {row}")
    row.delete()


def _write(row: Unterbrechung, angaben: Mapping[str, Any], by: User, tag: date) -> None:
    """Take over what the form asks, check it, and compute what rests."""
    budget = row.persoenliches_budget
    von, bis = angaben["von"], angaben.get("bis")
    refuse(guards.unterbrechung_im_zeitraum(budget, von, bis))
    andere = [u for u in unterbrechungen_of(budget) if u.pk != row.pk]
    refuse(guards.keine_andere_zur_selben_zeit(andere, von, bis))
    if angaben["mitgeteilt_am"] > tag:
        raise SchrittUnzulaessig("Der Tag der Mitteilung liegt in der Zukunft.")
    gewaehlt = {str(pk) for pk in angaben.get("teile") or ()}
    teile = [teil for teil in resting_teile(budget) if str(teil.pk) in gewaehlt]
    summe, kosten = sum_of(teile), angaben.get("kosten") or Decimal("0.00")
    nachweis = angaben.get("kosten_nachweis", "")
    refuse(guards.regel_bestimmt(angaben["regel"], summe, kosten, nachweis, budget.beginn))
    row.anlass, row.von, row.bis = angaben["anlass"], von, bis
    row.mitgeteilt_am, row.quelle = angaben["mitgeteilt_am"], angaben["quelle"].strip()
    row.regel, row.teile = angaben["regel"], [teil.pk for teil in teile]
    ruht = row.regel == Ruheregel.RUHT
    row.weiter_tage = (angaben.get("weiter_tage") or 0) if ruht else 0
    row.kosten, row.kosten_nachweis = kosten, nachweis.strip()
    row.ruht_betrag = summe - kosten
    row.nachfragen_am, row.bearbeitet_von = angaben.get("nachfragen_am"), by
    _ask_again(row, by, tag)
    row.save()


def _ask_again(row: Unterbrechung, by: User, tag: date) -> None:
    """Let the reminder to ask again stand on the day of the interruption, or none at all."""
    vorlage = row.wiedervorlage
    if vorlage is not None and vorlage.am != row.nachfragen_am:
        end_wiedervorlage(wiedervorlage=vorlage, by=by, tag=tag)
        vorlage = None
    if vorlage is None and row.nachfragen_am is not None:
        case = row.persoenliches_budget.case
        vorlage = create_wiedervorlage(
            case=case, user=case.caseworker, am=row.nachfragen_am, anlass=_NACHFRAGE, by=by, tag=tag
        )
    row.wiedervorlage = vorlage


def _follow_draft(row: Unterbrechung, zuvor: tuple[str, str], by: User, tag: date) -> None:
    """Let the draft of the Bescheid say what is recorded now, where nobody has rewritten it."""
    bescheid = row.folgebescheid
    if bescheid is None or guards.unterbrechung_noch_frei(row) is not None:
        return
    neu: dict[str, Any] = {}
    if bescheid.sachverhalt == zuvor[0]:
        neu["sachverhalt"] = sachverhalt_of(row)
    if bescheid.gruende == zuvor[1]:
        neu["gruende"] = gruende_of(row)
    if row.ruht_ab and bescheid.wirkt_ab and bescheid.wirkt_ab < row.ruht_ab:
        neu["wirkt_ab"] = row.ruht_ab
    if neu:
        row.folgebescheid = update_folgebescheid(row=bescheid, by=by, tag=tag, angaben=neu)


def _note(row: Unterbrechung, by: User, tag: date, text: str) -> None:
    budget = row.persoenliches_budget
    record_ereignis(case=budget.case, by=by, tag=tag, art="budget", text=text, gegenstand=row)
