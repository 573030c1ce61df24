"""The outbox: an effect on the outside is a row, and this engine carries it out at most once.

A row is claimed (state, start counted, lease) in a transaction of its own before the effect
begins. The effect then runs in a second transaction that holds the row, so nobody else can touch
it. What ended without a known result is never repeated by the program.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date, datetime, time, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.models import Auftrag
from cases.registry.auftragsart import (
    Auftragsausgang,
    Endgueltig,
    Hinfaellig,
    Ungewiss,
    Voruebergehend,
)
from cases.registry.beitrag import registry
from cases.states.auftrag import Auftragzustand
from cases.states.tafel import SchrittUnzulaessig

logger = logging.getLogger("fallwerk.auftrag")

# Waiting time after each failed start; when the list is used up, a person takes over.
WARTEZEITEN = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440))
# Longer than the hard time limit of a task, so that a living worker never loses its row.
SPERRE = timedelta(minutes=10)
# A repeatable job that takes its worker down is started this often.
STARTS_HOECHSTENS = 3

_ZIEL: dict[type[Auftragsausgang], Auftragzustand] = {
    Endgueltig: Auftragzustand.FEHLGESCHLAGEN,
    Ungewiss: Auftragzustand.UNGEWISS,
    Hinfaellig: Auftragzustand.ABGEBROCHEN,
}


def beginn_of(tag: date) -> datetime:
    """Return the first moment of a day at the place of the authority."""
    return datetime.combine(tag, time.min, tzinfo=timezone.get_default_timezone())


def tag_of(zeit: datetime) -> date:
    """Return the day that a moment falls on at the place of the authority."""
    return zeit.astimezone(timezone.get_default_timezone()).date()


def order(*, art: str, schluessel: str, gegenstand_id: int, zeitpunkt: datetime) -> Auftrag:
    """Write the order for one effect into the caller's transaction; due from `zeitpunkt` on.

    `schluessel` is the business key: ordering the same effect again returns the first row.
    """
    auftrag, _ = Auftrag.objects.get_or_create(
        schluessel=schluessel,
        defaults={"art": art, "gegenstand_id": gegenstand_id, "naechster_versuch": zeitpunkt},
    )
    return auftrag


def due(now: datetime) -> QuerySet[Auftrag]:
    """Return orders that may start now, the longest waiting first.

    A kind that this version of the program does not know is left for the one that does.
    """
    return Auftrag.objects.filter(
        state=Auftragzustand.OFFEN,
        naechster_versuch__lte=now,
        art__in=list(registry.auftragsarten),
    ).order_by("naechster_versuch", "id")


def claim_due(*, limit: int, now: datetime) -> list[Auftrag]:
    """Lease up to `limit` due orders for this worker; the lease is committed on return."""
    return _claim(due(now), limit, now)


def _claim(rows: QuerySet[Auftrag], limit: int, now: datetime) -> list[Auftrag]:
    with transaction.atomic(durable=True):
        claimed = list(rows.select_for_update(skip_locked=True)[:limit])
        for auftrag in claimed:
            auftrag.state = Auftragzustand.IN_ARBEIT
            auftrag.versuche += 1
            auftrag.gesperrt_bis = now + SPERRE
            auftrag.save(update_fields=["state", "versuche", "gesperrt_bis"])
    return claimed


def run(*, auftrag_id: int, now: datetime) -> Auftragzustand | None:
    """Carry out one order; None when it is not due, taken or done already."""
    claimed = _claim(due(now).filter(pk=auftrag_id), 1, now)
    return _work(claimed[0], now) if claimed else None


def run_due(*, limit: int, now: datetime) -> Counter[str]:
    """Carry out up to `limit` due orders one after the other; return how often each end came.

    Rows are claimed one by one: a crash touches the row in work only. Call it again with a fresh
    `now` for more, for the leases count from there.
    """
    expire_leases(now=now)
    enden: Counter[str] = Counter()
    while sum(enden.values()) < limit and (claimed := claim_due(limit=1, now=now)):
        enden[_work(claimed[0], now) or "entzogen"] += 1
    return enden


def _work(auftrag: Auftrag, now: datetime) -> Auftragzustand | None:
    art = registry.auftragsarten[auftrag.art]
    geschehen = False
    try:
        with transaction.atomic(durable=True):
            row = _leased(auftrag)
            if row is None:
                return None
            art.ausfuehren(row.gegenstand_id, now)
            geschehen = True
            _close(row, Auftragzustand.FERTIG, now)
        return Auftragzustand.FERTIG
    except Auftragsausgang as ausgang:
        return _settle(auftrag, ausgang, now)
    except Exception as error:  # the row must say what happened, whatever it was
        logger.warning("Auftrag gescheitert", extra={"auftrag_id": auftrag.pk}, exc_info=True)
        return _settle(auftrag, _ausgang_of(error, geschehen and not art.wiederholbar), now)


def _ausgang_of(error: Exception, geschehen: bool) -> Auftragsausgang:
    if geschehen:
        return Ungewiss("Ausgeführt, aber das Ergebnis konnte nicht gespeichert werden.")
    if isinstance(error, OperationalError | InterfaceError):
        return Voruebergehend("Die Datenbank war nicht erreichbar.")
    return Endgueltig(f"Unerwarteter Fehler ({type(error).__name__}).")


def _leased(auftrag: Auftrag) -> Auftrag | None:
    """Lock and return the row if this start still holds it."""
    return (
        Auftrag.objects.select_for_update()
        .filter(pk=auftrag.pk, state=Auftragzustand.IN_ARBEIT, versuche=auftrag.versuche)
        .first()
    )


def _settle(auftrag: Auftrag, ausgang: Auftragsausgang, now: datetime) -> Auftragzustand | None:
    with transaction.atomic(durable=True):
        row = _leased(auftrag)
        if row is None:
            return None
        return _write_ausgang(row, ausgang, now)


def _write_ausgang(row: Auftrag, ausgang: Auftragsausgang, now: datetime) -> Auftragzustand:
    row.fehler = str(ausgang)[:300]
    if isinstance(ausgang, Voruebergehend):
        if row.versuche <= len(WARTEZEITEN):
            row.state = Auftragzustand.OFFEN
            row.naechster_versuch = now + WARTEZEITEN[row.versuche - 1]
            row.gesperrt_bis = None
            row.save(update_fields=["state", "naechster_versuch", "gesperrt_bis", "fehler"])
            return Auftragzustand.OFFEN
        ausgang = Endgueltig(str(ausgang))
    state = _ZIEL[type(ausgang)]
    _close(row, state, now)
    nach_ausgang = registry.auftragsarten[row.art].nach_ausgang
    if nach_ausgang is not None:
        nach_ausgang(row.gegenstand_id, state, str(ausgang), now)
    return state


def _close(row: Auftrag, state: Auftragzustand, now: datetime) -> None:
    row.state = state
    row.gesperrt_bis = None
    row.fertig = now if state == Auftragzustand.FERTIG else None
    if state == Auftragzustand.FERTIG:
        row.fehler = ""
    row.save(update_fields=["state", "gesperrt_bis", "fertig", "fehler"])


def expire_leases(*, now: datetime, limit: int = 500) -> int:
    """Settle orders whose worker has died; return how many.

    The effect may have happened, so only a repeatable kind is opened again, and that only until
    it has been started STARTS_HOECHSTENS times. A row that a slow worker still holds is skipped.
    """
    with transaction.atomic():
        rows = Auftrag.objects.filter(
            state=Auftragzustand.IN_ARBEIT,
            gesperrt_bis__lt=now,
            art__in=list(registry.auftragsarten),
        ).select_for_update(skip_locked=True)[:limit]
        for row in rows:
            _write_ausgang(row, _ausgang_of_crash(row), now)
        return len(rows)


def _ausgang_of_crash(row: Auftrag) -> Auftragsausgang:
    if not registry.auftragsarten[row.art].wiederholbar:
        return Ungewiss("Die Ausführung brach ab; ob sie noch gewirkt hat, ist nicht bekannt.")
    if row.versuche >= STARTS_HOECHSTENS:
        return Endgueltig(f"Die Ausführung brach {row.versuche}-mal ab.")
    return Voruebergehend("Die Ausführung brach ab.")


def resolve(*, schluessel: str, nochmals: bool, now: datetime) -> Auftrag:
    """Close an uncertain order as done, or open it again, as a person has decided.

    The caller has checked who decides. Raises SchrittUnzulaessig when somebody was faster.
    """
    row = Auftrag.objects.select_for_update().get(schluessel=schluessel)
    if row.state != Auftragzustand.UNGEWISS:
        raise SchrittUnzulaessig("Über diesen Auftrag ist bereits entschieden.")
    if not nochmals:
        _close(row, Auftragzustand.FERTIG, now)
        return row
    row.state = Auftragzustand.OFFEN
    row.versuche = 0
    row.naechster_versuch = now
    row.fehler = ""
    row.save(update_fields=["state", "versuche", "naechster_versuch", "fehler"])
    return row


def cancel(*, schluessel: str, grund: str, now: datetime) -> bool:
    """Call an order off while nobody works on it; False when it is too late."""
    row = Auftrag.objects.select_for_update().filter(schluessel=schluessel).first()
    if row is None or row.state != Auftragzustand.OFFEN:
        return False
    row.fehler = grund
    _close(row, Auftragzustand.ABGEBROCHEN, now)
    return True
