"""What was noted about a Widerspruch by mistake is put right; nothing is erased."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from budget.folge.schritte import WIDERSPRUCHSCHRITTE, Widerspruchslage
from budget.folge.services.bestandskraft import finish_widerspruch
from budget.folge.services.widerspruch import RUECKNAHME, lock_widerspruch, note_widerspruch
from budget.folge.services.wirkung import settle_angegriffenes
from budget.models import Widerspruch
from cases.frist.services.frist import lift_frist, run_again
from cases.models import User
from cases.states.tafel import SchrittUnzulaessig


@transaction.atomic
def undo_ruecknahme(*, row: Widerspruch, grund: str, by: User, tag: date) -> Widerspruch:
    """Let a Widerspruch be open again whose Rücknahme was noted by mistake.

    Its effect, the Frist to answer it and what hangs on them come back. Raises SchrittUnzulaessig
    without a reason, when it was not taken back, or `by` only reads.
    """
    row = _begin(row, "ruecknahme_berichtigen", grund, by, tag)
    row.erledigt_am, row.ausgang = None, ""
    row.save(update_fields=["state", "erledigt_am", "ausgang"])
    run_again(case=row.case, gegenstand=row, grund=RUECKNAHME)
    note_widerspruch(row, by, tag, f"Rücknahme war irrtümlich vermerkt: {grund.strip()}")
    settle_angegriffenes(row, by, tag)
    return row


@transaction.atomic
def cancel_widerspruch(*, row: Widerspruch, grund: str, by: User, tag: date) -> Widerspruch:
    """Strike a Widerspruch that nobody has lodged against this letter; it counts nowhere.

    The right one may be noted with the same day. Raises SchrittUnzulaessig without a reason, when
    it is decided or a decision about it is being written, or `by` only reads.
    """
    row = _begin(row, "streichen", grund, by, tag)
    row.irrtum_grund, row.erledigt_am, row.ausgang = grund.strip(), tag, ""
    row.save(update_fields=["state", "irrtum_grund", "erledigt_am", "ausgang"])
    lift_frist(case=row.case, gegenstand=row, tag=tag, grund="Widerspruch irrtümlich erfasst")
    note_widerspruch(row, by, tag, f"Widerspruch irrtümlich erfasst: {row.irrtum_grund}")
    finish_widerspruch(row, by, tag)
    return row


def _begin(row: Widerspruch, schritt: str, grund: str, by: User, tag: date) -> Widerspruch:
    row = lock_widerspruch(row)
    row.state = WIDERSPRUCHSCHRITTE.require(Widerspruchslage(by, tag, row), schritt)
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, wie es zu dem Irrtum kam.")
    return row
