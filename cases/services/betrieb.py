"""What runs by itself is watched: signs of life, the nightly check, the state for operators."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import redis
from django.conf import settings
from django.db import connection, models
from django.db.models import Count, Min
from psycopg import sql

from cases.crypto import decrypt, decrypt_bytes
from cases.models import (
    Auftrag,
    Betriebsstand,
    Druckstapel,
    Schreiben,
    Schreibendatei,
    Tageslauf,
    Unterlagendatei,
)
from cases.queries.geschichte import rows_beside_their_history
from cases.queries.invarianten import broken_invariants, invarianten
from cases.queries.schlangen import Schlange, count_of_house, lines_of_work, poisoned
from cases.queries.uhr import read_uhren
from cases.services.feldschluessel import encrypted_columns, faults_of_keys
from cases.services.protokoll import check_logs
from cases.states.auftrag import Auftragzustand

logger = logging.getLogger("fallwerk.betrieb")

TAKT, NACHT, ABGLEICH = "takt", "nachtpruefung", "abgleich"
PRODUKTION = "produktion"
Staende = Mapping[str, Betriebsstand]


@dataclass(frozen=True)
class Lauf:
    """Something that runs by itself: what it is called, and how old its last run may be."""

    schluessel: str
    titel: str
    grenze: timedelta


# The daily run has rows of its own and stands beside these.
LAEUFE = (
    Lauf(ABGLEICH, "Abgleich der Aufträge", timedelta(minutes=5)),
    Lauf("bestandsuebernahme", "Fortsetzen der Übernahmen", timedelta(minutes=15)),
    Lauf("serienbriefe", "Fortsetzen der Serienbriefe", timedelta(minutes=15)),
    Lauf("unterlagenpruefung", "Prüfung von Dateien auf Schadsoftware", timedelta(minutes=45)),
    Lauf("zugriffsbeobachtung", "Beobachtung der Zugriffe", timedelta(minutes=45)),
    Lauf("protokollsiegel", "Siegel der Protokolle", timedelta(hours=30)),
    Lauf("entwuerfe", "Löschen alter Entwürfe", timedelta(hours=30)),
    Lauf(NACHT, "Nachtprüfung", timedelta(hours=30)),
)


def note(schluessel: str, *, now: datetime, ergebnis: dict[str, int]) -> None:
    """Note that something that runs by itself has run, and what came of it."""
    Betriebsstand.objects.update_or_create(
        schluessel=schluessel, defaults={"zeitpunkt": now, "befunde": ergebnis}
    )


def mark_production(*, now: datetime) -> None:
    """Mark this database as one with real data; the first start of a production does so."""
    Betriebsstand.objects.get_or_create(schluessel=PRODUKTION, defaults={"zeitpunkt": now})


def is_production() -> bool:
    """Whether a production has ever worked with this database."""
    return Betriebsstand.objects.filter(schluessel=PRODUKTION).exists()


def note_beat(*, now: datetime) -> None:
    """Note that beat has sent and a worker has taken a task."""
    Betriebsstand.objects.update_or_create(schluessel=TAKT, defaults={"zeitpunkt": now})


def check_night(*, now: datetime) -> dict[str, int]:
    """Check every ciphertext and file, the chain of the logs and the invariants; note the result.

    Anything found is an error in the log of the program as well.
    """
    befunde = broken_invariants() | scrub()
    if anzahl := len(check_logs()):
        befunde["Zeilen der Protokolle, die nicht zu ihrem Siegel passen"] = anzahl
    if anzahl := len(faults_of_keys()):
        befunde["fehlende oder falsche Feldschlüssel"] = anzahl
    Betriebsstand.objects.update_or_create(
        schluessel=NACHT, defaults={"zeitpunkt": now, "befunde": befunde}
    )
    for name, anzahl in befunde.items():
        logger.error("Nachtprüfung", extra={"schluessel": name, "anzahl": anzahl})
    return befunde


def scrub() -> dict[str, int]:
    """Open every encrypted text and every file; return how many are damaged, by table.

    Rows that were changed past the program are found by their history: what is in clear, such as
    the amounts of a released decision, carries no mark of its own.
    """
    found: dict[str, int] = {}
    for model, column, purpose in encrypted_columns():
        defekt = sum(not _opens(stored, purpose) for stored in _values(model, column))
        if defekt:
            found[f"beschädigte Texte in {model._meta.verbose_name_plural} ({column})"] = defekt
    briefe = Schreibendatei.objects.select_related("schreiben")
    dateien = Unterlagendatei.objects.select_related("unterlage")
    pruefungen: tuple[tuple[str, models.QuerySet[Any], Callable[[Any], bool]], ...] = (
        ("Schreiben, deren Datei verändert ist", briefe, _letter_is_whole),
        ("Schreiben, deren Daten nicht die ihren sind", Schreiben.objects.all(), _data_belong),
        ("Druckstapel, deren Datei verändert ist", Druckstapel.objects.all(), _batch_is_whole),
        ("Unterlagen, deren Datei verändert ist", dateien, _file_is_whole),
    )
    for name, zeilen, ist_heil in pruefungen:
        rows = zeilen.order_by("pk").iterator(chunk_size=20)
        falsch = sum(not ist_heil(row) for row in rows)
        if falsch:
            found[name] = falsch
    return found | rows_beside_their_history()


def _letter_is_whole(row: Any) -> bool:
    return bool(hashlib.sha256(bytes(row.pdf)).hexdigest() == row.schreiben.pdf_sha256)


def _data_belong(row: Any) -> bool:
    """Whether address and day of the data are those of the row, as when it was frozen.

    What cannot be opened at all is counted as a damaged text.
    """
    kopf = row.daten.get("kopf") if isinstance(row.daten, dict) else None
    if not kopf or isinstance(row.empfaenger, str):
        return True
    return bool(kopf["anschrift"] == row.empfaenger and kopf["datum"] == row.datum.isoformat())


def _batch_is_whole(row: Any) -> bool:
    return bool(hashlib.sha256(bytes(row.pdf)).hexdigest() == row.pdf_sha256)


def _file_is_whole(row: Any) -> bool:
    try:
        inhalt = decrypt_bytes(bytes(row.inhalt), f"unterlage.datei.{row.unterlage_id}")
    except ValueError:
        return False
    soll = row.unterlage.sha256
    return bool(not soll or hashlib.sha256(inhalt).hexdigest() == soll)


def _values(model: type[models.Model], column: str) -> list[str]:
    name, table = sql.Identifier(column), sql.Identifier(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {} FROM {} WHERE {} <> ''").format(name, table, name))
        return [row[0] for row in cursor.fetchall()]


def _opens(stored: str, purpose: str) -> bool:
    try:
        decrypt(stored, purpose)
    except ValueError:
        return False
    return True


def runs_by_key() -> Staende:
    """Return the last run of everything that runs by itself."""
    return {row.schluessel: row for row in Betriebsstand.objects.all()}


def state_of_operation(
    *,
    now: datetime,
    staende: Staende | None = None,
    schlangen: Sequence[Schlange] | None = None,
) -> dict[str, Any]:
    """Return clocks, age of beat, oldest order, last check: what operators watch.

    A page that shows runs and lines of work as well hands over what it has read.
    """
    staende = runs_by_key() if staende is None else staende
    schlangen = lines_of_work(now) if schlangen is None else schlangen
    takt, nacht = staende.get(TAKT), staende.get(NACHT)
    uhren = read_uhren(now)
    faellig = Auftrag.objects.filter(state=Auftragzustand.OFFEN, naechster_versuch__lte=now)
    aeltester = faellig.aggregate(aeltester=Min("naechster_versuch"))["aeltester"]
    seit = Tageslauf.objects.aggregate(seit=Min("begonnen"))["seit"]
    haus = count_of_house()
    offen = Auftrag.objects.order_by().values_list("state").annotate(anzahl=Count("pk"))
    return {
        "uhr_abweichung_s": round(uhren.abweichung.total_seconds(), 1),
        "takt_alter_s": _age(takt.zeitpunkt if takt else None, now),
        "tageslauf_alter_s": _age(uhren.letzter_lauf, now),
        "auftraege": {state: anzahl for state, anzahl in offen if state != Auftragzustand.FERTIG},
        "aeltester_auftrag_s": _age(aeltester, now) or 0,
        "nachtpruefung_alter_s": _age(nacht.zeitpunkt if nacht else None, now),
        "befunde": nacht.befunde if nacht else {},
        "in_betrieb_s": _age(seit, now) or 0,
        "laeufe_alter_s": {
            lauf.schluessel: _age(staende[lauf.schluessel].zeitpunkt, now)
            if lauf.schluessel in staende
            else None
            for lauf in LAEUFE
        },
        "schlangen": {
            schlange.name: {
                "wartend": schlange.wartend,
                "aeltester_s": schlange.aeltester_s,
                "in_arbeit": schlange.in_arbeit,
            }
            for schlange in schlangen
        },
        "zu_entscheiden": {
            "ungewiss": haus.get(Auftragzustand.UNGEWISS, 0),
            "fehlgeschlagen": haus.get(Auftragzustand.FEHLGESCHLAGEN, 0),
        },
        "abgebrochene_auftraege": poisoned(),
    }


def last_runs(staende: Staende | None = None) -> list[tuple[Lauf, Betriebsstand | None]]:
    """Return what runs by itself with its last run; None when there has been none."""
    staende = runs_by_key() if staende is None else staende
    return [(lauf, staende.get(lauf.schluessel)) for lauf in LAEUFE]


def invariants_with_results(staende: Staende) -> list[tuple[str, int | None]]:
    """Return every rule of the night with how often it was broken; None before the first night."""
    nacht = staende.get(NACHT)
    befunde = nacht.befunde if nacht else {}
    regeln = list(invarianten())
    weitere = [name for name in befunde if name not in regeln]
    return [(name, befunde.get(name, 0) if nacht else None) for name in (*regeln, *weitere)]


def alarms_of(state: dict[str, Any]) -> list[str]:
    """Return what an operator has to look at, a sentence each; nothing when all is well."""
    grenzen = (
        ("uhr_abweichung_s", timedelta(seconds=2), "Die Uhren von Anwendung und Datenbank"),
        ("takt_alter_s", timedelta(minutes=5), "Takt oder Aufgaben: das letzte Lebenszeichen"),
        ("tageslauf_alter_s", timedelta(hours=26), "Der letzte Tageslauf"),
        ("aeltester_auftrag_s", timedelta(minutes=15), "Der älteste offene Auftrag"),
        ("nachtpruefung_alter_s", timedelta(hours=30), "Die letzte Nachtprüfung"),
    )
    found = []
    for key, grenze, was in grenzen:
        wert = state[key]
        if wert is None:
            found.append(f"{was} fehlt.")
        elif isinstance(wert, int | float) and wert > grenze.total_seconds():
            found.append(f"{was} liegt {wert:.0f} s auseinander oder zurück.")
    found += _late(state) + _to_decide(state)
    return found + [f"{name}: {anzahl}." for name, anzahl in state["befunde"].items()]


def alarms_of_broker() -> list[str]:
    """Return the sentence to show when Redis does not answer; what waits is in the database."""
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping()
    except (redis.RedisError, ValueError):
        return ["Redis antwortet nicht; Aufträge warten auf `manage.py abgleich`."]
    return []


def _late(state: dict[str, Any]) -> list[str]:
    """Return what should have run again by now; a fresh house is given time for its first run."""
    found = []
    for lauf in LAEUFE:
        alter = state["laeufe_alter_s"][lauf.schluessel]
        grenze = int(lauf.grenze.total_seconds())
        # The night has its own sentence above.
        if lauf.schluessel == NACHT:
            continue
        if alter is None and state["in_betrieb_s"] > grenze:
            found.append(f"{lauf.titel}: noch nie gelaufen.")
        elif alter is not None and alter > grenze:
            found.append(f"{lauf.titel}: zuletzt vor {alter} s, erlaubt sind {grenze} s.")
    return found


def _to_decide(state: dict[str, Any]) -> list[str]:
    worte = (
        (state["zu_entscheiden"]["ungewiss"], "Auftrag ist ungewiss", "Aufträge sind ungewiss"),
        (
            state["zu_entscheiden"]["fehlgeschlagen"],
            "Auftrag ist gescheitert",
            "Aufträge sind gescheitert",
        ),
        (
            state["abgebrochene_auftraege"],
            "Auftrag hat seine Aufgabe abstürzen lassen",
            "Aufträge haben ihre Aufgabe abstürzen lassen",
        ),
    )
    return [f"{n} {eines if n == 1 else mehrere}." for n, eines, mehrere in worte if n]


def _age(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(0, int((now - moment).total_seconds()))
