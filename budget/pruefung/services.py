"""Steps of the yearly review: compute, confirm or decide, and what the Bekanntgabe does to it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from budget.bescheid.schreiben.abzug import rests_on_income
from budget.folge.services import wirkung
from budget.folge.services.bescheid import draft_folgebescheid, update_folgebescheid
from budget.models import Beitragspruefung, Folgebescheid, PersoenlichesBudget
from budget.models.pruefung import FAKTEN, written
from budget.pruefung import guards
from budget.pruefung.queries import compare, list_bekannte, next_frist
from budget.pruefung.schreiben import gruende_of, sachverhalt_of
from budget.pruefung.schritte import BEGINN, PRUEFSCHRITTE, Prueflage, beginn_of
from budget.states import Budgetzustand
from budget.states.anhoerung import Anhoerungsverzicht
from budget.states.folge import Folgeart
from budget.verfahren.services import lock_budget
from cases.frist.services.frist import keep_frist, start_frist, undo_frist
from cases.guards import refuse
from cases.models import Schreiben, User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from recht.fristkennung import Regel

logger = logging.getLogger("fallwerk.pruefung")
ANGABEN = ("ab", "nachweis", "nachweis_vom", *FAKTEN)
_LAEUFT = (Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT)
_VERZICHT = (
    "Die Auszahlung hängt von Ihrem Einkommen ab und wird nur den geänderten Verhältnissen "
    "angepasst."
)


def lock_pruefung(row: Beitragspruefung) -> Beitragspruefung:
    """Lock case, budget and review, in this order."""
    budget = lock_budget(row.persoenliches_budget)
    locked = lock_row(Beitragspruefung.objects.select_related("folgebescheid"), row.pk)
    locked.persoenliches_budget = budget
    return locked


def _note(row: Beitragspruefung, by: User | None, tag: date, text: str) -> None:
    record_ereignis(
        case=row.persoenliches_budget.case,
        by=by,
        tag=tag,
        art="beitragspruefung",
        text=f"Beitrag und Vermögen ab {row.ab:%d.%m.%Y}: {text}",
        gegenstand=row,
    )


@transaction.atomic
def record_pruefung(
    *, budget: PersoenlichesBudget, by: User, tag: date, angaben: Mapping[str, Any]
) -> Beitragspruefung:
    """Compute anew what the person contributes, from her evidence; nothing is decided by it.

    Raises SchrittUnzulaessig when the budget does not run, another review is open, the month lies
    outside the grant or under another law, or `by` only reads.
    """
    budget = lock_budget(budget)
    BEGINN.require(beginn_of(budget, by, tag), "pruefen")
    row = Beitragspruefung(persoenliches_budget=budget, geprueft_von=by)
    _compute(row, angaben, by, tag)
    row.save()
    _note(row, by, tag, f"geprüft nach {row.nachweis} vom {row.nachweis_vom:%d.%m.%Y}")
    return row


@transaction.atomic
def update_pruefung(
    *, row: Beitragspruefung, by: User, tag: date, angaben: Mapping[str, Any], gesehen: str = ""
) -> Beitragspruefung:
    """Change evidence or facts; the draft of the Bescheid follows where nobody has rewritten it.

    Raises SchrittUnzulaessig when it is settled, its Bescheid is no draft any more, somebody has
    changed it since, or `by` only reads.
    """
    row = lock_pruefung(row)
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "bearbeiten")
    refuse_stale(row, gesehen=gesehen, jetzt=stand_of(shown_of(row)))
    bescheid, zuvor = row.folgebescheid, (sachverhalt_of(row), gruende_of(row))
    _compute(row, angaben, by, tag)
    row.save()
    if bescheid is not None:
        neu: dict[str, Any] = {"wirkt_ab": row.ab}
        if bescheid.sachverhalt == zuvor[0]:
            neu["sachverhalt"] = sachverhalt_of(row)
        if bescheid.gruende == zuvor[1]:
            neu["gruende"] = gruende_of(row)
        _tell_direction(update_folgebescheid(row=bescheid, by=by, tag=tag, angaben=neu), row)
    _note(row, by, tag, "Angaben geändert")
    return row


def shown_of(row: Beitragspruefung) -> dict[str, Any]:
    """Return what the form shows of a review; its mark covers these."""
    fakten = row.fakten
    return {
        "ab": row.ab,
        "nachweis": row.nachweis,
        "nachweis_vom": row.nachweis_vom,
        **{name: getattr(fakten, name) for name in FAKTEN},
    }


def _compute(row: Beitragspruefung, angaben: Mapping[str, Any], by: User, tag: date) -> None:
    budget, ab = row.persoenliches_budget, angaben["ab"]
    refuse(guards.im_zeitraum(budget, ab))
    refuse(guards.recht_des_budgets(budget, ab))
    row.ab, row.nachweis, row.nachweis_vom = ab, angaben["nachweis"], angaben["nachweis_vom"]
    row.angaben = written(angaben)
    vergleich = compare(budget, row.angaben, ab)
    row.bisher, row.abzug = vergleich.bisher, vergleich.neu.betrag
    row.vermoegensverbrauch = vergleich.neu.zeilen
    row.geaendert, row.belastet = vergleich.geaendert, vergleich.belastet
    row.geprueft_am, row.geprueft_von = tag, by


@transaction.atomic
def confirm_pruefung(*, row: Beitragspruefung, by: User, tag: date) -> Beitragspruefung:
    """Settle a review that changes nothing: the yearly Frist is met and begins anew.

    Raises SchrittUnzulaessig when it finds another sum, is settled already, or `by` only reads.
    """
    row = lock_pruefung(row)
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "beibehalten")
    _settle(row, by, tag, "Prüfung: bleibt unverändert")
    _note(row, by, tag, "bleibt unverändert")
    return row


@transaction.atomic
def decide_pruefung(*, row: Beitragspruefung, by: User, tag: date) -> Folgebescheid:
    """Draft the Bescheid over the new sum, with facts, grounds and first day of the review.

    A change in favour of the person counts from its first day, one against her after the
    Bekanntgabe only (§ 48 Abs. 1 SGB X). Raises SchrittUnzulaessig when nothing changes, a
    Bescheid is there already, or `by` only reads.
    """
    row = lock_pruefung(row)
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "entscheiden")
    budget, nr5 = row.persoenliches_budget, Anhoerungsverzicht.NR5
    # The law spares the Anhörung where the benefit depends on income; it does not name assets.
    anders = compare(budget, row.angaben, row.ab).vermoegen_anders
    nur_einkommen = row.belastet and not anders
    row.folgebescheid = draft_folgebescheid(
        case=budget.case,
        art=Folgeart.BEITRAG,
        gegenstand=budget,
        by=by,
        tag=tag,
        angaben={
            "wirkt_ab": row.ab,
            "sachverhalt": sachverhalt_of(row),
            "gruende": gruende_of(row),
            # Where nothing is taken from her nobody has to be heard (§ 24 Abs. 1 SGB X).
            **({"anhoerung_verzicht": nr5, "verzicht_grund": _VERZICHT} if nur_einkommen else {}),
        },
    )
    row.save(update_fields=["folgebescheid"])
    _tell_direction(row.folgebescheid, row)
    return row.folgebescheid


def _tell_direction(bescheid: Folgebescheid, row: Beitragspruefung) -> None:
    """Let the decision say whether it takes something away: only then a Widerspruch suspends it."""
    bescheid.nachteilig = row.belastet
    bescheid.save(update_fields=["nachteilig"])


@transaction.atomic
def discard_pruefung(*, row: Beitragspruefung, by: User, tag: date) -> None:
    """Throw a review away of which nobody outside knows.

    Raises SchrittUnzulaessig when it is settled, a Bescheid rests on it, or `by` only reads.
    """
    row = lock_pruefung(row)
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "verwerfen")
    _note(row, by, tag, "Prüfung verworfen")
    row.delete()


def record_bekanntgabe(schreiben: Schreiben, am: date | None, user: User | None, tag: date) -> None:
    """Bring decision and review in line with the day of the Bekanntgabe; None: it is not known.

    The hook of every further decision. Raises nothing: another letter changes nothing.
    """
    wirkung.record_bekanntgabe(schreiben, am, user, tag)
    row = Beitragspruefung.objects.filter(folgebescheid__schreiben=schreiben).first()
    if row is None:
        return
    with transaction.atomic():
        row = lock_pruefung(row)
        bekannt = row.folgebescheid is not None and row.folgebescheid.wirksam_am is not None
        if bekannt and row.erledigt_am is None:
            _settle(row, user, tag, "Bescheid bekannt gegeben")
        elif not bekannt and row.erledigt_am is not None:
            _unsettle(row, user, tag)


def begin_wirkungen(*, tag: date) -> None:
    """Let decisions take effect whose day has come, and settle the reviews they rest on.

    Part of the daily run: doing it again changes nothing. Raises nothing: a failure leaves only
    its own row.
    """
    wirkung.begin_wirkungen(tag=tag)
    for row in list_bekannte(tag):
        try:
            with transaction.atomic():
                _settle(lock_pruefung(row), None, tag, "Bescheid bekannt gegeben")
        except Exception:  # the next run tries this one again
            extra = {"case_id": row.persoenliches_budget.case_id}
            logger.exception("Prüfung des Beitrags wurde nicht erledigt", extra=extra)


def _settle(row: Beitragspruefung, by: User | None, tag: date, durch: str) -> None:
    """Meet the yearly Frist, and let the next turn of the year be seen while income counts."""
    if row.erledigt_am is not None:
        return
    budget = row.persoenliches_budget
    row.erledigt_am = tag
    row.save(update_fields=["erledigt_am"])
    frist = next_frist(budget)
    if frist is not None and frist.ende.year > row.ab.year:
        return  # a review within the year leaves the next turn of the year as it is
    if frist is not None:
        keep_frist(
            case=budget.case,
            gegenstand=frist.gegenstand,
            regel=Regel.NEUE_WERTE,
            tag=row.geprueft_am,
            durch=durch,
        )
    if budget.state in _LAEUFT and rests_on_income(row.fakten):
        start_frist(
            case=budget.case,
            regel=Regel.NEUE_WERTE,
            gegenstand=row,
            ausloeser=max(row.geprueft_am, row.ab),
            by=by,
            rechtsstand=budget.rechtsstand,
        )


def _unsettle(row: Beitragspruefung, by: User | None, tag: date) -> None:
    """Open a review again whose Bescheid was not made known after all; its year is due again."""
    budget, grund = row.persoenliches_budget, "Bescheid nicht bekannt gegeben"
    row.erledigt_am = None
    row.save(update_fields=["erledigt_am"])
    undo_frist(case=budget.case, gegenstand=row, regel=Regel.NEUE_WERTE, tag=tag, grund=grund)
    if next_frist(budget) is None and rests_on_income(row.fakten):
        start_frist(
            case=budget.case,
            regel=Regel.NEUE_WERTE,
            gegenstand=row,
            ausloeser=date(row.ab.year - 1, 1, 1),
            by=by,
            rechtsstand=budget.rechtsstand,
        )
