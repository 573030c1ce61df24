"""What is unusual within an hour: many cases read, many calls refused, many logins failed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cases.access import LESEFENSTER, STOPP_FACH, rolle_of
from cases.guards import dieselbe_person, freigaben_ruhen, refuse
from cases.models import (
    Anmeldeereignis,
    Auffaelligkeit,
    Auffaelligkeitsart,
    Listenabruf,
    Meldungsanlass,
    User,
    Zugriffsverweigerung,
)
from cases.models.anmeldung import MISSLUNGEN
from cases.queries.auffaelligkeit import near_readings, persons_listed_to, persons_shown
from cases.queries.zugangsgrenze import grenze, grenzen
from cases.services.zugangsmeldung import datenschutz, tell
from cases.states.tafel import SchrittUnzulaessig
from cases.states.zugang import Abrufart

_TEXT = {
    Auffaelligkeitsart.LESEN: "In Fallwerk hat eine Person innerhalb einer Stunde auffällig viele "
    "Fälle geöffnet.",
    Auffaelligkeitsart.ABGEWIESEN: "In Fallwerk wurde eine Person innerhalb einer Stunde auffällig "
    "oft abgewiesen.",
    Auffaelligkeitsart.ANMELDUNG: "In Fallwerk ist die Anmeldung an einem Konto innerhalb einer "
    "Stunde auffällig oft misslungen.",
    Auffaelligkeitsart.PERSONEN: "In Fallwerk hat eine Person innerhalb einer Stunde auffällig "
    "viele Personen in Listen und Suchen gesehen.",
}
_BREMSEN: dict[str, str] = {
    Abrufart.SUCHE: "zugang.suchen_je_stunde",
    Abrufart.AUSFUHR: "zugang.ausfuhren_je_stunde",
}
_NAHE = "In Fallwerk wurde eine Akte gelesen, die der lesenden Person nahe sein kann."


def watch_reading(*, by: User, gelesen: int, grenze: int, now: datetime) -> Auffaelligkeit | None:
    """Look at the last hour of a reader; no query unless the limit is passed.

    Called after each logged read with what `access.open_case` has counted.
    """
    if gelesen <= grenze:
        return None
    return _raise(Auffaelligkeitsart.LESEN, by, gelesen, grenze, now)


def watch_refusals(*, by: User, now: datetime) -> Auffaelligkeit | None:
    """Look at the refused calls of the last hour; called after each of them."""
    rows = Zugriffsverweigerung.objects.filter(user=by, zeit__gt=now - LESEFENSTER)
    anzahl, hoechstens = rows.count(), _grenze("abweisungen_je_stunde", now)
    if anzahl <= hoechstens:
        return None
    return _raise(Auffaelligkeitsart.ABGEWIESEN, by, anzahl, hoechstens, now)


def watch_logins(*, konto: User, now: datetime) -> Auffaelligkeit | None:
    """Look at the failed logins of an account in the last hour; called after each of them."""
    rows = Anmeldeereignis.objects.filter(
        user=konto, art__in=MISSLUNGEN, zeit__gt=now - LESEFENSTER
    )
    anzahl, hoechstens = rows.count(), _grenze("fehlversuche_je_stunde", now)
    if anzahl <= hoechstens:
        return None
    return _raise(Auffaelligkeitsart.ANMELDUNG, konto, anzahl, hoechstens, now)


def watch_shown(*, now: datetime) -> list[Auffaelligkeit]:
    """Look at the lists of the last hour: who was shown unusually many different persons."""
    hoechstens = _grenze("personen_je_stunde", now)
    return [
        row
        for user, anzahl in persons_shown(now - LESEFENSTER, mehr_als=hoechstens)
        if (row := _raise(Auffaelligkeitsart.PERSONEN, user, anzahl, hoechstens, now))
    ]


def watch_abruf(*, by: User, route: str, art: str, now: datetime) -> bool:
    """Whether a page that hands out many cases at once is closed to this person for now.

    Counted are the searches and files of the last hour, and the different persons in lists. Who is
    braked is reported, and each try counts as refused.
    """
    tag = now.astimezone(timezone.get_current_timezone()).date()
    hoechstens, seit = grenzen(tag), now - LESEFENSTER
    if art == Abrufart.LISTE:
        grenze_ = STOPP_FACH * hoechstens["zugang.personen_je_stunde"]
        anzahl = persons_listed_to(by, seit)
    else:
        grenze_ = hoechstens[_BREMSEN[art]]
        # The one that is asked for now is one more.
        anzahl = 1 + Listenabruf.objects.filter(user=by, art=art, zeit__gt=seit).count()
    if anzahl <= grenze_:
        return False
    Zugriffsverweigerung.objects.create(user=by, route=route)
    _raise(Auffaelligkeitsart.PERSONEN, by, anzahl, grenze_, now)
    return True


@transaction.atomic
def watch_nearness(*, seit: datetime, now: datetime) -> list[Auffaelligkeit]:
    """Look at cases opened since a moment that may be too near the reader; one alert for each.

    Reading as such is not refused: names say little. The Datenschutz is told once for all of them.
    The same case is an alert again only after some days, however often it is opened.
    """
    ruhe = timedelta(days=_grenze("naehe_ruhe_tage", now))
    rows = [
        Auffaelligkeit(user_id=user, art=art, fall=fall, zeit=now, anzahl=1, grenze=0)
        for art, user, fall in near_readings(seit, ruhe_seit=now - ruhe)
    ]
    if rows:
        Auffaelligkeit.objects.bulk_create(rows)
        tell(users=datenschutz(), anlass=Meldungsanlass.AUFFAELLIG, text=_NAHE, zeitpunkt=now)
    return rows


def _grenze(name: str, now: datetime) -> int:
    return grenze(f"zugang.{name}", now.astimezone(timezone.get_current_timezone()).date())


def _raise(
    art: Auffaelligkeitsart, user: User, anzahl: int, grenze: int, now: datetime
) -> Auffaelligkeit | None:
    """Raise one alert for each kind, person and hour; the Datenschutz is told at once."""
    with transaction.atomic():
        # Two pages opened at once must not raise two alerts.
        User.objects.select_for_update().get(pk=user.pk)
        recent = Auffaelligkeit.objects.filter(user=user, art=art, zeit__gt=now - LESEFENSTER)
        if recent.exists():
            return None
        row = Auffaelligkeit.objects.create(
            user=user, art=art, zeit=now, anzahl=anzahl, grenze=grenze
        )
        tell(
            users=datenschutz().exclude(pk=user.pk),
            anlass=Meldungsanlass.AUFFAELLIG,
            text=_TEXT[art],
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
    refuse(freigaben_ruhen(by))
    if dieselbe_person(row.user, by):
        raise SchrittUnzulaessig("Das eigene Lesen prüft eine andere Person.")
    row.bemerkung, row.geprueft_von, row.geprueft_am = bemerkung, by, zeitpunkt
    row.save(update_fields=["bemerkung", "geprueft_von", "geprueft_am"])
    return row


def note_listenabruf(
    *, by: User, route: str, art: str, faelle: Collection[int], anzahl: int | None = None
) -> None:
    """Note whose cases an answer showed; one row, whatever their number. Words are not kept."""
    Listenabruf.objects.create(
        user=by,
        route=route,
        art=art,
        als=rolle_of(by) or next(iter(sorted(by.rollen)), ""),
        faelle=sorted(faelle),
        anzahl=len(faelle) if anzahl is None else anzahl,
    )
