"""What lies in the database; runs with the interpreter of the virtual environment.

`python -m werkzeug.bestand leer|neu|anlegen|loeschen [name]` works on DATABASE_URL.
"""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


def with_database(url: str, name: str) -> str:
    """Return the same address with another database name."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def is_empty(url: str) -> bool:
    """Whether no case exists yet."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select exists (select 1 from cases_case)").fetchone()
    return row is not None and not row[0]


def _maintain(url: str, *statements: sql.Composed) -> None:
    with psycopg.connect(with_database(url, "postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def create(url: str, name: str) -> None:
    """Create an empty database on the same server."""
    _maintain(url, sql.SQL("create database {}").format(sql.Identifier(name)))


def drop(url: str, name: str) -> None:
    """Delete a database, ending its sessions."""
    _maintain(url, sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def main(arguments: list[str]) -> int:
    """Exit code 0 says "yes" to `leer`, everything else is done or raises."""
    url = os.environ["DATABASE_URL"]
    verb, name = arguments[0], arguments[-1]
    if verb == "leer":
        return 0 if is_empty(url) else 3
    if verb == "neu":
        name = urlsplit(url).path.lstrip("/")
    if verb in {"neu", "loeschen"}:
        drop(url, name)
    if verb in {"neu", "anlegen"}:
        create(url, name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
