"""Assign further people to one case: Fachdienst, further Fallmanagement, Vertretung."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from cases.fall.guards.uebergabe import zuweisung_gibt_sich_niemand_selbst
from cases.fall.queries.uebergabe import leads_case
from cases.fall.services.case import lock_case
from cases.guards import refuse
from cases.models import Case, Meldungsanlass, User, Zuweisung, Zuweisungsart
from cases.services.auftrag import tag_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.zugangsmeldung import tell
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig

_NORM = "§ 35 Abs. 1 S. 2 SGB I"
_ROLLE: dict[str, Rolle] = {
    Zuweisungsart.FACHDIENST: Rolle.FACHDIENST,
    Zuweisungsart.WEITERE: Rolle.FALLMANAGEMENT,
    Zuweisungsart.VERTRETUNG: Rolle.FALLMANAGEMENT,
}


@transaction.atomic
def create_zuweisung(
    *,
    case: Case,
    user: User,
    art: str,
    von: date,
    bis: date | None,
    grund: str,
    by: User,
    zeitpunkt: datetime,
) -> Zuweisung:
    """Open one case to one more person from a day on; the Leitung or the responsible person may.

    A protected case is opened by the Leitung only. Both the responsible and the assigned person
    are told.

    Raises SchrittUnzulaessig without the right, for oneself, in an ended case, for somebody without
    the role or already responsible, and for days that are past, swapped or missing (§ 67 Abs. 3
    SGB X).
    """
    case, tag = lock_case(case.pk), tag_of(zeitpunkt)
    _require(case, by, tag)
    refuse(zuweisung_gibt_sich_niemand_selbst(user, by))
    if case.state == Fallzustand.BEENDET:
        raise SchrittUnzulaessig("Der Fall ist beendet. Zugewiesen wird nur in laufenden Fällen.")
    rolle = _ROLLE[art]
    if not user.is_active or not user.has_rolle(rolle):
        raise SchrittUnzulaessig(
            f"{user.get_full_name()} hat nicht die Rolle {rolle.label}.", _NORM
        )
    if user.pk == case.caseworker_id:
        raise SchrittUnzulaessig(f"{user.get_full_name()} ist schon für den Fall zuständig.")
    if von < tag:
        raise SchrittUnzulaessig(f"Der {von:%d.%m.%Y} ist vergangen; beginnen Sie mit heute.")
    if bis is not None and bis < von:
        raise SchrittUnzulaessig("Der letzte Tag liegt vor dem ersten.")
    if bis is None and art == Zuweisungsart.VERTRETUNG:
        raise SchrittUnzulaessig("Eine Vertretung hat einen letzten Tag.", "§ 67 Abs. 3 SGB X")
    zuweisung = Zuweisung.objects.create(
        case=case,
        user=user,
        rolle=rolle,
        art=art,
        von=von,
        bis=bis,
        grund=grund,
        zugewiesen_von=by,
    )
    ende = f" bis {bis:%d.%m.%Y}" if bis else ""
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="zuweisung",
        text=f"{Zuweisungsart(art).label}: {user.get_full_name()} ab {von:%d.%m.%Y}{ende}. {grund}",
        gegenstand=zuweisung,
    )
    tell(
        users=[person for person in (user, case.caseworker) if person.pk != by.pk],
        anlass=Meldungsanlass.ZUGRIFF,
        text=f"{by.get_full_name()} hat {user.get_full_name()} ab {von:%d.%m.%Y} den Zugriff auf "
        f"einen Fall von {case.caseworker.get_full_name()} gegeben.",
        zeitpunkt=zeitpunkt,
    )
    return zuweisung


@transaction.atomic
def end_zuweisung(*, zuweisung: Zuweisung, by: User, tag: date) -> None:
    """Close a case again to an assigned person, from today on.

    Raises SchrittUnzulaessig without the right or when it is over.
    """
    case = lock_case(zuweisung.case_id)
    _require(case, by, tag)
    row = lock_row(Zuweisung.objects.select_related("user"), zuweisung.pk)
    if row.bis is not None and row.bis < tag:
        raise SchrittUnzulaessig("Diese Zuweisung ist schon zu Ende.")
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="zuweisung",
        text=f"Zuweisung beendet: {row.user.get_full_name()} ({row.get_art_display()})",
    )
    if row.von >= tag:
        # It has opened nothing before today; the change history keeps the row.
        row.delete()
        return
    row.bis = tag - timedelta(days=1)
    row.save(update_fields=["bis"])


def _require(case: Case, by: User, tag: date) -> None:
    if by.has_rolle(Rolle.LEITUNG) and leads_case(by, case, tag):
        return
    if case.geschuetzt:
        raise SchrittUnzulaessig("Einen geschützten Fall öffnet nur die Leitung.", _NORM)
    if by.pk != case.caseworker_id:
        raise SchrittUnzulaessig(
            "Zuweisen darf die zuständige Person oder die Sachgebietsleitung.", _NORM
        )
