"""What follows the dispatch of a Bescheid: posted, in effect with its Bekanntgabe, bestandskräftig.

All that it does to the person begins with the day of the Bekanntgabe (§ 39 Abs. 1 SGB X), which
the daily run waits for; what turns out not to be made known has no effect.
"""

from __future__ import annotations

import logging
from datetime import date

from django.db import transaction

from budget.bescheid.queries import list_wirksam_werdende
from budget.bescheid.schreiben.abzug import rests_on_income
from budget.bescheid.schritte import BESCHEIDSCHRITTE, lage_of_bescheid
from budget.bescheid.services.bescheid import (
    continue_waiting,
    keep_entscheidung,
    lock_bescheid,
    note_bescheid,
)
from budget.models import Bescheid, PersoenlichesBudget
from budget.states import BUDGET, Bescheidzustand, Budgetzustand
from budget.states.bescheid import BESCHEID
from budget.verfahren.services import advance_budget
from cases.behoerde.queries.eigener_wert import fristwahrung
from cases.frist.services.frist import lift_frist, start_frist, undo_frist
from cases.models import Frist, Fristwahrung, Schreiben, User, Versand
from cases.services.ereignis import gegenstand_of
from cases.states.fall import FALL
from cases.states.frist import Fristzustand
from cases.states.versand import Versandzustand
from recht.fristkatalog import Anlass, regeln_bis
from recht.fristkennung import Regel

logger = logging.getLogger("fallwerk.bescheid")

_WIRKSAM = (Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT)
_WIRKTE = (*_WIRKSAM, Budgetzustand.BEENDET)
_DURCH = "Bescheid bekannt gegeben"
_ENTSCHIEDEN = "über den Antrag entschieden"
_LAUFZEIT = (
    Regel.BINDUNG_BUDGET,
    Regel.ERSTE_UEBERPRUEFUNG,
    Regel.ERPROBUNG,
    Regel.ENDE_BEWILLIGUNG,
    Regel.NEUE_WERTE,
)


@transaction.atomic
def record_aufgabe(schreiben: Schreiben, versand: Versand, user: User | None, tag: date) -> None:
    """Follow the posting of a Bescheid: it is versandt.

    The hook of the dispatch. `user` is None when the program has sent an e-mail; then only the
    states decide. A second posting by another way changes nothing any more. Raises
    SchrittUnzulaessig when `user` only reads.
    """
    bescheid = _bescheid_of(schreiben)
    if bescheid is None or bescheid.state != Bescheidzustand.FREIGEGEBEN:
        return
    lage = lage_of_bescheid(bescheid, user, tag)
    bescheid.state = BESCHEIDSCHRITTE.require_stand(lage, "aufgeben")
    bescheid.save(update_fields=["state"])
    text = f"Bescheid versandt: {versand.get_weg_display()}"
    if versand.bekanntgabe is None:
        folge = "wirksam erst mit nachgewiesenem Zugang"
    else:
        folge = f"wirksam mit Bekanntgabe am {versand.bekanntgabe:%d.%m.%Y}"
    note_bescheid(bescheid, user, tag, f"{text}; {folge} (§ 39 Abs. 1 SGB X)")


@transaction.atomic
def record_bekanntgabe(schreiben: Schreiben, am: date | None, user: User | None, tag: date) -> None:
    """Bring a Bescheid in line with the day of its Bekanntgabe; None: it is not made known.

    A day ahead is left to the daily run. Raises nothing: a letter of no Bescheid changes nothing.
    """
    bescheid = _bescheid_of(schreiben)
    if bescheid is None:
        return
    wirksam = bescheid.persoenliches_budget.state in _WIRKSAM
    if am is None or am > tag:
        if wirksam:
            _lose_effect(bescheid, user, tag)
        _return_unsent(bescheid, user, tag)
    elif not wirksam and bescheid.persoenliches_budget.state == Budgetzustand.VEREINBART:
        _take_effect(bescheid, user, am)
        note_bescheid(
            bescheid, user, tag, f"Bescheid wirksam seit {am:%d.%m.%Y} (§ 39 Abs. 1 SGB X)"
        )
    _reopen_widerspruch(bescheid, user, tag)


def begin_wirkungen(*, tag: date) -> None:
    """Let every Bescheid take effect whose day of Bekanntgabe has come; one by one.

    Part of the daily run: doing it again changes nothing. Raises nothing: a failure leaves only
    its own row.
    """
    for schreiben, bekannt_am in list_wirksam_werdende(tag):
        try:
            record_bekanntgabe(schreiben, bekannt_am, None, tag)
        except Exception:  # the next run tries this one again
            extra = {"case_id": schreiben.case_id}
            logger.exception("Bescheid wurde nicht wirksam", extra=extra)


def _bescheid_of(schreiben: Schreiben) -> Bescheid | None:
    gefunden = (
        Bescheid.objects.select_related("persoenliches_budget").filter(schreiben=schreiben).first()
    )
    return lock_bescheid(gefunden) if gefunden else None


def _start_fristen(bescheid: Bescheid, by: User | None) -> None:
    budget = bescheid.persoenliches_budget
    stand = budget.rechtsstand
    if budget.vorgaenger is None or budget.bindung_ab != budget.vorgaenger.bindung_ab:
        _start_bindung(budget, by)
    start_frist(
        case=budget.case,
        regel=Regel.ERSTE_UEBERPRUEFUNG,
        gegenstand=budget,
        ausloeser=bescheid.erste_auszahlung,
        by=by,
        rechtsstand=stand,
    )
    vereinbart = bescheid.zielvereinbarung
    if vereinbart is not None and vereinbart.probe_gespraech_am is not None:
        start_frist(
            case=budget.case,
            regel=Regel.ERPROBUNG,
            gegenstand=budget,
            ausloeser=vereinbart.probe_gespraech_am,
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


def _start_bindung(budget: PersoenlichesBudget, by: User | None) -> None:
    """Bind the person to her decision (§ 29 Abs. 1 S. 6 SGB IX); a change binds nobody anew."""
    start_frist(
        case=budget.case,
        regel=Regel.BINDUNG_BUDGET,
        gegenstand=budget,
        ausloeser=budget.bindung_ab,
        by=by,
        rechtsstand=budget.rechtsstand,
    )


def _start_neue_werte(bescheid: Bescheid, wirksam: date, by: User | None) -> None:
    """Let the next turn of the year be seen where a Beitrag or Einsatz rests on income.

    With it come a new Bezugsgröße and another year of income (§ 135 SGB IX, § 136 SGB IX).
    """
    budget = bescheid.persoenliches_budget
    if not rests_on_income(bescheid):
        return
    start_frist(
        case=budget.case,
        regel=Regel.NEUE_WERTE,
        gegenstand=budget,
        ausloeser=max(wirksam, budget.beginn),
        by=by,
        rechtsstand=budget.rechtsstand,
    )


def _take_effect(bescheid: Bescheid, user: User | None, wirksam: date) -> None:
    """All that a Bescheid does to the person, with the day of its Bekanntgabe.

    It is bewilligt, Leistung and payment begin, the person is bound, and nobody has to wait for a
    decision any more (§ 39 Abs. 1 SGB X).
    """
    budget = bescheid.persoenliches_budget
    case = budget.case
    # One that takes the place of another waits for its first day; the other one runs until then.
    schritte = ("bewilligen",) if budget.vorgaenger_id else ("bewilligen", "auszahlen")
    for schritt in schritte:
        if budget.state in BUDGET.uebergang(schritt).von:
            advance_budget(budget, schritt, user)
    for schritt in ("bewilligen", "leistung_beginnen"):
        if case.state in FALL.uebergang(schritt).von:
            case.state = FALL.ziel(case.state, schritt)
            case.save(update_fields=["state"])
    _start_fristen(bescheid, user)
    _start_neue_werte(bescheid, wirksam, user)
    if fristwahrung(bescheid.datum) == Fristwahrung.BEKANNTGABE:
        keep_entscheidung(budget, wirksam, _DURCH)
    for regel in regeln_bis(Anlass.BEKANNTGABE):
        lift_frist(
            case=case,
            gegenstand=budget.antrag,
            regel=regel,
            tag=wirksam,
            grund=_ENTSCHIEDEN,
        )


def _lose_effect(bescheid: Bescheid, user: User | None, tag: date) -> None:
    """Take back what a Bescheid did that was not made known after all."""
    budget = bescheid.persoenliches_budget
    case, grund = budget.case, "Bescheid nicht bekannt gegeben"
    advance_budget(budget, "unwirksam_werden", user)
    # What an earlier budget has set going is not touched by this Bescheid.
    frueher = PersoenlichesBudget.objects.filter(case=case, state__in=_WIRKTE)
    anderes = frueher.exclude(pk=budget.pk).exists()
    if case.state in FALL.uebergang("unwirksam_werden").von and not anderes:
        case.state = FALL.ziel(case.state, "unwirksam_werden")
        case.save(update_fields=["state"])
    for regel in _LAUFZEIT:
        undo_frist(case=case, gegenstand=budget, regel=regel, tag=tag, grund=grund)
    for regel in (*regeln_bis(Anlass.BEKANNTGABE), *regeln_bis(Anlass.ENTSCHEIDUNG)):
        continue_waiting(budget, regel, (_DURCH, _ENTSCHIEDEN), user, tag, grund)
    note_bescheid(bescheid, user, tag, f"{grund}: Leistung und Bindung haben nicht begonnen")


def _return_unsent(bescheid: Bescheid, user: User | None, tag: date) -> None:
    """Offer the dispatch again where no sending is left that could have arrived."""
    if bescheid.state not in BESCHEID.uebergang("zurueckkommen").von:
        return
    gesendet = Versand.objects.filter(schreiben=bescheid.schreiben, state=Versandzustand.AUFGEGEBEN)
    if gesendet.exists():
        return
    bescheid.state = BESCHEID.ziel(bescheid.state, "zurueckkommen")
    bescheid.save(update_fields=["state"])
    note_bescheid(bescheid, user, tag, "Bescheid nicht zugegangen; er ist neu zu versenden")


def _reopen_widerspruch(bescheid: Bescheid, user: User | None, tag: date) -> None:
    """Nothing is bestandskräftig while its Widerspruchsfrist runs (§ 77 SGG)."""
    if bescheid.state != Bescheidzustand.BESTANDSKRAEFTIG or bescheid.schreiben is None:
        return
    laufend = Frist.objects.filter(
        case=bescheid.persoenliches_budget.case,
        gegenstand=gegenstand_of(bescheid.schreiben),
        regel__in=(Regel.WIDERSPRUCH, Regel.WIDERSPRUCH_OHNE_BELEHRUNG),
        state=Fristzustand.OFFEN,
        ende__gte=tag,
    )
    if laufend.exists():
        bescheid.state = BESCHEID.ziel(bescheid.state, "wieder_anfechtbar")
        bescheid.save(update_fields=["state"])
        note_bescheid(bescheid, user, tag, "Widerspruchsfrist läuft wieder (§ 77 SGG)")


@transaction.atomic
def record_bestandskraft(frist: Frist, tag: date) -> None:
    """Mark the Bescheid bestandskräftig when its Widerspruchsfrist has run out (§ 77 SGG).

    Raises nothing: a Frist of another letter, or a Bescheid that is not versandt, changes nothing.
    """
    _advance_bescheid_of(frist, "bestandskraft", tag, "Bescheid bestandskräftig")


@transaction.atomic
def correct_bestandskraft(frist: Frist, tag: date) -> None:
    """Take the Bestandskraft back that a run noted before the Widerspruchsfrist has run out.

    Raises nothing: a Bescheid that is not bestandskräftig stays as it is (§ 77 SGG).
    """
    text = "Bescheid nicht bestandskräftig; die Widerspruchsfrist läuft noch"
    _advance_bescheid_of(frist, "wieder_anfechtbar", tag, text)


def _advance_bescheid_of(frist: Frist, schritt: str, tag: date, text: str) -> None:
    """Take the step on the Bescheid whose letter set the Frist going, where it stands before it."""
    art, _, kennung = frist.gegenstand.partition(":")
    if art == "schreiben":
        advance_bescheid_of(int(kennung), schritt, tag, text)


@transaction.atomic
def advance_bescheid_of(schreiben_id: int, schritt: str, tag: date, text: str) -> None:
    """Take the step on the Bescheid with this letter, where it stands before it.

    Raises nothing: another letter, or a Bescheid in another state, changes nothing.
    """
    gefunden = (
        Bescheid.objects.select_related("persoenliches_budget")
        .filter(schreiben_id=schreiben_id)
        .first()
    )
    if gefunden is None:
        return
    bescheid = lock_bescheid(gefunden)
    if bescheid.state not in BESCHEID.uebergang(schritt).von:
        return
    bescheid.state = BESCHEID.ziel(bescheid.state, schritt)
    bescheid.save(update_fields=["state"])
    note_bescheid(bescheid, None, tag, text)
