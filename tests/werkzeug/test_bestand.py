from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings

from werkzeug import bestand
from werkzeug.dienste import base_environment


def _server() -> str:
    row = settings.DATABASES["default"]
    host = f"?host={row['HOST'].replace('/', '%2F')}" if row["HOST"] else ""
    password = f":{row['PASSWORD']}" if row["PASSWORD"] else ""
    return f"postgresql://{row['USER']}{password}@/postgres{host}"


@pytest.fixture
def scratch() -> Iterator[str]:
    name = f"bestand_{os.getpid()}"
    bestand.create(_server(), name)
    yield bestand.with_database(_server(), name)
    bestand.drop(_server(), name)


def _add_cases(url: str, number: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table cases_case (id int)")
        connection.execute("insert into cases_case select generate_series(1, %s)", [number])


def test_examine_asks_for_migrations_without_a_mark(scratch: str) -> None:
    assert bestand.examine(scratch, "neu") == bestand.OUTDATED


def test_examine_asks_for_migrations_after_a_change(scratch: str) -> None:
    bestand.note_state(scratch, "alt")

    assert bestand.examine(scratch, "neu") == bestand.OUTDATED


@pytest.mark.parametrize(("cases", "answer"), [(0, bestand.EMPTY), (1, bestand.READY)])
def test_examine_tells_empty_from_filled(scratch: str, cases: int, answer: int) -> None:
    _add_cases(scratch, cases)
    bestand.note_state(scratch, "stand")

    assert bestand.examine(scratch, "stand") == answer


def test_create_copies_a_template(scratch: str) -> None:
    _add_cases(scratch, 1)
    template, copy = f"bestand_{os.getpid()}", f"bestand_kopie_{os.getpid()}"
    bestand.create(_server(), copy, template)
    with psycopg.connect(bestand.with_database(_server(), copy)) as connection:
        row = connection.execute("select count(*) from cases_case").fetchone()
    there = bestand.exists(_server(), copy)
    bestand.drop(_server(), copy)

    assert (row, there, bestand.exists(_server(), copy)) == ((1,), True, False)


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("postgresql://fw@/alt?host=%2Ftmp%2Fs", "postgresql://fw@/neu?host=%2Ftmp%2Fs"),
        ("postgresql:///alt?host=/tmp/s&user=fw", "postgresql:///neu?host=/tmp/s&user=fw"),
        ("postgresql://fw:geheim@db:5432/alt", "postgresql://fw:geheim@db:5432/neu"),
    ],
)
def test_with_database_keeps_everything_else(url: str, other: str) -> None:
    assert bestand.with_database(url, "neu") == other


def test_base_environment_lets_the_caller_choose_the_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FALLWERK_MODUS", raising=False)
    assert base_environment("demo")["FALLWERK_MODUS"] == "demo"
    monkeypatch.setenv("FALLWERK_MODUS", "entwicklung")
    assert base_environment("demo")["FALLWERK_MODUS"] == "entwicklung"
