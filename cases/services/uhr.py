"""Nothing happens ahead of its day: what counts as today is the database's own day."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from django.conf import settings

from cases.queries.uhr import ABWEICHUNG_HAELT, ABWEICHUNG_WARNT, Uhrenstand, read_uhren
from cases.states.tafel import SchrittUnzulaessig

logger = logging.getLogger("fallwerk.uhr")


class UhrUnglaubwuerdig(SchrittUnzulaessig):
    """Two clocks contradict each other; a person has to look before anything is decided."""


def require_uhr(*, now: datetime) -> Uhrenstand:
    """Return the clocks when the program's (`now`) and the database's agree to a day.

    A difference of more than two seconds is written into the log as an error.

    Raises UhrUnglaubwuerdig when they differ by more than a day.
    """
    stand = read_uhren(now)
    if stand.abweichung > ABWEICHUNG_WARNT:
        dauer = int(stand.abweichung.total_seconds() * 1000)
        logger.error(
            "Uhren von Anwendung und Datenbank gehen auseinander", extra={"dauer_ms": dauer}
        )
    if stand.abweichung > ABWEICHUNG_HAELT:
        raise UhrUnglaubwuerdig(
            f"Die Uhr der Anwendung zeigt den {_tag(stand.anwendung)}, die der Datenbank den "
            f"{_tag(stand.datenbank)}. Bitte die Zeit beider Rechner stellen; bis dahin wird "
            "nichts eingestuft und nichts entschieden."
        )
    return stand


def require_tag(*, tag: date, now: datetime, bestaetigt: bool = False) -> None:
    """Let a run count `tag` as today only when that day has come.

    `bestaetigt`: a person has named the day, so a long standstill before it is meant.

    Raises SchrittUnzulaessig when the database's day is earlier than `tag`, UhrUnglaubwuerdig
    when clocks differ by more than a day, when the last run lies more than a day ahead, or when
    so many days have passed since it that the clock itself is in doubt.
    """
    stand = require_uhr(now=now)
    if tag > stand.heute:
        raise SchrittUnzulaessig(
            f"Der {tag:%d.%m.%Y} ist noch nicht gekommen: Heute ist nach der Uhr der Datenbank der "
            f"{stand.heute:%d.%m.%Y}. Vor ihrem Ende läuft keine Frist ab."
        )
    if stand.stillstand < -ABWEICHUNG_HAELT:
        raise UhrUnglaubwuerdig(
            f"Der letzte Tageslauf war am {_tag(stand.letzter_lauf)}, die Uhr der Datenbank zeigt "
            f"erst den {_tag(stand.datenbank)}. Bitte die Uhr stellen; war der Lauf falsch, "
            "berichtigt ihn `manage.py fristenlauf --berichtigen`."
        )
    hoechstens = timedelta(days=settings.STILLSTAND_TAGE)
    if stand.stillstand > hoechstens and not bestaetigt:
        raise UhrUnglaubwuerdig(
            f"Der letzte Tageslauf war am {_tag(stand.letzter_lauf)}, vor mehr als "
            f"{hoechstens.days} Tagen. Stimmt die Uhr, so bestätigt es "
            f"`manage.py fristenlauf --tag {stand.heute:%d.%m.%Y}`."
        )


def _tag(moment: datetime | None) -> str:
    return f"{moment:%d.%m.%Y}" if moment else ""
