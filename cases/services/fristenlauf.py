"""The daily sweep: every open Frist gets the stage of the day, run-out ones are closed.

The row is the queue: each UPDATE names the stages it leaves, so running twice, two clocks at once
and days without a run all lead to the same rows.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from cases.models import Frist
from cases.registry import registry
from cases.services.ereignis import record_ereignis
from cases.states import Friststufe, Fristwirkung, Fristzustand

logger = logging.getLogger("fallwerk.fristenlauf")

_STAPEL = 200
_VOR_FAELLIG = (Friststufe.GEPLANT, Friststufe.BEVORSTEHEND)
_VOR_UEBERFAELLIG = (*_VOR_FAELLIG, Friststufe.FAELLIG)
_VOR_ESKALIERT = (*_VOR_UEBERFAELLIG, Friststufe.UEBERFAELLIG)


@dataclass(frozen=True)
class Laufergebnis:
    """How many Fristen the sweep moved, by the stage or state they came to."""

    bevorstehend: int = 0
    faellig: int = 0
    ueberfaellig: int = 0
    eskaliert: int = 0
    abgelaufen: int = 0
    gescheitert: int = 0


def sweep(*, at: date) -> Laufergebnis:
    """Bring all open Fristen to where they stand on `at`; never backwards.

    A Frist of the authority becomes upcoming on its Wiedervorlage, due on its last day, overdue
    the day after and escalated on its day of escalation. A Frist that merely runs out is closed
    the day after its end. Memory does not grow with the number of rows.
    """
    eskaliert, ueberfaellig, faellig, bevorstehend = _move_stages(at)
    abgelaufen, gescheitert = _expire(at)
    return Laufergebnis(bevorstehend, faellig, ueberfaellig, eskaliert, abgelaufen, gescheitert)


@transaction.atomic
def _move_stages(at: date) -> tuple[int, int, int, int]:
    offen = Frist.objects.filter(state=Fristzustand.OFFEN)
    handlung = offen.filter(wirkung=Fristwirkung.HANDLUNG)
    return (
        _raise(handlung.filter(eskalation__lte=at), _VOR_ESKALIERT, Friststufe.ESKALIERT),
        _raise(handlung.filter(ende__lt=at), _VOR_UEBERFAELLIG, Friststufe.UEBERFAELLIG),
        _raise(offen.filter(ende=at), _VOR_FAELLIG, Friststufe.FAELLIG),
        _raise(
            offen.filter(wiedervorlage__lte=at, ende__gt=at),
            (Friststufe.GEPLANT,),
            Friststufe.BEVORSTEHEND,
        ),
    )


def _raise(rows: QuerySet[Frist], von: tuple[Friststufe, ...], nach: Friststufe) -> int:
    return rows.filter(stufe__in=von).update(stufe=nach)


def _expire(at: date) -> tuple[int, int]:
    abgelaufen = gescheitert = last = 0
    while True:
        with transaction.atomic():
            batch = list(
                Frist.objects.filter(
                    pk__gt=last,
                    state=Fristzustand.OFFEN,
                    wirkung=Fristwirkung.ABLAUF,
                    ende__lt=at,
                )
                .select_for_update(skip_locked=True, of=("self",))
                .select_related("case")
                .order_by("pk")[:_STAPEL]
            )
            for frist in batch:
                if _expire_one(frist, at):
                    abgelaufen += 1
                else:
                    gescheitert += 1
        if not batch:
            return abgelaufen, gescheitert
        last = batch[-1].pk


def _expire_one(frist: Frist, at: date) -> bool:
    """Close one Frist and tell who waits for it; a failure leaves this row open, not the others."""
    try:
        with transaction.atomic():
            frist.state = Fristzustand.ABGELAUFEN
            frist.erledigt_am = frist.ende
            frist.erledigt_durch = "durch Zeitablauf"
            frist.save(update_fields=["state", "erledigt_am", "erledigt_durch"])
            record_ereignis(
                case=frist.case,
                by=None,
                at=at,
                art="frist",
                text=f"{frist.bezeichnung}: Frist am {frist.ende:%d.%m.%Y} abgelaufen",
                gegenstand=frist,
            )
            nach_ablauf = registry.nach_fristablauf.get(frist.regel)
            if nach_ablauf is not None:
                nach_ablauf(frist, at)
    except Exception:  # the next sweep tries this row again
        logger.exception("Ablauf einer Frist gescheitert", extra={"case_id": frist.case_id})
        return False
    return True
