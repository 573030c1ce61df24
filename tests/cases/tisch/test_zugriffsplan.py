"""Mein Tag finds its rows by indexes, whatever the database believes about its tables."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from bench.spalten import copy_rows
from cases import access
from cases.models import Antrag, Case, Frist, Schreiben, User, Versand, Wiedervorlage
from cases.tisch.queries.arbeitstag import abschnitte_of, arbeitszeilen_of, case_rows
from gesamtplan.models import Bedarfsermittlung, Gesamtplan
from tests.fabriken import HEUTE, make_fall

pytestmark = pytest.mark.django_db

GROSS = (
    Case,
    Antrag,
    Frist,
    Wiedervorlage,
    Schreiben,
    Versand,
    Bedarfsermittlung,
    Gesamtplan,
)
ZEILEN, LEUTE = 20_000, 200
TABELLEN = {model._meta.db_table for model in GROSS}


def analyze() -> None:
    with connection.cursor() as cursor:
        for tabelle in sorted(TABELLEN):
            cursor.execute(f'ANALYZE "{tabelle}"')


def fill(person: int, user: User) -> None:
    """Write cases of 200 people in as many teams, past services and triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
    nummern = range(1_000_001, 1_000_001 + ZEILEN)
    # Nobody but the first exists; the database does not look while it takes copies in.
    wer = [n % LEUTE + 2_000_000 if n % LEUTE else user.pk for n in nummern]
    team = {w: user.team_id if w == user.pk else w for w in wer}
    paare = list(zip(nummern, wer, strict=True))
    copy_rows(Case, (_case(n, person, w, team[w]) for n, w in paare))
    copy_rows(
        Antrag,
        (
            {"case_id": n, "eingang": HEUTE, "weg": "schriftlich", "aufgenommen_von_id": w}
            for n, w in paare
        ),
    )
    copy_rows(Frist, (_frist(n) for n in nummern))
    copy_rows(Wiedervorlage, ({"case_id": n, "user_id": w, "am": HEUTE} for n, w in paare))
    copy_rows(Schreiben, (_schreiben(n, w) for n, w in paare))
    copy_rows(Versand, (_versand(n) for n in nummern))
    copy_rows(Bedarfsermittlung, (_teil(n, w) for n, w in paare))
    copy_rows(Gesamtplan, (_plan(n, w) for n, w in paare))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")


def _case(n: int, person: int, user: int, team: int) -> dict[str, object]:
    return {
        "id": n,
        "aktenzeichen": f"ZP-{n}",
        "leistungsberechtigte_person_id": person,
        "caseworker_id": user,
        "team_id": team,
        "eroeffnet_am": HEUTE,
    }


def _frist(n: int) -> dict[str, object]:
    tag = HEUTE + timedelta(days=n % 400 - 10)
    tage = dict.fromkeys(("ausloeser_datum", "ende_rechnerisch", "ende", "wiedervorlage"), tag)
    return {"case_id": n, "regel": "F31", "rechtsstand": "B", "wirkung": "handlung", **tage}


def _schreiben(n: int, user: int) -> dict[str, object]:
    return {
        "id": n,
        "case_id": n,
        "art": "bescheid",
        "nummer": str(n),
        "datum": HEUTE,
        "empfaenger": [],
        "daten": {},
        "pdf_seiten": 1,
        "erstellt_von_id": user,
        "erstellt": datetime(2026, 11, 20, tzinfo=UTC),
    }


def _versand(n: int) -> dict[str, object]:
    state = "ungewiss" if n % 1_000 == 0 else "vorgesehen" if n % 100 == 0 else "aufgegeben"
    return {
        "schreiben_id": n,
        "weg": "post",
        "an": [],
        "state": state,
        "aufgabe_am": HEUTE if state == "aufgegeben" else None,
        "nachricht_id": uuid.UUID(int=n),
    }


def _teil(n: int, user: int) -> dict[str, object]:
    return {
        "id": n,
        "case_id": n,
        "datum": HEUTE,
        "erstellt_von_id": user,
        "bearbeitet_von_id": user,
    }


def _plan(n: int, user: int) -> dict[str, object]:
    return _teil(n, user) | {"version": 1, "bedarfsermittlung_id": n}


@dataclass(frozen=True)
class Frage:
    """One statement with its values, and the form of it whose plan the server keeps."""

    sql: str
    werte: tuple[Any, ...]
    form: str = ""
    formwerte: tuple[Any, ...] = ()


def read_whole(frage: Frage) -> set[str]:
    """Return the big tables that PostgreSQL would read from end to end for this statement.

    Asked for these values, and for all values where the server keeps the plan.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {frage.sql}", frage.werte)
        plaene = [cursor.fetchone()[0]]
        if frage.form:
            arten = ", ".join(_art(wert) for wert in frage.formwerte)
            stellen = ", ".join(["%s"] * len(frage.formwerte))
            cursor.execute(f"PREPARE probe({arten}) AS {frage.form}")
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            cursor.execute(f"EXPLAIN (FORMAT JSON) EXECUTE probe({stellen})", frage.formwerte)
            plaene.append(cursor.fetchone()[0])
            cursor.execute("SET LOCAL plan_cache_mode = auto")
            cursor.execute("DEALLOCATE probe")
    gelesen = re.findall(r'"Node Type": "Seq Scan".*?"Relation Name": "(\w+)"', json.dumps(plaene))
    return set(gelesen) & TABELLEN


def _art(wert: Any) -> str:
    """Return the type with which the server is told of a value; of a text it finds out itself."""
    if isinstance(wert, list):
        return "bigint[]"
    arten = {bool: "boolean", int: "bigint", date: "date", datetime: "timestamptz"}
    return arten.get(type(wert), "unknown")


def learn_of_a_small_house() -> None:
    """Learn what the tables hold now: a few rows in one page each, as dense as any other page.

    How full the pages really are depends on what other tests have left behind.
    """
    analyze()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET relpages = 1, reltuples = 40 WHERE oid = ANY(%s::regclass[])",
            [sorted(TABELLEN)],
        )


def forget() -> None:
    """Take away all that the database has learnt about the tables."""
    with connection.cursor() as cursor:
        tabellen = sorted(TABELLEN)
        cursor.execute("DELETE FROM pg_statistic WHERE starelid = ANY(%s::regclass[])", [tabellen])
        cursor.execute(
            "UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE oid = ANY(%s::regclass[])",
            [tabellen],
        )


def statements(user: User) -> list[Frage]:
    """Return what Mein Tag asks for this user."""
    gestellt = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        werte, form = tuple(params or ()), getattr(context["cursor"].cursor, "vordruck", None)
        frage = Frage(sql, werte)
        if form is not None:
            frage = Frage(sql, werte, form.text.decode(), tuple(werte[n] for n in form.stellen))
        gestellt.append(frage)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        for rows_of in (arbeitszeilen_of, case_rows, abschnitte_of):
            rows_of(user, HEUTE)
    return [frage for frage in gestellt if "SELECT" in frage.sql[:8]]


@pytest.mark.parametrize("rolle", ["fallmanagement", "leitung"])
def test_no_big_table_is_read_whole(eigentuemer, fallmanager, leitung, rolle):
    case = make_fall(fallmanager)
    user = fallmanager if rolle == "fallmanagement" else leitung
    access.load_user(user)
    # Asked while there is little: a bad plan is to be seen, not to be sat through.
    abfragen = statements(user)
    assert len(abfragen) >= 8
    assert sum(bool(frage.formwerte) for frage in abfragen) >= 6
    learn_of_a_small_house()
    fill(case.leistungsberechtigte_person_id, fallmanager)
    for statistik, learn in (("veraltet", lambda: None), ("fehlt", forget), ("stimmt", analyze)):
        learn()
        ganz = {frage.sql[:60]: found for frage in abfragen if (found := read_whole(frage))}
        assert ganz == {}, statistik
