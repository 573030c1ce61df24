"""The daily sweep: every open Frist gets the stage of the day, run-out ones are closed.

The row is the queue: each UPDATE names the stages it leaves, so running twice, two clocks at once
and days without a run all lead to the same rows.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases.frist.services.fristberichtigung import DURCH_ABLAUF
from cases.models import Ereignis, Frist, Fristpause
from cases.registry.beitrag import registry
from cases.services.ereignis import gegenstand_of, record_ereignis
from cases.services.sperre import lock_cases
from cases.states.frist import (
    VOR_ESKALIERT,
    VOR_FAELLIG,
    VOR_UEBERFAELLIG,
    Friststufe,
    Fristwirkung,
    Fristzustand,
)

logger = logging.getLogger("fallwerk.fristenlauf")

# Rows per transaction: one by one where somebody waits for the end, together otherwise.
_STAPEL = 200
_STAPEL_STILL = 2000


@dataclass(frozen=True)
class Laufergebnis:
    """How many Fristen the sweep moved, by the stage or state they came to."""

    bevorstehend: int = 0
    faellig: int = 0
    ueberfaellig: int = 0
    eskaliert: int = 0
    abgelaufen: int = 0
    gescheitert: int = 0
    fortgesetzt: int = 0


def sweep(*, tag: date) -> Laufergebnis:
    """Bring all open Fristen to where they stand on `tag`; never backwards.

    A Frist of the authority becomes upcoming on its Wiedervorlage, due on its last day, overdue
    the day after and escalated on its day of escalation. A Frist that merely runs out is closed
    the day after its end. Memory does not grow with the number of rows.
    """
    fortgesetzt = _resume(tag)
    eskaliert, ueberfaellig, faellig, bevorstehend = _move_stages(tag)
    still = _expire_silently(tag)
    abgelaufen, gescheitert = _expire(tag)
    return Laufergebnis(
        bevorstehend,
        faellig,
        ueberfaellig,
        eskaliert,
        still + abgelaufen,
        gescheitert,
        fortgesetzt,
    )


def _resume(tag: date) -> int:
    """Let those run again whose pause had a known last day; their end is computed already."""
    ruht_noch = Fristpause.objects.filter(
        Q(bis__isnull=True) | Q(bis__gte=tag), frist=OuterRef("pk"), von__lte=tag
    )
    gehemmt = Frist.objects.filter(state=Fristzustand.GEHEMMT)
    pausen = Fristpause.objects.filter(frist=OuterRef("pk"))
    return gehemmt.filter(Exists(pausen), ~Exists(ruht_noch)).update(state=Fristzustand.OFFEN)


@transaction.atomic
def _move_stages(tag: date) -> tuple[int, int, int, int]:
    offen = Frist.objects.filter(state=Fristzustand.OFFEN)
    handlung = offen.filter(wirkung=Fristwirkung.HANDLUNG)
    return (
        _raise(handlung.filter(eskalation__lte=tag), VOR_ESKALIERT, Friststufe.ESKALIERT),
        _raise(handlung.filter(ende__lt=tag), VOR_UEBERFAELLIG, Friststufe.UEBERFAELLIG),
        _raise(offen.filter(ende=tag), VOR_FAELLIG, Friststufe.FAELLIG),
        _raise(
            offen.filter(wiedervorlage__lte=tag, ende__gt=tag),
            (Friststufe.GEPLANT,),
            Friststufe.BEVORSTEHEND,
        ),
    )


def _raise(rows: QuerySet[Frist], von: tuple[Friststufe, ...], nach: Friststufe) -> int:
    return rows.filter(stufe__in=von).update(stufe=nach)


def _run_out(tag: date) -> QuerySet[Frist]:
    return Frist.objects.filter(
        state=Fristzustand.OFFEN, wirkung=Fristwirkung.ABLAUF, ende__lt=tag
    ).order_by("pk")


def _expire_silently(tag: date) -> int:
    """Close those at whose end nothing else has to happen, many in one statement."""
    abgelaufen = 0
    while True:
        with transaction.atomic():
            batch = list(
                _run_out(tag)
                .exclude(regel__in=registry.nach_fristablauf)
                .select_for_update(skip_locked=True)
                .only("pk", "case_id", "bezeichnung", "ende")[:_STAPEL_STILL]
            )
            Frist.objects.filter(pk__in=[frist.pk for frist in batch]).update(
                state=Fristzustand.ABGELAUFEN,
                erledigt_am=F("ende"),
                erledigt_durch=DURCH_ABLAUF,
            )
            Ereignis.objects.bulk_create(
                Ereignis(
                    case_id=frist.case_id,
                    am=tag,
                    art="frist",
                    text=_text(frist),
                    gegenstand=gegenstand_of(frist),
                )
                for frist in batch
            )
        if not batch:
            return abgelaufen
        abgelaufen += len(batch)


def _expire(tag: date) -> tuple[int, int]:
    """Close those for whose end somebody waits, one by one: a failure keeps its row open."""
    abgelaufen = gescheitert = last = 0
    while True:
        with transaction.atomic():
            anstehend = _run_out(tag).filter(pk__gt=last, regel__in=registry.nach_fristablauf)
            nummern = dict(anstehend.values_list("pk", "case_id")[:_STAPEL])
            # A case that somebody works on waits for the next run.
            frei = lock_cases(nummern.values(), skip_locked=True)
            batch = list(
                anstehend.filter(pk__in=nummern, case__in=frei)
                .select_for_update(skip_locked=True, no_key=True, of=("self",))
                .select_related("case")
            )
            for frist in batch:
                if _expire_one(frist, tag):
                    abgelaufen += 1
                else:
                    gescheitert += 1
        if not nummern:
            return abgelaufen, gescheitert
        last = max(nummern)


def _text(frist: Frist) -> str:
    return f"{frist.bezeichnung}: Frist am {frist.ende:%d.%m.%Y} abgelaufen"


def _expire_one(frist: Frist, tag: date) -> bool:
    """Close one Frist and tell who waits for it; a failure leaves this row open, not the others."""
    try:
        with transaction.atomic():
            frist.state = Fristzustand.ABGELAUFEN
            frist.erledigt_am = frist.ende
            frist.erledigt_durch = DURCH_ABLAUF
            frist.save(update_fields=["state", "erledigt_am", "erledigt_durch"])
            record_ereignis(
                case=frist.case,
                by=None,
                tag=tag,
                art="frist",
                text=_text(frist),
                gegenstand=frist,
            )
            registry.nach_fristablauf[frist.regel](frist, tag)
    except Exception:  # the next sweep tries this row again
        logger.exception("Ablauf einer Frist gescheitert", extra={"case_id": frist.case_id})
        return False
    return True
