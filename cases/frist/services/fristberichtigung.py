"""What a sweep did ahead of its day is taken back: each effect can be derived from days.

A run with a wrong clock ends Fristen too early. The state and the stage of every Frist follow from
its own days and from today, so they are computed anew; what depended on an end is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from cases.frist.services.frist import stufe_am
from cases.models import Frist, Fristpause
from cases.registry.beitrag import registry
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_cases_of
from cases.states.frist import Fristwirkung, Fristzustand

DURCH_ABLAUF = "durch Zeitablauf"
_STAPEL = 200


@dataclass(frozen=True)
class Berichtigung:
    """How many Fristen were opened again, came to another stage, or rest again."""

    wieder_offen: int = 0
    andere_stufe: int = 0
    wieder_gehemmt: int = 0


def correct_sweep(*, tag: date) -> Berichtigung:
    """Bring every Frist back to where it stands on `tag`, which must not be ahead of today.

    Runs again without effect. Whoever was told that a Frist has run out is told that it has not.
    """
    wieder_offen = _reopen(tag)
    return Berichtigung(wieder_offen, _lower_stages(tag), _rest_again(tag))


def _reopen(tag: date) -> int:
    zu_frueh = Frist.objects.filter(
        state=Fristzustand.ABGELAUFEN, erledigt_durch=DURCH_ABLAUF, ende__gte=tag
    ).order_by("pk")
    anzahl = 0
    while True:
        with transaction.atomic():
            ids = list(zu_frueh.values_list("pk", flat=True)[:_STAPEL])
            lock_cases_of(Frist.objects.filter(pk__in=ids))
            rows = zu_frueh.filter(pk__in=ids).select_for_update(no_key=True, of=("self",))
            batch = list(rows.select_related("case"))
            for frist in batch:
                _reopen_one(frist, tag)
        if not ids:
            return anzahl
        anzahl += len(batch)


def _reopen_one(frist: Frist, tag: date) -> None:
    frist.state, frist.erledigt_am, frist.erledigt_durch = Fristzustand.OFFEN, None, ""
    frist.stufe = stufe_am(frist, tag)
    frist.save(update_fields=["state", "erledigt_am", "erledigt_durch", "stufe"])
    record_ereignis(
        case=frist.case,
        by=None,
        tag=tag,
        art="frist",
        text=f"{frist.bezeichnung}: läuft weiter bis {frist.anzeige}; der Vermerk über ihren "
        "Ablauf war ein Fehler",
        gegenstand=frist,
    )
    if frist.regel in registry.nach_fristberichtigung:
        registry.nach_fristberichtigung[frist.regel](frist, tag)


def _lower_stages(tag: date) -> int:
    """Give every open Frist whose end has not passed the stage that its days demand."""
    offen = Frist.objects.filter(state=Fristzustand.OFFEN).exclude(
        wirkung=Fristwirkung.ABLAUF, ende__lt=tag
    )
    geaendert = []
    for frist in offen.only("wirkung", "eskalation", "ende", "wiedervorlage", "stufe").iterator():
        stufe = stufe_am(frist, tag)
        if stufe != frist.stufe:
            frist.stufe = stufe
            geaendert.append(frist)
    return Frist.objects.bulk_update(geaendert, ["stufe"], batch_size=_STAPEL)


def _rest_again(tag: date) -> int:
    """Let those rest whose pause has not ended by `tag`; one that somebody ended today has."""
    ruht = Fristpause.objects.filter(
        Q(bis__gt=tag) | Q(bis=tag, beendet_am=F("begonnen_am")),
        frist=OuterRef("pk"),
        von__lte=tag,
    )
    return Frist.objects.filter(Exists(ruht), state=Fristzustand.OFFEN).update(
        state=Fristzustand.GEHEMMT
    )
