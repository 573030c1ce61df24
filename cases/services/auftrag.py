"""The outbox: an effect on the outside is a row, and this engine carries it out at most once.

A row is claimed (state, start counted, lease) in a transaction of its own before the effect
begins. The effect then runs in a second transaction that holds the row, so nobody else can touch
it. Just before the first byte leaves, a third, beside the second, writes that down: so a worker's
death before is told apart from one after. What may have happened is never repeated by the program.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date, datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.models import Auftrag, Auftragsbeginn, User
from cases.registry.auftragsart import (
    Auftragsausgang,
    Endgueltig,
    Hinfaellig,
    Ungewiss,
    Voruebergehend,
    noting_beginn,
)
from cases.registry.beitrag import registry
from cases.states.auftrag import Auftragzustand
from cases.states.tafel import SchrittUnzulaessig

logger = logging.getLogger("fallwerk.auftrag")

# Waiting time after each failed start; when the list is used up, a person takes over.
WARTEZEITEN = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440))
# A living worker keeps its row however long it takes, for it holds the lock of it; so this only
# says how long the row of a dead one waits: one round of the reconciler.
SPERRE = timedelta(seconds=settings.ABGLEICH_SEKUNDEN)
# A job that takes its worker down is started this often, the first time again at once.
STARTS_HOECHSTENS = 3
_NACH_ABBRUCH = (timedelta(0), *WARTEZEITEN)

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

    `schluessel` is the business key: ordering the same effect again returns the first row. A
    worker is woken when the transaction has ended; what comes in great numbers waits for the
    next round.
    """
    auftrag, neu = Auftrag.objects.get_or_create(
        schluessel=schluessel,
        defaults={"art": art, "gegenstand_id": gegenstand_id, "naechster_versuch": zeitpunkt},
    )
    if neu:
        _wake(auftrag)
    return auftrag


def _wake(auftrag: Auftrag) -> None:
    art = registry.auftragsarten.get(auftrag.art)
    if registry.wecker is not None and art is not None and not art.in_menge:
        transaction.on_commit(partial(registry.wecker, auftrag.pk, art.rang))


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
            with noting_beginn(partial(_note_beginn, row.pk, row.versuche)):
                art.ausfuehren(row.gegenstand_id, now)
            geschehen = True
            _close(row, Auftragzustand.FERTIG, now)
        return Auftragzustand.FERTIG
    except Auftragsausgang as ausgang:
        return _settle(auftrag, ausgang, now)
    except Exception as error:  # the row must say what happened, whatever it was
        logger.warning("Auftrag gescheitert", extra={"auftrag_id": auftrag.pk}, exc_info=True)
        return _settle(auftrag, _ausgang_of(error, geschehen), now)


def _ausgang_of(error: Exception, geschehen: bool) -> Auftragsausgang:
    if geschehen:
        return Ungewiss("Ausgeführt, aber das Ergebnis konnte nicht gespeichert werden.")
    if isinstance(error, OperationalError | InterfaceError):
        return Voruebergehend("Die Datenbank war nicht erreichbar.")
    return Endgueltig(f"Unerwarteter Fehler ({type(error).__name__}).")


def _note_beginn(nummer: int, versuch: int) -> None:
    """Write that the effect begins, apart from the transaction that holds the row of the order."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute(
                "INSERT INTO cases_auftragsbeginn (nummer, versuch, zeitpunkt) "
                "VALUES (%s, %s, clock_timestamp())",
                [nummer, versuch],
            )
    finally:
        beside.close()


def has_begun(auftrag: Auftrag) -> bool:
    """Whether the latest start of this order may have had its effect."""
    return Auftragsbeginn.objects.filter(nummer=auftrag.pk, versuch=auftrag.versuche).exists()


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
            return _reopen(row, now + WARTEZEITEN[row.versuche - 1])
        ausgang = Endgueltig(str(ausgang))
    state = _ZIEL[type(ausgang)]
    _close(row, state, now)
    nach_ausgang = registry.auftragsarten[row.art].nach_ausgang
    if nach_ausgang is not None:
        nach_ausgang(row.gegenstand_id, state, str(ausgang), now)
    return state


def _reopen(row: Auftrag, naechster_versuch: datetime) -> Auftragzustand:
    row.state = Auftragzustand.OFFEN
    row.naechster_versuch = naechster_versuch
    row.gesperrt_bis = None
    row.save()
    return Auftragzustand.OFFEN


def _close(row: Auftrag, state: Auftragzustand, now: datetime) -> None:
    row.state = state
    row.gesperrt_bis = None
    row.fertig = now if state == Auftragzustand.FERTIG else None
    if state == Auftragzustand.FERTIG:
        row.fehler = ""
    row.save()
    if state != Auftragzustand.UNGEWISS:
        Auftragsbeginn.objects.filter(nummer=row.pk).delete()


def expire_leases(*, now: datetime, limit: int = 500) -> int:
    """Settle orders whose worker has died; return how many.

    One whose effect had not begun is opened again, until it has taken its worker down
    STARTS_HOECHSTENS times; of any other nobody knows, so it waits for a person. A row that a
    slow worker still holds is skipped.
    """
    with transaction.atomic():
        rows = Auftrag.objects.filter(
            state=Auftragzustand.IN_ARBEIT,
            gesperrt_bis__lt=now,
            art__in=list(registry.auftragsarten),
        ).select_for_update(skip_locked=True)[:limit]
        for row in rows:
            row.abbrueche += 1
            _settle_crash(row, now)
        return len(rows)


def _settle_crash(row: Auftrag, now: datetime) -> None:
    if has_begun(row) or not registry.auftragsarten[row.art].sagt_beginn:
        ungewiss = "Die Ausführung brach ab; ob sie noch gewirkt hat, ist nicht bekannt."
        _write_ausgang(row, Ungewiss(ungewiss), now)
    elif row.abbrueche >= STARTS_HOECHSTENS:
        oft = f"Die Ausführung brach {row.abbrueche}-mal ab; gesendet ist nichts."
        _write_ausgang(row, Endgueltig(oft), now)
    else:
        row.fehler = "Die Ausführung brach ab; es war noch nichts gesendet."
        _reopen(row, now + _NACH_ABBRUCH[row.abbrueche - 1])


@transaction.atomic
def decide(
    *, schluessel: str, state: Auftragzustand, now: datetime, by: User, grund: str = ""
) -> Auftrag:
    """Close an order as a person has decided, or open it again (`state` offen).

    Of an uncertain one everything may be decided, of a failed one not that it was done. `grund`
    says why it is left when it is not done. The caller has checked who decides. Raises
    SchrittUnzulaessig when somebody was faster.
    """
    row = Auftrag.objects.select_for_update().get(schluessel=schluessel)
    gescheitert = row.state == Auftragzustand.FEHLGESCHLAGEN
    if row.state != Auftragzustand.UNGEWISS and not (
        gescheitert and state in {Auftragzustand.OFFEN, Auftragzustand.ABGEBROCHEN}
    ):
        raise SchrittUnzulaessig("Über diesen Auftrag ist bereits entschieden.")
    row.entschieden_von, row.entschieden_am = by, now
    row.fehler = grund
    if state != Auftragzustand.OFFEN:
        _close(row, state, now)
        return row
    row.versuche = row.abbrueche = 0
    Auftragsbeginn.objects.filter(nummer=row.pk).delete()
    _reopen(row, now)
    _wake(row)
    return row


def cancel(*, schluessel: str, grund: str, now: datetime) -> bool:
    """Call an order off while nobody works on it; False when it is too late."""
    row = Auftrag.objects.select_for_update().filter(schluessel=schluessel).first()
    if row is None or row.state != Auftragzustand.OFFEN:
        return False
    row.fehler = grund
    _close(row, Auftragzustand.ABGEBROCHEN, now)
    return True
