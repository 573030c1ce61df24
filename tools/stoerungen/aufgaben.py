"""Faults of workers, Redis and the beat: what has been ordered happens once, or a person knows."""

from __future__ import annotations

import json
import os
import secrets
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from cases.frist.services.frist import land
from cases.models import Auftrag, Erinnerungsmail, Tageslauf, User, Wiedervorlage
from config.celery import app
from recht.feiertag import is_werktag
from tools.stoerungen import bestand
from tools.stoerungen.haus import RUNDE, Haus
from tools.stoerungen.tafel import Ergebnis

# A mail takes a while, so that the fault strikes amid the work.
_BEDENKZEIT = 0.03
# So many single orders are timed.
_EINZELN = 40


def _run(haus: Haus, n: int, strike: Callable[[], None], *, alle_s: float) -> Ergebnis:
    """Order so many notices, strike again and again while they go out, heal, and compare."""
    haus.work()
    haus.post.bedenkzeit = _BEDENKZEIT
    keys = bestand.order_notices(n)
    began, schlaege = time.monotonic(), 0
    while time.monotonic() - began < 0.02 * n + 6 and bestand.open_orders(list(keys.values())):
        time.sleep(alle_s)
        strike()
        schlaege += 1
        # Whoever keeps the processes starts what has ended, in the house as here.
        haus.work()
    haus.post.bedenkzeit = 0.0
    ruhe = bestand.settle(keys.values(), haus=haus, hoechstens=0.1 * n + 12 * RUNDE)
    return bestand.balance(haus, keys, ruhe, f"{schlaege}-mal gestört")


def kill_children(haus: Haus) -> None:
    """Kill the processes that carry orders out, whatever they are doing."""
    for child in haus.eilig.children():
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def f01(haus: Haus, n: int) -> Ergebnis:
    """Kill -9 the children of the worker."""
    return _run(haus, n, lambda: kill_children(haus), alle_s=0.7)


def f02(haus: Haus, n: int) -> Ergebnis:
    """Kill -9 the whole worker and start it anew."""

    def strike() -> None:
        haus.eilig.kill()
        haus.eilig.start()

    return _run(haus, n, strike, alle_s=2.5)


def f04(haus: Haus, n: int) -> Ergebnis:
    """Kill -9 Redis and start it anew from its file."""

    def strike() -> None:
        haus.redis.kill()
        time.sleep(0.3)
        haus.redis.start()
        haus.wait_redis()

    return _run(haus, n, strike, alle_s=1.0)


def f05(haus: Haus, n: int) -> Ergebnis:
    """Empty Redis again and again."""
    return _run(haus, n, lambda: haus.client().flushall() and None, alle_s=0.5)


def f06(haus: Haus, n: int) -> Ergebnis:
    """Stop Redis: ordering stays quick, and cron carries everything out without it."""
    haus.work()
    bestand.staff(n)
    sonst, sonst_keys = _ordering(n)
    haus.redis.signal(signal.SIGSTOP)
    hier, keys = _ordering(n)
    # What a single person waits for who orders one thing while Redis hangs.
    einzeln = []
    for _ in range(_EINZELN):
        dauer, eine = _ordering(1)
        einzeln.append(dauer)
        keys |= eine
    keys |= sonst_keys
    began = time.monotonic()
    cron = haus.manage("abgleich")
    ruhe = time.monotonic() - began
    haus.redis.signal(signal.SIGCONT)
    # What the workers had in hand when Redis stopped they finish now.
    ruhe += bestand.settle(keys.values(), haus=haus, hoechstens=60)
    p95 = sorted(einzeln)[int(0.95 * _EINZELN) - 1]
    satz = f"{n} veranlasst in {sonst:.1f} s, bei hängendem Redis in {hier:.1f} s; "
    satz += (
        f"eines allein in höchstens {max(einzeln):.2f} s, 95 von 100 in {p95:.2f} s (Grenze 2 s)"
    )
    e = bestand.balance(haus, keys, ruhe, satz)
    falsch = int(p95 > 2) + int(cron.returncode != 0)
    return replace(e, unerklaert=e.unerklaert + falsch)


def _ordering(n: int) -> tuple[float, dict[str, str]]:
    began = time.monotonic()
    keys = bestand.order_notices(n)
    return time.monotonic() - began, keys


def f19(haus: Haus, n: int) -> Ergebnis:
    """Two beats and workers that sweep at once, after three days without a run."""
    haus.work()
    haus.zweiter_takt.start()
    heute, jetzt = timezone.localdate(), timezone.now()
    by = User.objects.filter(username__startswith="fallmanager").first()
    [case] = bestand.open_cases(1, by or bestand.found())
    users = bestand.staff(n)
    Wiedervorlage.objects.bulk_create(
        Wiedervorlage(case=case, user=user, am=heute, anlass="Probe") for user in users
    )
    frueher = jetzt - timedelta(days=3)
    Tageslauf.objects.create(datum=frueher.date(), begonnen=frueher, beendet=frueher)
    for _ in range(8):
        app.send_task("cases.tisch.tasks.sweep_fristen")
    mails = Erinnerungsmail.objects.filter(datum=heute, user__in=users)
    began = time.monotonic()
    while mails.count() < n and time.monotonic() - began < 300:
        time.sleep(0.3)
    # The other seven find nothing to do, at once or one after the other.
    while haus.client().llen("normal") and time.monotonic() - began < 330:
        time.sleep(0.3)
    tag = heute.isoformat()
    keys = {f"erinnerung-{m.pk}-{tag}": f"erinnerung:{m.user_id}:{tag}" for m in mails}
    bestand.settle(keys.values(), haus=haus, hoechstens=0.1 * n + 60)
    haus.zweiter_takt.stop()
    je_person = mails.values("user").distinct().count()
    ergebnis = bestand.balance(haus, keys, time.monotonic() - began)
    gelaufen = Tageslauf.objects.filter(datum=heute, beendet__isnull=False, fehler="").exists()
    soll = n if is_werktag(heute, land()) else 0
    return Ergebnis(
        versucht=n,
        verloren=ergebnis.verloren + soll - len(keys) + int(not gelaufen),
        doppelt=ergebnis.doppelt + len(keys) - je_person,
        unerklaert=ergebnis.unerklaert,
        ruhe_s=ergebnis.ruhe_s,
        bemerkung="" if soll else "heute ist kein Arbeitstag: keine Erinnerung",
    )


def _poison() -> list[bytes]:
    def task(name: str, argumente: list[object]) -> bytes:
        return json.dumps(
            {
                "body": json.dumps([argumente, {}, {}]),
                "headers": {"task": name, "id": "x", "lang": "py"},
                "properties": {
                    "delivery_info": {"exchange": "", "routing_key": "eilig"},
                    "delivery_tag": secrets.token_hex(8),
                    "body_encoding": "utf-8",
                },
                "content-type": "application/json",
                "content-encoding": "utf-8",
            }
        ).encode()

    auftrag = "cases.tasks.run_auftrag"
    return [
        b"kein json",
        b"",
        b"[]",
        b"null",
        b"{}",
        b'{"body": 1}',
        b"\xff\xfe",
        b"x" * 10_000_000,
        task("gibt.es.nicht", [1]),
        task(auftrag, ["keine Zahl"]),
        task(auftrag, [1, 2, 3]),
        task(auftrag, []),
        task(auftrag, [999_999_999]),
    ]


def f21(haus: Haus, n: int) -> Ergebnis:
    """Messages that are none, unknown tasks, old arguments, deleted ids between the orders."""
    gift, client = _poison(), haus.client()

    def strike() -> None:
        client.lpush("eilig", *(secrets.choice(gift) for _ in range(4)))

    haus.work()
    ohne = _latencies(haus, 20)
    ergebnis = _run(haus, n, strike, alle_s=0.3)
    for each in gift:
        client.lpush("eilig", each)
    mit = _latencies(haus, 20)
    liegen = int(client.llen("eilig"))
    return Ergebnis(
        versucht=ergebnis.versucht,
        verloren=ergebnis.verloren,
        doppelt=ergebnis.doppelt,
        unerklaert=ergebnis.unerklaert + liegen + int(not haus.eilig.alive),
        ruhe_s=ergebnis.ruhe_s,
        bemerkung=f"Weg einer Meldung {ohne[10]:.2f} s, zwischen den Giften {mit[10]:.2f} s",
    )


def _latencies(haus: Haus, n: int) -> list[float]:
    """Return how long single notices take from the order to the mail server, sorted."""
    found = []
    for _ in range(n):
        began = time.monotonic()
        [kennung] = bestand.order_notices(1)
        while kennung not in haus.post.zeiten and time.monotonic() - began < 60:
            time.sleep(0.005)
        found.append(haus.post.zeiten.get(kennung, time.monotonic() + 60) - began)
    return sorted(found)


def urgent(haus: Haus, n: int) -> Ergebnis:
    """Urgent notices while bulk work, digests and hundreds of letters wait."""
    haus.work()
    for _ in range(n):
        app.send_task("cases.unterlage.tasks.scan_unterlagen")
        app.send_task("cases.austausch.tasks.continue_importe")
    # Letters by e-mail of a great batch: urgent as well, but behind the notices.
    jetzt = timezone.now()
    menge = Auftrag.objects.bulk_create(
        Auftrag(
            art="versand_email",
            schluessel=f"stau:{k}:{jetzt.timestamp()}",
            gegenstand_id=10**12 + k,
            naechster_versuch=jetzt,
        )
        for k in range(n)
    )
    fern = threading.Event()

    def press() -> None:
        # The batch as it is sent off, and again and again what is found by the reconciler.
        while not fern.is_set():
            for row in menge:
                app.send_task("cases.tasks.run_auftrag", [row.pk], priority=3)
            fern.wait(RUNDE)
        connection.close()

    presse = threading.Thread(target=press, daemon=True)
    presse.start()
    zeiten = _latencies(haus, 30)
    fern.set()
    presse.join()
    Auftrag.objects.filter(pk__in=[row.pk for row in menge]).delete()
    haus.client().delete("masse", "normal")
    return Ergebnis(
        versucht=len(zeiten),
        verloren=sum(zeit >= 60 for zeit in zeiten),
        unerklaert=sum(zeit >= 5 for zeit in zeiten),
        ruhe_s=zeiten[-1],
        bemerkung=f"Eiliges bei voller Masse: Median {zeiten[15]:.2f} s, höchstens "
        f"{zeiten[-1]:.2f} s (Grenze 5 s)",
    )
