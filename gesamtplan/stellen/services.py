"""What was said without a letter is put on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cases import access
from cases.fall.services.case import lock_case
from cases.guards import refuse
from cases.models import Case, Einwilligung, User
from cases.services.ereignis import record_ereignis
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Uebermittlung
from gesamtplan.stellen import guards


@dataclass(frozen=True)
class Uebermittlungsangaben:
    """Who was told what or has told what, on which day, how, and on which ground."""

    am: date
    richtung: str
    weg: str
    stelle: str
    inhalt: str
    grund: str
    einwilligung: Einwilligung | None = None


@transaction.atomic
def record_uebermittlung(
    *, case: Case, angaben: Uebermittlungsangaben, by: User, tag: date
) -> Uebermittlung:
    """Put on record what was said to another body or by it; it is never changed afterwards.

    Raises SchrittUnzulaessig when `by` only reads, for a day ahead, without body or content, on a
    ground of the other direction, and on a consent that does not hold on the day.
    """
    if not access.may_write(by):
        raise SchrittUnzulaessig("Mitteilungen vermerkt, wer Fälle bearbeitet.")
    case = lock_case(case.pk)
    if not angaben.stelle.strip() or not angaben.inhalt.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie die Stelle und was mitgeteilt wurde.")
    refuse(guards.gespraech_liegt_zurueck(angaben.am, tag))
    refuse(guards.grundlage_passt(angaben.richtung, angaben.grund))
    refuse(guards.einwilligung_traegt(case, angaben.grund, angaben.einwilligung, angaben.am))
    row = Uebermittlung.objects.create(
        case=case,
        am=angaben.am,
        richtung=angaben.richtung,
        weg=angaben.weg,
        stelle=angaben.stelle.strip(),
        inhalt=angaben.inhalt.strip(),
        grund=angaben.grund,
        einwilligung=angaben.einwilligung,
        vermerkt_von=by,
    )
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="gesamtplan",
        text=f"Mündliche Mitteilung {row.richtung} {row.stelle} vom {row.am:%d.%m.%Y}",
        gegenstand=row,
    )
    return row
