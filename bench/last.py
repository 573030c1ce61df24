"""Load at 100,000 cases: lists, case pages and Mein Tag against a real gunicorn.

Eight readers ask one after the other without a pause, as a browser would over kept connections,
first for the floor page, then for the mix; what counts is the one beside the other. The client is
this small because it runs on the cores that it measures: locust asks for twenty packages and
takes more of them than the floor page does.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from bench.bestand import Bestand
from bench.boden import URLCONF
from bench.datenbank import stock_database, url_of_database
from bench.tabelle import Messung, p95

LESER, FAELLE_JE_LESER = 8, 36
SEKUNDEN, ANFRAGEN, VORLAUF = 20.0, 4_000, 2.0
P95_MS = 300
# 45 requests a second where the floor page holds 121.
ANTEIL = 45 / 121
# Ten requests: four lists, five cases, one Mein Tag.
_FOLGE = ("fall", "liste", "fall", "liste", "fall", "tag", "liste", "fall", "liste", "fall")


@dataclass
class Zaehlung:
    """What the readers have seen; `zeiten` in milliseconds by kind of page."""

    zeiten: dict[str, list[float]] = field(default_factory=dict)
    andere: Counter[int] = field(default_factory=Counter)
    sekunden: float = 0.0

    @property
    def alle(self) -> list[float]:
        """The times of all pages."""
        return [ms for zeiten in self.zeiten.values() for ms in zeiten]

    @property
    def je_sekunde(self) -> float:
        """Pages answered in a second."""
        return len(self.alle) / self.sekunden


@dataclass(frozen=True)
class Leser:
    """One reader: a session, and the cases that it opens."""

    cookie: str
    faelle: tuple[int, ...]

    def boden(self) -> Iterator[tuple[str, str]]:
        """The floor page, case by case."""
        return cycle([("boden", reverse("boden", args=[pk])) for pk in self.faelle])

    def mischung(self) -> Iterator[tuple[str, str]]:
        """40 of 100 lists (half of them filtered), 50 case pages, 10 times Mein Tag."""
        liste = reverse("faelle")
        listen = cycle([liste, f"{liste}?zustand=leistung_laeuft"])
        seiten = cycle([reverse("fall", args=[pk]) for pk in self.faelle])
        adressen = {"liste": listen, "fall": seiten, "tag": cycle([reverse("start")])}
        return ((art, next(adressen[art])) for art in cycle(_FOLGE))


def _readers(bestand: Bestand) -> list[Leser]:
    readers = []
    for user in bestand.fallmanager[:LESER]:
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = f"{name}={client.cookies[name].value}"
        readers.append(Leser(cookie, tuple(bestand.faelle[user.pk][:FAELLE_JE_LESER])))
    return readers


@contextmanager
def _server() -> Iterator[tuple[str, int]]:
    """Start gunicorn as the product does, on a free port of the loopback, and stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host, port = probe.getsockname()
    command = [sys.executable, "-m", "gunicorn", "bench.wsgi:application", "--preload"]
    command += ["--config", "python:config.gunicorn", "--bind", f"{host}:{port}"]
    command += ["--workers", "2", "--threads", "4", "--log-level", "warning"]
    command += ["--no-control-socket"]
    server = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": url_of_database()}
    )
    try:
        _wait(server, host, port)
        yield host, port
    finally:
        server.terminate()
        server.wait(40)


def _wait(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    until = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("gunicorn hat nicht begonnen zu antworten.")


def _run(
    address: tuple[str, int],
    readers: list[Leser],
    pages: Callable[[Leser], Iterator[tuple[str, str]]],
) -> Zaehlung:
    """Let all readers ask until the time or the number of requests is used up."""
    found, lock = Zaehlung(), threading.Lock()
    began = time.monotonic()
    from_then, until = began + VORLAUF, began + VORLAUF + SEKUNDEN

    def read(reader: Leser) -> None:
        line = http.client.HTTPConnection(*address, timeout=60)
        header = {"Cookie": reader.cookie, "Host": "localhost", "Accept-Encoding": "gzip"}
        for _, (art, path) in zip(range(ANFRAGEN // LESER), pages(reader), strict=False):
            start = time.monotonic()
            if start > until:
                break
            line.request("GET", path, headers=header)
            answer = line.getresponse()
            answer.read()
            ms = (time.monotonic() - start) * 1000
            with lock:
                if answer.status != 200:
                    found.andere[answer.status] += 1
                elif start >= from_then:
                    found.zeiten.setdefault(art, []).append(ms)
        line.close()

    threads = [threading.Thread(target=read, args=[reader]) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.sekunden = time.monotonic() - from_then
    return found


def _rows(boden: Zaehlung, mischung: Zaehlung) -> Iterator[Messung]:
    for was, found in (("Bodenseite", boden), ("Mischung", mischung)):
        if found.andere:
            raise RuntimeError(f"{was}: Antworten, die keine Seite sind: {dict(found.andere)}.")
    yield Messung("Bodenseite – Anfragen in der Sekunde", boden.je_sekunde, "")
    yield Messung("Bodenseite – 95 von 100 Antworten", p95(boden.alle), "ms")
    for art, was in (("liste", "Fälle"), ("fall", "Fallseite"), ("tag", "Mein Tag")):
        zeiten = mischung.zeiten[art]
        yield Messung(f"{was}, {len(zeiten)} Anfragen – 95 von 100", p95(zeiten), "ms")
    yield Messung("Mischung – Anfragen in der Sekunde", mischung.je_sekunde, "")
    yield Messung("Mischung – 95 von 100 Antworten", p95(mischung.alle), "ms", P95_MS)
    # Told as the inverse, so that the limit is an upper one like all others.
    fach = boden.je_sekunde / mischung.je_sekunde
    yield Messung("Bodenseiten, für die eine Seite der Mischung steht", fach, "", 1 / ANTEIL)


def measure() -> Iterator[Messung]:
    """Ask the floor page, then the mix, in a copy of the stock."""
    with stock_database() as (bestand, row), override_settings(ROOT_URLCONF=URLCONF):
        yield row
        readers = _readers(bestand)
        with _server() as address:
            boden = _run(address, readers, Leser.boden)
            mischung = _run(address, readers, Leser.mischung)
        yield Messung(f"Last des Rechners auf {os.cpu_count()} Kernen", os.getloadavg()[0], "")
        yield from _rows(boden, mischung)
