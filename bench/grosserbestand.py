"""Pages at 100,000 cases: statements, the slowest of twenty answers, CPU beside the floor page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.test import Client
from django.test.utils import override_settings
from django.urls import get_resolver, reverse

from bench.bestand import Bestand
from bench.boden import URLCONF
from bench.datenbank import stock_database
from bench.kosten import Kosten, cpu_rows, kosten_of
from bench.tabelle import Messung, p95
from cases.models import User

RUNDEN = 40
# What a reader may open in an hour without anybody being told.
FAELLE_JE_STUNDE = 36
# Statements and milliseconds.
LISTE, SEITE = (20, 200), (30, 250)
# How many times the CPU of the floor page a page may take.
LISTE_FACH, SEITE_FACH, TAG_FACH = 3.0, 4.0, 5.0
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


def _measure(
    was: str,
    works: list[Callable[[], int]],
    limits: tuple[int, int],
    boden: Kosten,
    fach: float | None = None,
) -> Iterator[Messung]:
    """Ask each page until forty answers are measured; every answer must be a page."""
    # The name of the authority and the like are read once per process, not per page.
    for work in works:
        status = work()
        if status != 200:
            raise RuntimeError(f"{was} antwortet mit {status}.")
    kosten, times = kosten_of(works), []
    for n in range(RUNDEN):
        began = time.perf_counter()
        works[n % len(works)]()
        times.append((time.perf_counter() - began) * 1000)
    yield Messung(f"{was} – Anweisungen, höchste", kosten.anweisungen, "", limits[0])
    yield Messung(f"{was} – 95 von 100 Antworten", p95(times), "ms", limits[1])
    yield from cpu_rows(was, kosten, boden, fach)


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
    erste = bestand.fallmanager[0]
    manager, leitung = _as(erste), _as(bestand.leitung)
    revision = _as(bestand.revision)
    faelle = bestand.faelle[erste.pk][:FAELLE_JE_STUNDE]
    boeden = [_get(manager, reverse("boden", args=[pk])) for pk in faelle]
    for work in boeden:
        work()
    boden = kosten_of(boeden, RUNDEN)
    yield Messung("Bodenseite – Anweisungen", boden.anweisungen, "")
    yield from cpu_rows("Bodenseite", boden, boden, None)
    liste, start = reverse("faelle"), reverse("start")
    for wer, client in (("Fallmanagement", manager), ("Leitung", leitung)):
        zeilen = client.get(start).content.count(b'<th scope="row"')
        tag = f"Mein Tag, {wer}, {zeilen} Zeilen"
        yield from _measure(tag, [_get(client, start)], LISTE, boden, TAG_FACH)
    for wer, client in (("Fallmanagement", manager), ("Leitung", leitung), ("Revision", revision)):
        works = [_get(client, liste), _get(client, f"{liste}?zustand=leistung_laeuft")]
        yield from _measure(f"Fälle, {wer}", works, LISTE, boden, LISTE_FACH)
    for wer, client in (("Fallmanagement", manager), ("Revision", revision)):
        # A search is two requests: the words go in by POST, the page of hits follows.
        eingaben = [_enter(client, text) for text in _SUCHEN]
        yield from _measure(f"Suche, Eingabe, {wer}", eingaben, LISTE, boden)
        treffer = [_hits(client, text) for text in _SUCHEN if not text.startswith("BM")]
        yield from _measure(f"Suche, Treffer, {wer}", treffer[-10:], LISTE, boden)
    seiten = [_get(manager, reverse("fall", args=[pk])) for pk in faelle]
    yield from _measure("Fallseite", seiten, SEITE, boden, SEITE_FACH)
    plan = [_get(manager, reverse("gesamtplan", args=[pk])) for pk in bestand.geplant[:2]]
    yield from _measure("Gesamtplan", plan, SEITE, boden, SEITE_FACH)


def measure() -> Iterator[Messung]:
    """Ask the pages of a copy of the stock; the copy is dropped."""
    with stock_database() as (bestand, row), override_settings(ROOT_URLCONF=URLCONF):
        get_resolver().url_patterns  # noqa: B018
        yield row
        yield from _pages(bestand)
