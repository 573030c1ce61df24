"""Pages at 100,000 cases: number of queries and the slowest of twenty answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from bench.bestand import FAELLE, Bestand, build
from bench.tabelle import Messung
from cases.models import User

RUNDEN = 40
QUERIES, QUERIES_CASE, P95_MS, P95_CASE_MS = 12, 25, 200, 250
_BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SHOW")
_SUCHEN = (
    "Müller",
    "Anna Schmidt",
    "mueller jürgen",
    "Schmitdt",
    "Maier",
    "03.02.1988",
    "Wiśniewska Łucja",
    "Gartenweg 17",
    "Neustadt Becker",
    "Öhlerbach",
    "BM-2025-00012",
    "70998 Koch",
    "xyzabc",
)


def p95(times: list[float]) -> float:
    """Return the 95th percentile: of forty answers the third slowest."""
    return sorted(times)[int(len(times) * 0.95) - 1]


def _count(work: Callable[[], int]) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as seen:
        status = work()
    return status, sum(not q["sql"].startswith(_BOOKKEEPING) for q in seen.captured_queries)


def _measure(
    was: str, works: list[Callable[[], int]], queries: int, limit_ms: int
) -> Iterator[Messung]:
    """Ask each page until forty answers are measured; every answer must be a page."""
    counts, times = [], []
    # The name of the authority and the like are read once per process, not per page.
    works[0]()
    for work in works:
        status, number = _count(work)
        if status != 200:
            raise RuntimeError(f"{was} antwortet mit {status}.")
        counts.append(number)
    for n in range(RUNDEN):
        began = time.perf_counter()
        works[n % len(works)]()
        times.append((time.perf_counter() - began) * 1000)
    yield Messung(f"{was} – Abfragen, höchste", max(counts), "", queries)
    yield Messung(f"{was} – 95 von 100 Antworten", p95(times), "ms", limit_ms)


def _get(client: Client, path: str) -> Callable[[], int]:
    return lambda: client.get(path).status_code


def _enter(client: Client, text: str) -> Callable[[], int]:
    """Type words and follow to the page of hits; the status is that of a page either way."""
    return lambda: 200 if client.post(reverse("suche"), {"suchtext": text})["Location"] else 0


def _hits(client: Client, text: str) -> Callable[[], int]:
    return _get(client, client.post(reverse("suche"), {"suchtext": text})["Location"])


def _as(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def _pages(bestand: Bestand) -> Iterator[Messung]:
    manager, leitung = _as(bestand.fallmanager), _as(bestand.leitung)
    revision = _as(bestand.revision)
    liste, start = reverse("faelle"), reverse("start")
    yield from _measure("Mein Tag, Fallmanagement", [_get(manager, start)], QUERIES, P95_MS)
    yield from _measure("Mein Tag, Leitung", [_get(leitung, start)], QUERIES, P95_MS)
    for wer, client in (("Fallmanagement", manager), ("Leitung", leitung), ("Revision", revision)):
        works = [_get(client, liste), _get(client, f"{liste}?zustand=leistung_laeuft")]
        yield from _measure(f"Fälle, {wer}", works, QUERIES, P95_MS)
    for wer, client in (("Fallmanagement", manager), ("Revision", revision)):
        # A search is two requests: the words go in by POST, the page of hits follows.
        eingaben = [_enter(client, text) for text in _SUCHEN]
        yield from _measure(f"Suche, Eingabe, {wer}", eingaben, QUERIES, P95_MS)
        treffer = [_hits(client, text) for text in _SUCHEN if not text.startswith("BM")]
        yield from _measure(f"Suche, Treffer, {wer}", treffer[-10:], QUERIES, P95_MS)
    faelle = [_get(manager, reverse("fall", args=[pk])) for pk in bestand.faelle[:RUNDEN]]
    yield from _measure("Fallseite", faelle, QUERIES_CASE, P95_CASE_MS)


def measure() -> Iterator[Messung]:
    """Build the stock, ask the pages, take everything back."""
    get_resolver().url_patterns  # noqa: B018
    with transaction.atomic():
        began = time.perf_counter()
        bestand = build(timezone.localdate())
        yield Messung(
            f"{FAELLE:,} Fälle anlegen".replace(",", "."), time.perf_counter() - began, "s"
        )
        yield from _pages(bestand)
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL")
