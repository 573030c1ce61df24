"""Unusual reading: who opens more different cases in an hour than expected is noticed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cases.access import LESEFENSTER
from cases.models import Auffaelligkeit, Listenabruf, Meldungsanlass, User
from cases.services.zugangsmeldung import datenschutz, tell
from cases.states.tafel import SchrittUnzulaessig


def watch_reading(*, by: User, gelesen: int, grenze: int, now: datetime) -> Auffaelligkeit | None:
    """Look at the last hour of a reader; no query unless the limit is passed.

    Called after each logged read with what `access.open_case` has counted. One row per
    person and hour; the Datenschutz is told at once.
    """
    if gelesen <= grenze:
        return None
    with transaction.atomic():
        # Two pages opened at once must not raise two alerts.
        User.objects.select_for_update().get(pk=by.pk)
        if Auffaelligkeit.objects.filter(user=by, zeit__gt=now - LESEFENSTER).exists():
            return None
        row = Auffaelligkeit.objects.create(user=by, zeit=now, anzahl=gelesen, grenze=grenze)
        tell(
            users=datenschutz().exclude(pk=by.pk),
            anlass=Meldungsanlass.AUFFAELLIG,
            text="In Fallwerk hat eine Person innerhalb einer Stunde auffällig viele Fälle "
            "geöffnet.",
            zeitpunkt=now,
        )
        return row


@transaction.atomic
def settle_auffaelligkeit(
    *, auffaelligkeit: Auffaelligkeit, bemerkung: str, by: User, zeitpunkt: datetime
) -> Auffaelligkeit:
    """Record what became of an alert; once, and not by the person it is about.

    Raises SchrittUnzulaessig when it is settled already or concerns the reading of `by`.
    """
    row = Auffaelligkeit.objects.select_for_update().get(pk=auffaelligkeit.pk)
    if row.geprueft_am is not None:
        raise SchrittUnzulaessig("Diese Auffälligkeit ist bereits geprüft.")
    if row.user_id == by.pk:
        raise SchrittUnzulaessig("Das eigene Lesen prüft eine andere Person.")
    row.bemerkung, row.geprueft_von, row.geprueft_am = bemerkung, by, zeitpunkt
    row.save(update_fields=["bemerkung", "geprueft_von", "geprueft_am"])
    return row


def note_listenabruf(*, by: User, route: str, anzahl: int) -> None:
    """Note that a search, a list or a file showed this many cases; the words are not kept."""
    Listenabruf.objects.create(user=by, route=route, anzahl=anzahl)
