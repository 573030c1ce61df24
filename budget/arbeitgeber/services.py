"""Steps of the proofs under the Arbeitgebermodell: asked for, taken in, asked for again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from budget.arbeitgeber import guards
from budget.arbeitgeber.queries import open_arten
from budget.arbeitgeber.schritte import ARBEITGEBERSCHRITTE, BEGINN, Arbeitgeberlage, beginn_of
from budget.models import Arbeitgebernachweis, PersoenlichesBudget
from budget.states.vereinbarung import arbeitgebernorm_of
from budget.verfahren.services import lock_budget
from cases.frist.services.frist import correct_frist, keep_frist, start_frist
from cases.guards import refuse
from cases.models import Unterlage, User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkennung import Regel


@transaction.atomic
def add_arbeitgebernachweise(
    *, budget: PersoenlichesBudget, faellig: Mapping[str, date], by: User, tag: date
) -> list[Arbeitgebernachweis]:
    """Ask for proofs (kind -> day until which it is to be shown); each gets its Frist (F33b).

    A day of rest moves the end on (§ 26 Abs. 3 SGB X). Raises SchrittUnzulaessig when the signed
    agreement knows no Arbeitgebermodell, nothing or something unknown is asked for, a proof is
    asked for twice, a day does not lie ahead, or `by` only reads.
    """
    budget = lock_budget(budget)
    BEGINN.require(beginn_of(budget, by, tag), "arbeitgeber_verlangen")
    norm = arbeitgebernorm_of(budget.beginn)
    if not faellig:
        raise SchrittUnzulaessig("Bitte nennen Sie zu mindestens einem Nachweis den Tag.", norm)
    if set(faellig) - {art.value for art in open_arten(budget)}:
        raise SchrittUnzulaessig("Einer dieser Nachweise ist schon verlangt.", norm)
    refuse(guards.vorlage_nach_verlangen(budget, faellig.values(), tag))
    rows = []
    for art, bis in faellig.items():
        row = Arbeitgebernachweis.objects.create(
            persoenliches_budget=budget,
            art=art,
            verlangt_am=tag,
            faellig_am=bis,
            bearbeitet_von=by,
        )
        frist = start_frist(
            case=budget.case,
            regel=Regel.ARBEITGEBERNACHWEIS,
            gegenstand=row,
            ausloeser=tag,
            by=by,
            laenge=f"{(bis - tag).days} Tage",
        )
        row.faellig_am = frist.ende
        row.save(update_fields=["faellig_am"])
        _record(row, by, tag, f"verlangt bis {row.faellig_am:%d.%m.%Y}")
        rows.append(row)
    return rows


@transaction.atomic
def accept_arbeitgebernachweis(
    *,
    nachweis: Arbeitgebernachweis,
    eingegangen_am: date,
    unterlage: Unterlage | None,
    by: User,
    tag: date,
) -> Arbeitgebernachweis:
    """Take in a proof; its Frist ends with the day of receipt.

    Raises SchrittUnzulaessig when it is there already, the day does not fit, the document is of
    another case, or `by` only reads.
    """
    row = _lock(nachweis)
    zustand = ARBEITGEBERSCHRITTE.require(Arbeitgeberlage(by, tag, row), "annehmen")
    refuse(guards.tag_seit_verlangen(row, eingegangen_am, tag))
    budget = row.persoenliches_budget
    if unterlage is not None and unterlage.case_id != budget.case_id:
        raise SchrittUnzulaessig("Diese Unterlage gehört nicht zu diesem Fall.")
    row.state, row.eingegangen_am, row.unterlage = zustand, eingegangen_am, unterlage
    row.bearbeitet_von = by
    row.save()
    keep_frist(
        case=budget.case,
        gegenstand=row,
        regel=Regel.ARBEITGEBERNACHWEIS,
        tag=eingegangen_am,
        durch="Nachweis eingegangen",
    )
    _record(row, by, tag, "eingegangen")
    return row


@transaction.atomic
def record_arbeitgebererinnerung(
    *, nachweis: Arbeitgebernachweis, am: date, faellig_am: date, by: User, tag: date
) -> Arbeitgebernachweis:
    """Note that somebody was reminded of a proof and until when it is owed now.

    Raises SchrittUnzulaessig when it is there already, the day of the reminder does not fit, the
    new day does not lie ahead, or `by` only reads.
    """
    row = _lock(nachweis)
    ARBEITGEBERSCHRITTE.require(Arbeitgeberlage(by, tag, row), "erinnern")
    refuse(guards.tag_seit_verlangen(row, am, tag))
    refuse(guards.vorlage_nach_verlangen(row.persoenliches_budget, [faellig_am], tag))
    frist = correct_frist(
        case=row.persoenliches_budget.case,
        regel=Regel.ARBEITGEBERNACHWEIS,
        gegenstand=row,
        ausloeser=am,
        by=by,
        tag=tag,
        grund=f"Erinnert am {am:%d.%m.%Y}",
        laenge=f"{(faellig_am - am).days} Tage",
    )
    row.erinnert_am, row.faellig_am, row.bearbeitet_von = am, frist.ende, by
    row.save()
    _record(row, by, tag, f"erinnert, jetzt bis {row.faellig_am:%d.%m.%Y}")
    return row


def _lock(nachweis: Arbeitgebernachweis) -> Arbeitgebernachweis:
    budget = lock_budget(nachweis.persoenliches_budget)
    row = lock_row(Arbeitgebernachweis.objects.all(), nachweis.pk)
    row.persoenliches_budget = budget
    return row


def _record(row: Arbeitgebernachweis, by: User, tag: date, was: str) -> None:
    record_ereignis(
        case=row.persoenliches_budget.case,
        by=by,
        tag=tag,
        art="budgetpruefung",
        text=f"Arbeitgebermodell, {row}: {was}",
        gegenstand=row,
    )
