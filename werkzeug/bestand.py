"""What lies in the database; runs with the interpreter of the virtual environment.

`python -m werkzeug.bestand VERB [NAME …]` works on the server of DATABASE_URL; the verbs stand
in `main`.
"""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


def with_database(url: str, name: str) -> str:
    """Return the same address with another database name."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{name}{query}"


#: Exit codes of `pruefen`.
READY, OUTDATED, EMPTY = 0, 3, 4

_PREFIX = "Stand der Migrationen: "


def examine(url: str, state: str) -> int:
    """Compare the mark in the database with `state` and look whether a case exists."""
    with psycopg.connect(url) as connection:
        query = (
            "select shobj_description(oid, 'pg_database') from pg_database "
            "where datname = current_database()"
        )
        mark = connection.execute(query).fetchone()
        if mark is None or mark[0] != _PREFIX + state:
            return OUTDATED
        row = connection.execute("select exists (select 1 from cases_case)").fetchone()
    return READY if row is not None and row[0] else EMPTY


def note_state(url: str, state: str) -> None:
    """Leave the mark of the migrations in the database, where it shares the fate of the data."""
    name = sql.Identifier(urlsplit(url).path.lstrip("/"))
    text = sql.Literal(_PREFIX + state)
    with psycopg.connect(url) as connection:
        connection.execute(sql.SQL("comment on database {} is {}").format(name, text))


def _maintain(url: str, *statements: sql.Composed) -> None:
    with psycopg.connect(with_database(url, "postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def create(url: str, name: str, template: str = "template1") -> None:
    """Create a database on the same server, empty or as a copy of `template`."""
    statement = sql.SQL("create database {} template {}")
    _maintain(url, statement.format(sql.Identifier(name), sql.Identifier(template)))


def exists(url: str, name: str) -> bool:
    """Whether the server has a database of this name."""
    with psycopg.connect(with_database(url, "postgres")) as connection:
        query = "select 1 from pg_database where datname = %s"
        return connection.execute(query, [name]).fetchone() is not None


def drop(url: str, name: str) -> None:
    """Delete a database, ending its sessions."""
    _maintain(url, sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def main(arguments: list[str]) -> int:
    """Do what the first word says; `pruefen` answers by its exit code."""
    url = os.environ["DATABASE_URL"]
    match arguments:
        case ["pruefen", state]:
            return examine(url, state)
        case ["vermerken", state]:
            note_state(url, state)
        case ["neu"]:
            name = urlsplit(url).path.lstrip("/")
            drop(url, name)
            create(url, name)
        case ["anlegen", name]:
            create(url, name)
        case ["anlegen", name, template]:
            create(url, name, template)
        case ["vorhanden", name]:
            return 0 if exists(url, name) else 1
        case ["loeschen", name]:
            drop(url, name)
        case _:
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
