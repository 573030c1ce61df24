"""Notes: written, corrected within a day by their author, later only amended."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from cases import access
from cases.fall.guards.vermerk import vermerk_noch_zu_berichtigen
from cases.fall.services.case import lock_case
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.guards import refuse
from cases.models import Case, Nachtrag, User, Vermerk, Vermerkart
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig


@dataclass(frozen=True)
class Vermerkangaben:
    """What a note says."""

    art: str
    am: date
    text: str
    uhrzeit: time | None = None
    beteiligte: str = ""


def _require_write(by: User) -> None:
    if not access.may_note(by):
        raise SchrittUnzulaessig("Vermerke schreibt, wer am Fall arbeitet.")


def _check(angaben: Vermerkangaben, zeitpunkt: datetime) -> None:
    if not angaben.text.strip():
        raise SchrittUnzulaessig("Der Vermerk ist leer.")
    if angaben.am > timezone.localtime(zeitpunkt).date():
        raise SchrittUnzulaessig(f"Der {angaben.am:%d.%m.%Y} liegt in der Zukunft.")


@transaction.atomic
def record_vermerk(
    *,
    case: Case,
    angaben: Vermerkangaben,
    by: User,
    zeitpunkt: datetime,
    wiedervorlage_am: date | None = None,
    wiedervorlage_anlass: str = "",
) -> Vermerk:
    """Write a note and, if wanted, set a Wiedervorlage for its author.

    The Chronik says that there is a note and of what kind; its words stay in the encrypted row.

    Raises SchrittUnzulaessig when `by` only reads, the text is empty or the day lies ahead.
    """
    _require_write(by)
    _check(angaben, zeitpunkt)
    case = lock_case(case.pk)
    vermerk = Vermerk.objects.create(
        case=case,
        art=angaben.art,
        am=angaben.am,
        uhrzeit=angaben.uhrzeit,
        beteiligte=angaben.beteiligte,
        text=angaben.text,
        verfasst_von=by,
        erstellt=zeitpunkt,
    )
    record_ereignis(
        case=case, by=by, tag=angaben.am, art="vermerk", text=_titel(angaben), gegenstand=vermerk
    )
    if wiedervorlage_am is not None:
        anlass = wiedervorlage_anlass.strip() or f"Nach {_titel(angaben)}"
        create_wiedervorlage(
            case=case,
            user=by,
            am=wiedervorlage_am,
            anlass=anlass[:200],
            by=by,
            tag=timezone.localtime(zeitpunkt).date(),
        )
    return vermerk


def _titel(angaben: Vermerkangaben) -> str:
    uhr = f", {angaben.uhrzeit:%H:%M} Uhr" if angaben.uhrzeit else ""
    return f"{Vermerkart(angaben.art).label} am {angaben.am:%d.%m.%Y}{uhr}"


@transaction.atomic
def correct_vermerk(
    *,
    vermerk: Vermerk,
    angaben: Vermerkangaben,
    by: User,
    zeitpunkt: datetime,
    gesehen: str = "",
) -> Vermerk:
    """Correct a note within 24 hours; the earlier wording stays in the change history.

    `gesehen` is the mark of the note as the form showed it.

    Raises SchrittUnzulaessig for anybody but the author, and after 24 hours.
    """
    _require_write(by)
    _check(angaben, zeitpunkt)
    row = lock_row(Vermerk.objects.select_related("case"), vermerk.pk)
    refuse(vermerk_noch_zu_berichtigen(row, by, zeitpunkt))
    refuse_stale(row, gesehen=gesehen, jetzt=stand_of(row, asdict(angaben)))
    row.art, row.am, row.uhrzeit = angaben.art, angaben.am, angaben.uhrzeit
    row.beteiligte, row.text = angaben.beteiligte, angaben.text
    row.save(update_fields=["art", "am", "uhrzeit", "beteiligte", "text"])
    record_ereignis(
        case=row.case,
        by=by,
        tag=timezone.localtime(zeitpunkt).date(),
        art="vermerk",
        text=f"Vermerk berichtigt: {_titel(angaben)}",
        gegenstand=row,
    )
    return row


@transaction.atomic
def amend_vermerk(*, vermerk: Vermerk, text: str, by: User, zeitpunkt: datetime) -> Nachtrag:
    """Add to a note; whoever works on the case may, and it stays apart from the first wording.

    Raises SchrittUnzulaessig when `by` only reads or the text is empty.
    """
    _require_write(by)
    if not text.strip():
        raise SchrittUnzulaessig("Der Nachtrag ist leer.")
    lock_case(vermerk.case_id)
    nachtrag = Nachtrag.objects.create(
        vermerk=vermerk, text=text, verfasst_von=by, erstellt=zeitpunkt
    )
    record_ereignis(
        case=vermerk.case,
        by=by,
        tag=timezone.localtime(zeitpunkt).date(),
        art="vermerk",
        text=f"Nachtrag zu: {vermerk}",
        gegenstand=vermerk,
    )
    return nachtrag


def may_correct(vermerk: Vermerk, by: User, zeitpunkt: datetime) -> bool:
    """Tell whether the note can still be corrected by this user."""
    return access.may_note(by) and vermerk_noch_zu_berichtigen(vermerk, by, zeitpunkt) is None


def correctable_until(vermerk: Vermerk) -> datetime:
    """Return the last moment at which the author may correct the note."""
    return vermerk.erstellt + timedelta(hours=24)
