"""Unusual reading: who opens more different cases in an hour than expected is noticed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from cases.models import (
    Auffaelligkeit,
    EigenerWert,
    Lesezugriff,
    Listenabruf,
    Meldungsanlass,
    User,
)
from cases.models.eigener_wert import ZUGANG_VORGABEN
from cases.services.auftrag import tag_of
from cases.services.zugangsmeldung import datenschutz, tell
from cases.states import SchrittUnzulaessig, Wertzustand

FENSTER = timedelta(hours=1)
_SCHLUESSEL = "zugang.faelle_je_stunde"


def watch_reading(*, by: User, now: datetime) -> Auffaelligkeit | None:
    """Look at the last hour of a reader; one query unless the limit is passed.

    Called after each logged read. One row per person and hour; the Datenschutz is told at once.
    """
    anzahl, grenze = _last_hour(by, now)
    if anzahl <= grenze:
        return None
    with transaction.atomic():
        # Two pages opened at once must not raise two alerts.
        User.objects.select_for_update().get(pk=by.pk)
        if Auffaelligkeit.objects.filter(user=by, zeit__gt=now - FENSTER).exists():
            return None
        row = Auffaelligkeit.objects.create(user=by, zeit=now, anzahl=anzahl, grenze=grenze)
        tell(
            users=datenschutz().exclude(pk=by.pk),
            anlass=Meldungsanlass.AUFFAELLIG,
            text="In Fallwerk hat eine Person innerhalb einer Stunde auffällig viele Fälle "
            "geöffnet.",
            at=now,
        )
        return row


def _last_hour(user: User, now: datetime) -> tuple[int, int]:
    gelesen = (
        Lesezugriff.objects.filter(user=OuterRef("pk"), zeit__gt=now - FENSTER, zeit__lte=now)
        .order_by()
        .values("user")
        .annotate(anzahl=Count("case", distinct=True))
        .values("anzahl")
    )
    eigener = (
        EigenerWert.objects.filter(
            schluessel=_SCHLUESSEL, gueltig_ab__lte=tag_of(now), state=Wertzustand.FREIGEGEBEN
        )
        .order_by("-gueltig_ab")
        .values("zahl")[:1]
    )
    anzahl, grenze = (
        User.objects.filter(pk=user.pk)
        .values_list(
            Coalesce(Subquery(gelesen), Value(0)),
            Coalesce(
                Subquery(eigener, output_field=IntegerField()), Value(ZUGANG_VORGABEN[_SCHLUESSEL])
            ),
        )
        .get()
    )
    return int(anzahl), int(grenze)


@transaction.atomic
def settle_auffaelligkeit(
    *, auffaelligkeit: Auffaelligkeit, bemerkung: str, by: User, at: datetime
) -> Auffaelligkeit:
    """Record what became of an alert; once, and not by the person it is about."""
    row = Auffaelligkeit.objects.select_for_update().get(pk=auffaelligkeit.pk)
    if row.geprueft_am is not None:
        raise SchrittUnzulaessig("Diese Auffälligkeit ist bereits geprüft.")
    if row.user_id == by.pk:
        raise SchrittUnzulaessig("Das eigene Lesen prüft eine andere Person.")
    row.bemerkung, row.geprueft_von, row.geprueft_am = bemerkung, by, at
    row.save(update_fields=["bemerkung", "geprueft_von", "geprueft_am"])
    return row


def note_listenabruf(*, by: User, route: str, anzahl: int) -> None:
    """Note that a search, a list or a file showed this many cases; the words are not kept."""
    Listenabruf.objects.create(user=by, route=route, anzahl=anzahl)
