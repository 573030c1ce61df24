"""Pausing a Frist and letting it run on; the days always come from the engine."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.frist import guards
from cases.frist.schritte import FRISTSCHRITTE, Fristlage
from cases.frist.services.frist import land, move_frist, recalculate_frist
from cases.guards import refuse
from cases.models import Frist, Fristpause, User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.frist import Fristzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkatalog import Pausengrund


@transaction.atomic
def begin_pause(
    *,
    frist: Frist,
    von: date,
    bis: date | None,
    grund: str,
    begruendung: str,
    by: User,
    tag: date,
) -> Fristpause:
    """Let a Frist stand still from a day on, until a known last day or for the time being.

    With a known last day the new end is computed at once; otherwise when the pause ends.

    Raises SchrittUnzulaessig when this Frist cannot stand still, the ground is none of the law,
    or the days lie outside the Frist or in another pause.
    """
    frist = _lock(frist)
    FRISTSCHRITTE.require(Fristlage(by, frist), "anhalten")
    art = _ground(frist, grund)
    refuse(guards.pause_liegt_in_der_frist(frist, von, tag))
    refuse(guards.pausenende_zulaessig(von, bis, art))
    _refuse_overlap(frist, von, bis)
    pause = Fristpause.objects.create(
        frist=frist,
        von=von,
        bis=bis,
        grund=art.text,
        norm=art.norm or frist.norm,
        begruendung=begruendung,
        begonnen_von=by,
        begonnen_am=tag,
        beendet_von=by if bis is not None else None,
        beendet_am=tag if bis is not None else None,
    )
    frist.state = Fristzustand.GEHEMMT if bis is None or bis >= tag else Fristzustand.OFFEN
    if bis is None:
        frist.save(update_fields=["state"])
        ende = "bis auf Weiteres"
    else:
        _recompute(frist, pause, tag)
        ende = f"bis {bis:%d.%m.%Y}, neues Ende {frist.anzeige}"
    _record(frist, by, tag, f"ruht ab {von:%d.%m.%Y} {ende} ({pause.grund}, {pause.norm})")
    return pause


@transaction.atomic
def end_pause(*, frist: Frist, bis: date, by: User, tag: date) -> Frist:
    """Say which day is the last of the running pause; the end of the Frist follows from it.

    Raises SchrittUnzulaessig when no pause is open, or the day lies ahead or before the pause.
    """
    frist = _lock(frist)
    nach = FRISTSCHRITTE.require(Fristlage(by, frist), "fortsetzen")
    pause = frist.fristpausen.select_for_update().get(bis__isnull=True)
    if bis > tag:
        raise SchrittUnzulaessig("Der letzte Tag der Pause kann nicht in der Zukunft liegen.")
    if bis < pause.von:
        raise SchrittUnzulaessig(
            f"Die Pause hat am {pause.von:%d.%m.%Y} begonnen; ihr letzter Tag liegt nicht davor."
        )
    pause.bis, pause.beendet_von, pause.beendet_am = bis, by, tag
    pause.save(update_fields=["bis", "beendet_von", "beendet_am"])
    frist.state = Fristzustand(nach)
    _recompute(frist, pause, tag)
    _record(frist, by, tag, f"ruhte bis {bis:%d.%m.%Y}, neues Ende {frist.anzeige}")
    return frist


def _lock(frist: Frist) -> Frist:
    return lock_row(Frist.objects.select_related("case"), frist.pk)


def _ground(frist: Frist, grund: str) -> Pausengrund:
    for art in guards.pausengruende(frist):
        if art.schluessel == grund:
            return art
    raise SchrittUnzulaessig("Dieser Grund ist für diese Frist nicht vorgesehen.", guards.NORM)


def _refuse_overlap(frist: Frist, von: date, bis: date | None) -> None:
    frueher = frist.fristpausen.filter(bis__gte=von)
    if bis is not None:
        frueher = frueher.filter(von__lte=bis)
    if (andere := frueher.first()) is not None:
        raise SchrittUnzulaessig(f"In diese Zeit fällt schon die Pause vom {andere}.")


def _recompute(frist: Frist, pause: Fristpause, tag: date) -> None:
    pausen = [(p.von, p.bis) for p in frist.fristpausen.all() if p.bis is not None]
    werte = recalculate_frist(frist, land(), pausen)
    move_frist(frist, werte, tag, pause=pause)


def _record(frist: Frist, by: User, tag: date, text: str) -> None:
    record_ereignis(
        case=frist.case,
        by=by,
        tag=tag,
        art="frist",
        text=f"{frist.bezeichnung} ({frist.regel}): {text}",
        gegenstand=frist,
    )
