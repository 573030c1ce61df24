from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from tests import vorlage
from werkzeug import orte
from werkzeug.starten import base_environment


def _tables(name: str) -> int:
    url = vorlage._database(os.environ["DATABASE_URL"], name)
    query = "select count(*) from pg_tables where tablename = 'cases_case'"
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_a_copy_is_migrated_and_can_be_thrown_away() -> None:
    name = f"kopie_{os.getpid()}"
    vorlage.main(["anlegen", name])
    tables = _tables(name)
    vorlage.main(["loeschen", name])

    assert tables == 1
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        _tables(name)


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("postgresql://fw@/alt?host=%2Ftmp%2Fs", "postgresql://fw@/neu?host=%2Ftmp%2Fs"),
        ("postgresql:///alt?host=/tmp/s&user=fw", "postgresql:///neu?host=/tmp/s&user=fw"),
        ("postgresql://fw:geheim@db:5432/alt", "postgresql://fw:geheim@db:5432/neu"),
    ],
)
def test_database_keeps_everything_else(url: str, other: str) -> None:
    assert vorlage._database(url, "neu") == other


def test_base_environment_lets_the_caller_choose_the_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FALLWERK_MODUS", raising=False)
    assert base_environment("demo")["FALLWERK_MODUS"] == "demo"
    monkeypatch.setenv("FALLWERK_MODUS", "entwicklung")
    assert base_environment("demo")["FALLWERK_MODUS"] == "entwicklung"


def test_children_keep_what_python_translated_in_our_own_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    env = base_environment("demo")
    assert "PYTHONDONTWRITEBYTECODE" not in env
    assert Path(env["PYTHONPYCACHEPREFIX"]).parent == orte.SERVICES
