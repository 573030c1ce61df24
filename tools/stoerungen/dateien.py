"""Faults of letters and files: killed amid the work, a full disk, flipped bytes, keys, clocks."""

from __future__ import annotations

import hashlib
import os
import resource
import secrets
import signal
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from io import StringIO
from typing import Any

import psycopg
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from cases.models import (
    Case,
    Druckstapel,
    Erinnerungsmail,
    Schreiben,
    Schreibendatei,
    Versand,
    Versandweg,
)
from cases.schreiben.satz import pdf
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.satz.setzerei import Setzerei
from cases.schreiben.services import druckstapel as stapelservice
from cases.schreiben.services import versand as versandservice
from cases.schreiben.services.schreiben import pdf_of
from cases.services.betrieb import scrub
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tools.stoerungen import bestand
from tools.stoerungen.haus import Haus
from tools.stoerungen.tafel import Ergebnis

_TOETUNGEN = 40
# Of so many orders the faults kill, at least; the rest of n is checked with them.
_JE_STAPEL = 20


def killed_after(seconds: float, work: Callable[[], object]) -> bool:
    """Do the work in a process of its own that is killed after so long; whether it was done."""
    connection.close()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            # Nothing of the parent is to be ended here.
            os._exit(code)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        number, status = os.waitpid(child, os.WNOHANG)
        if number:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _seconds_of(work: Callable[[], object]) -> float:
    began = time.monotonic()
    killed_after(60, work)
    return time.monotonic() - began


def _random(hoechstens: float) -> float:
    return hoechstens * secrets.randbelow(1000) / 1000


def broken_letters() -> int:
    """Return how many letters have no file or another one than they say."""
    ohne = Schreiben.objects.filter(datei__isnull=True).count()
    return ohne + sum(scrub().values())


def letter_killed(haus: Haus, n: int) -> Ergebnis:
    """Kill -9 the process that sets and freezes a letter, at any moment; then do it again."""
    haus.rest()
    by = bestand.person_of_staff("fallmanager", Rolle.FALLMANAGEMENT)
    anzahl = min(_TOETUNGEN, n)
    cases = bestand.open_cases(anzahl + 1, by)
    pdf.warm_up()
    dauer = _seconds_of(lambda: bestand.write_letter(cases[0], by))
    began = time.monotonic()
    for case in cases[1:]:
        killed_after(_random(dauer), partial(bestand.write_letter, case, by))
    halb = broken_letters()
    mehr = 0
    for case in cases[1:]:
        if not case.schreiben_liste.exists():
            bestand.write_letter(case, by)
        mehr += case.schreiben_liste.count() - 1
    return Ergebnis(
        anzahl,
        verloren=sum(not case.schreiben_liste.exists() for case in cases),
        doppelt=mehr,
        unerklaert=halb + broken_letters(),
        ruhe_s=time.monotonic() - began,
        bemerkung=f"Satz und Festschreiben ({dauer:.2f} s) an beliebiger Stelle getötet",
    )


_SEITE = "<!doctype html><html lang=de><head><title>Probe</title></head><body>{}</body></html>"


def f03(haus: Haus, n: int) -> Ergebnis:
    """Letters that need too much memory, too much time or foreign addresses, between good ones."""
    haus.rest()
    setzerei = Setzerei(speicher=1000 * 1024 * 1024, sekunden=2, warten=5)
    wie: dict[str, Any] = {"anlage": b"{}", "anlage_name": "x.json", "datum": date(2026, 1, 5)}
    gut = _SEITE.format("<p>Guten Tag</p>")
    schlecht = [
        _SEITE.format("<p>x</p>" * 300_000),
        _SEITE.format("<table>" + "<tr><td>x</td></tr>" * 60_000 + "</table>"),
        _SEITE.format("<img alt=x src='http://127.0.0.1:9/x'>"),
    ]
    began, heraus, falsch = time.monotonic(), [], 0
    for k in range(n):
        if k % max(1, n // 9) == 1:
            falsch += _is_set(setzerei, schlecht[k % len(schlecht)], wie)
        heraus.append(_pdf_or_nothing(setzerei, gut, wie))
    setzerei.close()
    return Ergebnis(
        n,
        verloren=heraus.count(b""),
        unerklaert=falsch + len(set(heraus)) - 1,
        ruhe_s=time.monotonic() - began,
        bemerkung=f"{len(range(1, n, max(1, n // 9)))} davon zu groß oder fremd: abgelehnt, die "
        "übrigen sind Byte für Byte gleich",
    )


def _pdf_or_nothing(setzerei: Setzerei, html: str, wie: dict[str, Any]) -> bytes:
    try:
        return setzerei.render(html, **wie).pdf
    except SchreibenFehler:
        return b""


def _is_set(setzerei: Setzerei, html: str, wie: dict[str, Any]) -> bool:
    return bool(_pdf_or_nothing(setzerei, html, wie))


def f11(haus: Haus, n: int) -> Ergebnis:
    """No byte can be written to the disk of the program: letters are set, frozen and whole."""
    haus.rest()
    by = bestand.person_of_staff("fallmanager", Rolle.FALLMANAGEMENT)
    cases = bestand.open_cases(min(_TOETUNGEN, n), by)
    began = time.monotonic()

    def write(case: Case) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        bestand.write_letter(case, by)

    # The typeface is there before the disk is full, as behind the pages.
    pdf.warm_up()
    bestand.write_letter(cases[0], by)
    geschrieben = sum(killed_after(60, partial(write, case)) for case in cases[1:])
    da = sum(case.schreiben_liste.exists() for case in cases)
    return Ergebnis(
        len(cases),
        verloren=len(cases) - da,
        unerklaert=abs(da - 1 - geschrieben) + broken_letters(),
        ruhe_s=time.monotonic() - began,
    )


def f28(haus: Haus, n: int) -> Ergebnis:
    """Kill -9 the builder of print batches at any point: a batch is there whole or not at all."""
    haus.rest()
    by, heute = bestand.person_of_staff("fallmanager", Rolle.FALLMANAGEMENT), timezone.localdate()
    briefe = bestand.letters(n, by)
    ids = [
        versandservice.send(schreiben=brief, weg=Versandweg.POST, by=by, tag=heute).pk
        for brief in briefe
    ]
    gruppen = [ids[k : k + _JE_STAPEL] for k in range(0, len(ids), _JE_STAPEL)]

    def build(gruppe: list[int]) -> Druckstapel:
        return stapelservice.create_druckstapel(versand_ids=gruppe, by=by, tag=heute)

    dauer = _seconds_of(lambda: build(gruppen[0]))
    began, schlaege = time.monotonic(), 0
    for gruppe in gruppen[1:]:
        for _ in range(3):
            schlaege += 1
            if killed_after(_random(dauer), partial(build, gruppe)):
                break
        if not Druckstapel.objects.filter(versand_liste=gruppe[0]).exists():
            build(gruppe)
    stapel = Druckstapel.objects.all()
    je_brief = [Versand.objects.get(pk=pk).druckstapel_liste.count() for pk in ids]
    return Ergebnis(
        len(ids),
        verloren=je_brief.count(0),
        doppelt=sum(k - 1 for k in je_brief if k > 1),
        unerklaert=sum(_unreadable(row) for row in stapel),
        ruhe_s=time.monotonic() - began,
        bemerkung=f"{len(gruppen)} Druckstapel, {schlaege}-mal getötet",
    )


def _unreadable(row: Druckstapel) -> bool:
    return hashlib.sha256(bytes(row.pdf)).hexdigest() != row.pdf_sha256


def f31(haus: Haus, n: int) -> Ergebnis:
    """Flip a byte in every letter: the night finds all of them, and none is handed out."""
    haus.rest()
    by = bestand.person_of_staff("fallmanager", Rolle.FALLMANAGEMENT)
    briefe, began = bestand.letters(n, by), time.monotonic()
    pks = [brief.pk for brief in briefe]
    flip = (
        "UPDATE cases_schreibendatei SET pdf = set_byte(pdf, 200, 255 - get_byte(pdf, 200)) "
        "WHERE schreiben_id = ANY(%s)"
    )
    _as_owner(haus, flip, pks)
    gefunden = scrub().get("Schreiben, deren Datei verändert ist", 0)
    heraus = sum(_handed_out(brief) for brief in briefe)
    _as_owner(haus, flip, pks)
    danach = scrub().get("Schreiben, deren Datei verändert ist", 0)
    vorhanden = Schreibendatei.objects.filter(schreiben__in=pks).count()
    return Ergebnis(
        len(pks),
        verloren=len(pks) - vorhanden,
        unerklaert=abs(len(pks) - gefunden) + heraus + danach,
        ruhe_s=time.monotonic() - began,
        bemerkung=f"{gefunden} gefunden, {heraus} herausgegeben, nach dem Zurückdrehen {danach}",
    )


def _as_owner(haus: Haus, statement: str, pks: list[int]) -> None:
    """Do what only somebody past the program could do: the triggers are off for it."""
    with psycopg.connect(haus.env["EIGENTUEMER_URL"]) as line:
        line.execute("SET LOCAL session_replication_role = replica")
        line.execute(statement, [pks])


def _handed_out(brief: Schreiben) -> bool:
    try:
        pdf_of(Schreiben.objects.get(pk=brief.pk))
    except SchrittUnzulaessig:
        return False
    return True


def f20(haus: Haus, n: int) -> Ergebnis:
    """Let the clock of the program jump: no day that has not come, and no day twice."""
    del n
    haus.rest()
    tage = [
        date(2026, 10, 25),
        date(2027, 3, 28),
        date(2028, 2, 29),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2030, 12, 31),
        *(timezone.localdate() + timedelta(days=k) for k in (-2, -1, 1, 2, 30)),
    ]
    began = time.monotonic()
    heute, jetzt = timezone.localdate(), timezone.now()
    # A day of the future is refused; one of the past is a day that the house stood still.
    falsch = sum(_runs(f"{tag:%d.%m.%Y}") != (tag <= heute) for tag in tage)
    spruenge = [timedelta(days=k) for k in (-400, -2, 2, 400)]
    spruenge += [timedelta(hours=k) for k in (-1, 1)]
    for sprung in spruenge:
        with time_machine.travel(jetzt + sprung):
            # An hour is only told; a day or more stops every step with a legal effect.
            gelaufen = _runs(None)
            falsch += gelaufen and abs(sprung) >= timedelta(days=1)
    return Ergebnis(
        len(tage) + len(spruenge),
        unerklaert=falsch + _runs_of_the_future() + _doubled_digests(),
        ruhe_s=time.monotonic() - began,
        bemerkung="Zeitumstellung, Schalttag, Jahreswechsel, Sprünge; Künftiges wird verweigert",
    )


def _runs(tag: str | None) -> bool:
    """Whether the daily run of this day (None: what the program takes for today) is done."""
    try:
        call_command("fristenlauf", *(["--tag", tag] if tag else []), stdout=StringIO())
    except (CommandError, SchrittUnzulaessig):
        return False
    return True


def _doubled_digests() -> int:
    je_tag = Erinnerungsmail.objects.values("user", "datum").annotate(anzahl=Count("pk"))
    return je_tag.filter(anzahl__gt=1).count()


def _runs_of_the_future() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_tageslauf WHERE datum > current_date")
        return int(cursor.fetchone()[0])


def f32(haus: Haus, n: int) -> Ergebnis:
    """Start with a key missing or another one of the same name: refused, and the name is said."""
    del n
    haus.rest()
    began, falsch = time.monotonic(), 0
    schluessel = ("neu:" + "ab" * 32, "dev:" + "cd" * 32)
    for wert in schluessel:
        start = haus.manage("nachtpruefung", FALLWERK_FELDSCHLUESSEL=wert)
        falsch += start.returncode == 0
    heil = haus.manage("nachtpruefung")
    return Ergebnis(
        len(schluessel) + 1,
        unerklaert=falsch + int(heil.returncode != 0),
        ruhe_s=time.monotonic() - began,
        bemerkung="" if heil.returncode == 0 else heil.stdout[-200:],
    )
