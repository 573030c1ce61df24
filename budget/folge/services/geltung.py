"""On which days a grant is in force: settled anew whenever a decision or a Widerspruch changes it.

No two grants of a case are in force on one day. So the one that loses days loses them first, and
only then the other one gains them.
"""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.db import transaction

from budget.folge.queries import (
    ende_durch_bescheid,
    haelt_auf,
    list_beginnende,
    nachfolger_of,
)
from budget.models import Folgebescheid, PersoenlichesBudget
from budget.states import BEWILLIGTE, Budgetzustand
from budget.states.anspruch import Anspruch
from budget.states.folge import FOLGEARTEN
from budget.verfahren.guards import bewilligungszeitraum_abgelaufen
from budget.verfahren.services import (
    ENDE,
    advance_budget,
    lift_laufzeit,
    lock_budget,
    with_laufzeit,
)
from cases.frist.services.frist import run_again
from cases.models import Case, User
from cases.services.ereignis import record_ereignis

logger = logging.getLogger("fallwerk.folge")

_LAUFEND = (Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT)
_TAG = timedelta(days=1)
_AUSGESETZT = "Änderung ausgesetzt"


def settle_budget(budget: PersoenlichesBudget, by: User | None, tag: date) -> None:
    """End the budget, or let it run on, as the decisions in effect on the day say.

    Whatever takes its place, or would, is settled with it. Raises nothing: a budget that stands as
    it should stays as it is.
    """
    budget = lock_budget(budget)
    nachfolger = nachfolger_of(budget)
    gehemmt = nachfolger is not None and haelt_auf(nachfolger)
    if nachfolger is not None and gehemmt:
        _suspend(nachfolger, by, tag)
    _settle_one(budget, by, tag)
    if nachfolger is not None and not gehemmt:
        _settle_one(nachfolger, by, tag)
        begin_nachfolge(nachfolger, by, tag)


def _settle_one(budget: PersoenlichesBudget, by: User | None, tag: date) -> None:
    """Bring one grant in line with the decisions about it."""
    ende = ende_durch_bescheid(budget)
    erster = ende.erster_tag if ende is not None else None
    letzter = erster - _TAG if erster is not None else None
    beendet = ende is not None and letzter is not None and letzter < tag
    stays = budget.state == Budgetzustand.BEENDET and not _runs_again(budget, tag)
    if not beendet and stays and _replaced(budget):
        return
    if budget.gilt_bis != letzter:
        budget.gilt_bis = letzter
        budget.save(update_fields=["gilt_bis"])
    if beendet and ende is not None and budget.state in _LAUFEND:
        if budget.state == Budgetzustand.BEWILLIGT:
            advance_budget(budget, "auszahlen", None)
        advance_budget(budget, "beenden", None)
        lift_laufzeit(budget, tag, ende.get_art_display())
        _note(budget, by, tag, _end_text(ende))
    elif not beendet and budget.state == Budgetzustand.BEENDET and not stays:
        advance_budget(budget, "weiterlaufen", None)
        _run_laufzeit_again(budget, *(z.titel for z in FOLGEARTEN.values() if z.beendet))
        _note(budget, by, tag, "Auszahlung läuft weiter (§ 86a Abs. 1 S. 1 SGG)")


def continue_after_todesruecknahme(case: Case, tag: date) -> None:
    """Let a budget run on that had ended with a death which was recorded by mistake.

    Raises nothing: a budget that has ended for another reason stays as it is.
    """
    for row in PersoenlichesBudget.objects.filter(case=case, state=Budgetzustand.BEENDET):
        budget = lock_budget(row)
        ende = ende_durch_bescheid(budget)
        lifted = ende is not None and ende.erster_tag is not None and ende.erster_tag <= tag
        over = bewilligungszeitraum_abgelaufen(budget, tag) is None
        if lifted or over or _other_running(budget):
            continue
        advance_budget(budget, "weiterlaufen", None)
        _run_laufzeit_again(budget, ENDE)
        _note(budget, None, tag, "Auszahlung läuft weiter; der Tod war irrtümlich eingetragen")


def _replaced(budget: PersoenlichesBudget) -> bool:
    """Tell whether another grant has taken days of this one."""
    andere = PersoenlichesBudget.objects.filter(
        case=budget.case, state__in=BEWILLIGTE, beginn__gte=budget.beginn
    ).exclude(pk=budget.pk)
    ende = budget.ende
    return any(a for a in andere if not a.ohne_geltung and (ende is None or a.beginn <= ende))


def _other_running(budget: PersoenlichesBudget) -> bool:
    """Tell whether another grant of the case is in force, or will be."""
    andere = PersoenlichesBudget.objects.filter(case=budget.case, state__in=_LAUFEND)
    return not all(anderes.ohne_geltung for anderes in andere.exclude(pk=budget.pk))


_ANSPRUCH = {
    Anspruch.BLEIBT: "der Anspruch auf Sachleistung lebt wieder auf",
    Anspruch.ANDERER: "der Anspruch richtet sich gegen einen anderen Träger",
    Anspruch.ENTFAELLT: "auch der Anspruch auf die Leistungen ist entfallen",
    Anspruch.OFFEN: "ob der Anspruch auf die Leistungen bleibt, sagt der Bescheid nicht",
}


def _end_text(ende: Folgebescheid) -> str:
    text = (
        f"Persönliches Budget endet vor dem {ende.erster_tag:%d.%m.%Y} durch "
        f"{ende.get_art_display()}; "
    )
    if FOLGEARTEN[ende.art].mit_nachfolger:
        return text + "an seine Stelle tritt das neue"
    return text + _ANSPRUCH[Anspruch(ende.anspruchsfolge)]


def _runs_again(budget: PersoenlichesBudget, tag: date) -> bool:
    """Tell whether an ended budget runs again when its decision falls away.

    Only what a decision has ended, and only while no other grant has taken its place. What has
    ended by itself stays ended, whatever becomes of the decision (§ 39 Abs. 2 SGB X).
    """
    if bewilligungszeitraum_abgelaufen(budget, tag) is None:
        return False
    arten = [art for art, zeile in FOLGEARTEN.items() if zeile.beendet]
    durch_bescheid = Folgebescheid.objects.filter(
        budget=budget, art__in=arten, schreiben__isnull=False
    )
    return durch_bescheid.exists() and not _other_running(budget)


def _suspend(budget: PersoenlichesBudget, by: User | None, tag: date) -> None:
    """Take the effect from a grant that a Widerspruch keeps from taking the place of another."""
    budget = lock_budget(budget)
    if budget.ohne_geltung or budget.state not in _LAUFEND:
        return
    budget.gilt_bis = budget.beginn - _TAG
    budget.save(update_fields=["gilt_bis"])
    if budget.state == Budgetzustand.LAEUFT:
        advance_budget(budget, "aussetzen", None)
    lift_laufzeit(budget, tag, _AUSGESETZT)
    _note(budget, by, tag, "Änderung ausgesetzt; es bleibt beim bisherigen Budget (§ 86a SGG)")


def begin_nachfolge(budget: PersoenlichesBudget, by: User | None, tag: date) -> None:
    """Let a granted budget run from its first day on, in the place of the one before it.

    Raises nothing: before its day, or while it is held up, it stays as it is.
    """
    budget = lock_budget(budget)
    if budget.state != Budgetzustand.BEWILLIGT or budget.beginn > tag or budget.ohne_geltung:
        return
    vorgaenger = budget.vorgaenger
    if vorgaenger is not None and vorgaenger.state == Budgetzustand.LAEUFT:
        # Its time is over by itself; what a decision ends has been ended before.
        letzter = vorgaenger.letzter_tag
        if letzter is None or letzter >= budget.beginn:
            return
        vorgaenger = lock_budget(vorgaenger)
        advance_budget(vorgaenger, "beenden", None)
        lift_laufzeit(vorgaenger, tag, "Zeitraum abgelaufen")
        _note(vorgaenger, by, tag, f"Persönliches Budget beendet am {letzter:%d.%m.%Y}")
    advance_budget(budget, "auszahlen", None)
    _run_laufzeit_again(budget, _AUSGESETZT)
    _note(budget, by, tag, f"Persönliches Budget läuft seit dem {budget.beginn:%d.%m.%Y}")


def begin_nachfolgen(*, tag: date) -> None:
    """Let every granted budget run whose first day has come; one by one.

    Part of the daily run: doing it again changes nothing. Raises nothing: a failure leaves only
    its own row.
    """
    for budget in list_beginnende(tag):
        try:
            with transaction.atomic():
                if budget.vorgaenger is not None:
                    settle_budget(budget.vorgaenger, None, tag)
        except Exception:  # the next run tries this one again
            extra = {"case_id": budget.case_id}
            logger.exception("Budget hat nicht begonnen", extra=extra)


def _run_laufzeit_again(budget: PersoenlichesBudget, *gruende: str) -> None:
    """Let all Fristen run again that were lifted so; see `lift_laufzeit`."""
    for ding, _ in with_laufzeit(budget):
        for grund in gruende:
            run_again(case=budget.case, gegenstand=ding, grund=grund)


def _note(budget: PersoenlichesBudget, by: User | None, tag: date, text: str) -> None:
    record_ereignis(case=budget.case, by=by, tag=tag, art="budget", text=text, gegenstand=budget)
