"""A whole old stock comes over: check, take over and take back, with seconds and memory.

The file is made up and repeatable: one person in five has a second case, one row in forty has a
fault, one running case in three has no day of its own.
"""

from __future__ import annotations

import csv
import hashlib
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import TypeVar

from django.db import connection
from django.utils import timezone

from bench.bestand import NACHNAMEN, VORNAMEN
from bench.datenbank import empty_database
from bench.tabelle import Messung
from cases.austausch.services.austausch import create_stapel, start_ruecknahme, start_uebernahme
from cases.austausch.tasks import advance_import
from cases.dateien.aufruf import read_table_apart
from cases.models import Importprofil, Importstapel, User
from cases.states.austausch import FELDER, Importentscheidung
from vorfuehrung.behoerde import create_behoerde, create_users

ZEILEN = int(os.environ.get("EINLESEN_ZEILEN", "20000"))
PRUEFEN_S, UEBERNEHMEN_S, ZURUECK_S, ZUWACHS_MB = 300, 300, 600, 60

_SPALTEN = [name for name in FELDER if name not in {"team", "land", "zusatz"}]
_ZUSTAENDE = ["Leistung läuft"] * 6 + ["zuständig", "Antrag eingegangen", "beendet", "beendet"]
_MIB = 1 << 20
_ANLAUF = 200
Ergebnis = TypeVar("Ergebnis")


def measure() -> Iterator[Messung]:
    """Bring a file of the given size through in a database of its own; nothing of it stays."""
    with empty_database("einlesen"):
        create_behoerde()
        users = create_users("-")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield from _run(users["leitung"], users["fallmanager"].username)


def _run(leitung: User, manager: str) -> Iterator[Messung]:
    # What a process loads once, fonts for the check of letters above all, is no cost of the file.
    for _ in _through(_create(_file(manager, _ANLAUF, "VOR"), leitung), leitung):
        pass
    daten = _file(manager, ZEILEN, "ALT")
    yield Messung("Zeilen der Datei", ZEILEN, "")
    stapel, sekunden = _timed(lambda: _create(daten, leitung))
    yield Messung("Lesen und Ablegen", sekunden, "s")
    ausgang = _memory_mb()
    _forget_peak()
    yield from _through(stapel, leitung)
    yield Messung("Zuwachs an Speicher", _peak_mb() - ausgang, "MB", ZUWACHS_MB)


def _through(stapel: Importstapel, leitung: User) -> Iterator[Messung]:
    """Check a batch, take it over and back."""
    jetzt = timezone.now()
    yield from _stage("Prüfen", stapel, PRUEFEN_S)
    offen = stapel.zeilen.filter(entscheidung=Importentscheidung.OFFEN)
    yield Messung("  davon Fragen nach derselben Person", offen.count(), "Zeilen")
    offen.update(entscheidung=Importentscheidung.NEU)
    start_uebernahme(stapel=stapel, by=leitung, now=jetzt)
    yield from _stage("Übernehmen", stapel, UEBERNEHMEN_S)
    uebernommen = stapel.zeilen.filter(state="uebernommen").count()
    yield Messung("  davon übernommene Fälle", uebernommen, "")
    start_ruecknahme(stapel=stapel, by=leitung, now=jetzt)
    yield from _stage("Zurücknehmen", stapel, ZURUECK_S)
    rest = stapel.zeilen.filter(state="uebernommen").count()
    yield Messung("  danach noch übernommen", rest, "", 0)


def _stage(was: str, stapel: Importstapel, grenze: float) -> Iterator[Messung]:
    """Work as the worker does until nothing is left; the time limit is that of 20,000 rows."""
    rechnen = time.process_time()
    _, sekunden = _timed(lambda: _finish(stapel))
    yield Messung(was, sekunden, "s", grenze * ZEILEN / 20_000)
    yield Messung(f"  {was}: Rechenzeit des Programms", time.process_time() - rechnen, "s")
    yield Messung(f"  {was}: Speicher danach", _memory_mb(), "MB")


def _finish(stapel: Importstapel) -> None:
    while advance_import(stapel.pk, 60):
        pass


def _timed(work: Callable[[], Ergebnis]) -> tuple[Ergebnis, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def _create(daten: bytes, leitung: User) -> Importstapel:
    profil, _ = Importprofil.objects.get_or_create(
        name="Messung",
        defaults={"zuordnung": {name: FELDER[name].titel for name in _SPALTEN}},
    )
    return create_stapel(
        tabelle=read_table_apart(daten),
        dateiname="messung.csv",
        sha256=hashlib.sha256(daten).hexdigest(),
        profil=profil,
        team=leitung.geleitete_teams.order_by("name")[0],
        soll={},
        by=leitung,
        now=timezone.now(),
    )


def _file(manager: str, zeilen: int, kennung: str) -> bytes:
    zufall, puffer = random.Random(20260101), StringIO(newline="")
    schreiber = csv.writer(puffer, delimiter=";")
    schreiber.writerow([FELDER[name].titel for name in _SPALTEN])
    person: dict[str, str] = {}
    for nummer in range(zeilen):
        if not person or nummer % 5:
            person = _person(zufall)
        row = {**person, **_case(zufall, nummer, manager), "aktenzeichen": f"{kennung}-{nummer:06}"}
        schreiber.writerow([row.get(name, "") for name in _SPALTEN])
    return puffer.getvalue().encode("utf-8-sig")


def _person(zufall: random.Random) -> dict[str, str]:
    geboren = date(1935, 1, 1) + timedelta(days=zufall.randrange(30_000))
    return {
        "anrede": zufall.choice(("Frau", "Herr", "")),
        "vorname": zufall.choice(VORNAMEN),
        "nachname": f"{zufall.choice(NACHNAMEN)}{zufall.choice(('', '', '-Neu', 'berg', 'hof'))}",
        "geburtsdatum": f"{geboren:%d.%m.%Y}",
        "strasse": f"Lindenweg {zufall.randrange(1, 200)}",
        "plz": f"{zufall.randrange(1067, 99999):05}",
        "ort": "Musterau",
        "telefon": f"07999 {zufall.randrange(1000, 99999)}",
        "iban": "DE89 3704 0044 0532 0130 00",
        "behinderungsart": zufall.choice(("körperlich", "geistig", "seelisch", "")),
    }


def _case(zufall: random.Random, nummer: int, manager: str) -> dict[str, str]:
    seit = date(2015, 1, 1) + timedelta(days=zufall.randrange(3_500))
    zustand = zufall.choice(_ZUSTAENDE)
    heute = timezone.localdate()
    laeuft = zustand == "Leistung läuft" and nummer % 3
    return {
        "fallmanagement": manager,
        "zustand": zustand if nummer % 40 else "unklar",
        "eroeffnet_am": f"{seit:%d.%m.%Y}",
        "begehren": "Assistenz im eigenen Wohnraum",
        "beendet_am": f"{seit + timedelta(days=400):%d.%m.%Y}" if zustand == "beendet" else "",
        "wiedervorlage_am": f"{heute + timedelta(days=nummer % 300):%d.%m.%Y}" if laeuft else "",
        "betrag": f"{zufall.randrange(200, 2000)},50",
    }


def _memory_mb() -> float:
    seiten = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(seiten) * os.sysconf("SC_PAGE_SIZE") / _MIB


def _forget_peak() -> None:
    """Let the highest memory count from now on, where the system allows it."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_mb() -> float:
    """Return the highest memory of this process since it was last forgotten."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    zeile = next(line for line in status if line.startswith("VmHWM"))
    return int(zeile.split()[1]) / 1024
