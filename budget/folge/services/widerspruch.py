"""A Widerspruch: received, examined, taken back, carried on as a Klage (§§ 83-88 SGG)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from budget.folge.guards import widerspruch as guards
from budget.folge.queries import anfechtbare_of, frist_of
from budget.folge.schritte import WIDERSPRUCHSCHRITTE, Widerspruchslage
from budget.folge.services.bestandskraft import finish_widerspruch
from budget.folge.services.wirkung import (
    correct_untaetigkeit,
    open_again,
    settle_angegriffenes,
    start_untaetigkeit,
)
from budget.models import Widerspruch
from budget.states.widerspruch import SCHWEBEND, Verfahrensausgang, Wiedereinsetzung
from cases.fall.services.case import lock_case
from cases.frist.services.frist import keep_frist, lift_frist
from cases.guards import refuse
from cases.models import Case, Schreiben, User
from cases.models.stand import stand_of, werte_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkennung import Regel

RUECKNAHME = "Widerspruch zurückgenommen"
# What the form shows; its mark covers these.
ANGABEN = (
    "eingang_am",
    "andere_stelle",
    "form",
    "vorbringen",
    "wiedereinsetzung",
    "wiedereinsetzung_grund",
    "stellungnahme_von",
    "stellungnahme_am",
)


def lock_widerspruch(row: Widerspruch) -> Widerspruch:
    """Lock case and Widerspruch, in this order."""
    return lock_row(Widerspruch.objects.select_related("case", "schreiben", "erfasst_von"), row.pk)


def note_widerspruch(row: Widerspruch, by: User | None, tag: date, text: str) -> None:
    """Put a line about the Widerspruch into the Chronik of its case."""
    record_ereignis(case=row.case, by=by, tag=tag, art="widerspruch", text=text, gegenstand=row)


@transaction.atomic
def record_widerspruch(
    *, case: Case, schreiben: Schreiben, by: User, tag: date, angaben: Mapping[str, Any]
) -> Widerspruch:
    """Note a Widerspruch against a letter of the case that has left the house.

    From then on nothing about the decision is final, and three months run for the answer (§ 88
    Abs. 2 SGG). Raises SchrittUnzulaessig when `by` only reads, the letter is none that can be
    attacked, or the day cannot be.
    """
    if not by.rollen & SCHREIBENDE:
        raise SchrittUnzulaessig("Einen Widerspruch erfassen Fallmanagement und Leitung.")
    case = lock_case(case.pk)
    anfechtbare = anfechtbare_of(case)
    refuse(guards.anfechtbarer_bescheid(anfechtbare))
    if schreiben not in anfechtbare:
        raise SchrittUnzulaessig("Gegen dieses Schreiben gibt es keinen Widerspruch.", "§ 83 SGG")
    refuse(guards.eingang_moeglich(schreiben, angaben["eingang_am"], tag))
    row = Widerspruch(
        case=case,
        schreiben=schreiben,
        erfasst_von=by,
        frist_bis=frist_of(schreiben),
        **{name: angaben[name] for name in ANGABEN if name in angaben},
    )
    _check_wiedereinsetzung(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise SchrittUnzulaessig("Ein Widerspruch mit diesem Eingang ist schon erfasst.") from error
    start_untaetigkeit(row, by)
    note_widerspruch(row, by, tag, f"Widerspruch gegen {schreiben.nummer}: {_judged(row)}")
    settle_angegriffenes(row, by, tag)
    return row


def _judged(row: Widerspruch) -> str:
    """Return in words whether it came in time."""
    am = f"eingegangen am {row.eingang_am:%d.%m.%Y}"
    if row.frist_bis is None:
        return f"{am}, die Frist hatte noch nicht begonnen"
    wann = "nach Ablauf der Frist" if row.verspaetet else "rechtzeitig, Frist"
    return f"{am}, {wann} bis {row.frist_bis:%d.%m.%Y}"


def _check_wiedereinsetzung(row: Widerspruch) -> None:
    refuse(guards.wiedereinsetzung_noetig(row, row.wiedereinsetzung))
    entschieden = row.wiedereinsetzung in {Wiedereinsetzung.GEWAEHRT, Wiedereinsetzung.ABGELEHNT}
    if entschieden and not row.wiedereinsetzung_grund.strip():
        raise SchrittUnzulaessig("Bitte begründen Sie die Wiedereinsetzung.", "§ 67 SGG")


@transaction.atomic
def update_widerspruch(
    *, row: Widerspruch, by: User, tag: date, angaben: Mapping[str, Any], gesehen: str = ""
) -> Widerspruch:
    """Change what is known about an open Widerspruch; its Frist is looked up anew.

    Raises SchrittUnzulaessig when it is decided, `by` only reads, or somebody has changed it since.
    """
    row = lock_widerspruch(row)
    WIDERSPRUCHSCHRITTE.require(Widerspruchslage(by, tag, row), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of(row, ANGABEN)),
        zuletzt=row.erfasst_von.get_full_name(),
    )
    refuse(guards.eingang_moeglich(row.schreiben, angaben["eingang_am"], tag))
    eingang = row.eingang_am
    for name in ANGABEN:
        if name in angaben:
            setattr(row, name, angaben[name])
    row.frist_bis = frist_of(row.schreiben)
    _check_wiedereinsetzung(row)
    row.erfasst_von = by
    row.save()
    if row.eingang_am != eingang:
        correct_untaetigkeit(row, by, tag)
    note_widerspruch(row, by, tag, f"Angaben zum Widerspruch geändert: {_judged(row)}")
    if row.zulaessig:
        settle_angegriffenes(row, by, tag)
    else:
        finish_widerspruch(row, by, tag)
    return row


@transaction.atomic
def review_widersprueche(schreiben: Schreiben, by: User | None, tag: date) -> None:
    """Judge the Widersprüche against a letter by the Frist that runs now: hook of its settling.

    Receipt, Belehrung and holidays may move it. What was late can be in time then, and the other
    way round; effect and Bestandskraft follow. Raises nothing: where no day moves nothing changes.
    """
    bis = frist_of(schreiben)
    for pk in Widerspruch.objects.filter(schreiben=schreiben).values_list("pk", flat=True):
        row = lock_widerspruch(Widerspruch(pk=pk, case=schreiben.case))
        if row.frist_bis == bis:
            continue
        row.frist_bis = bis
        row.save(update_fields=["frist_bis"])
        note_widerspruch(row, by, tag, f"Frist des Widerspruchs neu bestimmt: {_judged(row)}")
        if row.state in SCHWEBEND and row.zulaessig:
            settle_angegriffenes(row, by, tag)
        else:
            finish_widerspruch(row, by, tag)
    if bis is not None and bis >= tag:
        open_again(schreiben, tag)


@transaction.atomic
def withdraw_widerspruch(*, row: Widerspruch, am: date, by: User, tag: date) -> Widerspruch:
    """Note that the person has taken the Widerspruch back; nobody has to answer it any more.

    Raises SchrittUnzulaessig when it is decided or a decision about it is being written.
    """
    row = lock_widerspruch(row)
    neu = WIDERSPRUCHSCHRITTE.require(Widerspruchslage(by, tag, row), "zuruecknehmen")
    if not row.eingang_am <= am <= tag:
        raise SchrittUnzulaessig("Die Rücknahme liegt zwischen dem Eingang und heute.")
    row.state, row.erledigt_am, row.ausgang = neu, am, Verfahrensausgang.OHNE_ERFOLG
    row.save(update_fields=["state", "erledigt_am", "ausgang"])
    lift_frist(case=row.case, gegenstand=row, tag=tag, grund=RUECKNAHME)
    note_widerspruch(row, by, tag, f"Widerspruch zurückgenommen am {am:%d.%m.%Y}")
    finish_widerspruch(row, by, tag)
    return row


@transaction.atomic
def record_klage(*, row: Widerspruch, am: date, gericht: str, by: User, tag: date) -> Widerspruch:
    """Note a Klage after the Widerspruchsbescheid (§ 87 SGG).

    Raises SchrittUnzulaessig when there is no Widerspruchsbescheid or the day cannot be.
    """
    row = lock_widerspruch(row)
    neu = WIDERSPRUCHSCHRITTE.require(Widerspruchslage(by, tag, row), "klage_vermerken")
    refuse(guards.klage_nach_bescheid(row, am, tag))
    row.state, row.klage_am, row.gericht = neu, am, gericht
    row.save(update_fields=["state", "klage_am", "gericht"])
    keep_frist(case=row.case, gegenstand=row, regel=Regel.KLAGE, tag=am, durch="Klage erhoben")
    note_widerspruch(row, by, tag, f"Klage vom {am:%d.%m.%Y}: {gericht}")
    settle_angegriffenes(row, by, tag)
    return row


@transaction.atomic
def finish_klage(*, row: Widerspruch, am: date, ausgang: str, by: User, tag: date) -> Widerspruch:
    """Note how a Klage ended, as the person sees it (§ 41 Abs. 1 S. 1 Nr. 15 SGB IX).

    Raises SchrittUnzulaessig when there is no Klage, the day lies ahead or the result is missing.
    """
    row = lock_widerspruch(row)
    neu = WIDERSPRUCHSCHRITTE.require(Widerspruchslage(by, tag, row), "abschliessen")
    if am > tag or (row.klage_am is not None and am < row.klage_am):
        raise SchrittUnzulaessig("Das Ende liegt zwischen dem Tag der Klage und heute.")
    if not ausgang:
        raise SchrittUnzulaessig("Bitte wählen Sie, wie die Klage ausging.")
    row.state, row.erledigt_am, row.ausgang = neu, am, ausgang
    row.save(update_fields=["state", "erledigt_am", "ausgang"])
    note_widerspruch(row, by, tag, f"Klage beendet: {row.get_ausgang_display()}")
    finish_widerspruch(row, by, tag)
    return row
