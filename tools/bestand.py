"""Makes the stock of a version, from which `tests/upgrade` tests the upgrade to later ones.

A database of its own on the server of DATABASE_URL is migrated and filled with the demonstration,
then written to `tests/upgrade/<version>.sql.gz` as plain SQL, and what must be found again to
`<version>.json`: the number of rows of each table and samples of encrypted text. Long contents of
files are cut to their beginning, except of short ones in the first rows, or the stock would be
megabytes of PDF.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

WURZEL = Path(__file__).resolve().parent.parent
ORDNER = WURZEL / "tests" / "upgrade"
#: Rows whose contents stay whole, up to this length; what is left of the others.
GANZE_DATEIEN, GANZE_LAENGE, ANFANG = 3, 65536, 256
#: Reads the first encrypted values of every field in clear.
_PROBEN = """
import json, sys
from django.apps import apps
from cases.crypto import EncryptedTextField
proben = {}
for model in apps.get_models():
    for field in model._meta.local_concrete_fields:
        if isinstance(field, EncryptedTextField):
            rows = model._base_manager.exclude(**{field.name: ""}).exclude(
                **{field.name: None}).order_by("pk").values_list("pk", field.name)[:3]
            if rows:
                proben[f"{model._meta.label}.{field.name}"] = {str(k): v for k, v in rows}
json.dump(proben, sys.stdout)
"""


def address(url: str, name: str) -> str:
    """Return the same server with another database."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{name}" + (f"?{parts.query}" if parts.query else "")


@contextmanager
def scratch(url: str, name: str) -> Iterator[str]:
    """Create an empty database for the time of the block."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    make = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
    with psycopg.connect(address(url, "postgres"), autocommit=True) as server:
        server.execute(drop)
        server.execute(make.format(sql.Identifier(name)))
        try:
            yield address(url, name)
        finally:
            server.execute(drop)


def manage(url: str, *arguments: str) -> str:
    """Run a command of the program on a database; return what it prints."""
    env = {**os.environ, "DATABASE_URL": url, "FALLWERK_MODUS": "demo"}
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=WURZEL, env=env, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def shorten(connection: psycopg.Connection[Any]) -> None:
    """Cut the contents of files, past the triggers that keep them."""
    columns = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'bytea' ORDER BY 1, 2"
    ).fetchall()
    connection.execute("SET LOCAL session_replication_role = replica")
    for table, column in columns:
        connection.execute(
            sql.SQL(
                "UPDATE {table} SET {column} = substr({column}, 1, %(cut)s)"
                " WHERE length({column}) > %(long)s OR length({column}) > %(cut)s"
                " AND ctid NOT IN (SELECT ctid FROM {table} ORDER BY {table} LIMIT %(whole)s)"
            ).format(table=sql.Identifier(table), column=sql.Identifier(column)),
            {"cut": ANFANG, "long": GANZE_LAENGE, "whole": GANZE_DATEIEN},
        )


def rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Return the number of rows of each table."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    ).fetchall()
    found = {}
    for (table,) in tables:
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        row = connection.execute(query).fetchone()
        found[table] = row[0] if row else 0
    return found


def plain_sql(url: str, *options: str) -> str:
    """Return a dump that any client can run: no commands of psql, no owners."""
    command = ["pg_dump", "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=200"]
    done = subprocess.run([*command, *options, url], check=True, stdout=subprocess.PIPE)
    text = done.stdout.decode()
    return re.sub(r"^(\\(un)?restrict|COMMENT ON EXTENSION) .*\n", "", text, flags=re.MULTILINE)


def make(version: str) -> None:
    """Write the stock and what must be found again."""
    tag = date.today().isoformat()  # noqa: DTZ011 - the day of the demonstration
    with scratch(os.environ["DATABASE_URL"], f"fallwerk_bestand_{os.getpid()}") as url:
        manage(url, "migrate", "--verbosity", "0")
        manage(url, "demo", "--laden")
        proben = json.loads(manage(url, "shell", "--no-imports", "--command", _PROBEN))
        with psycopg.connect(url) as connection:
            shorten(connection)
            manifest = {"tag": tag, "zeilen": rows(connection), "proben": proben}
        stock = gzip.compress(plain_sql(url).encode(), 9, mtime=0)
    (ORDNER / f"{version}.sql.gz").write_bytes(stock)
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (ORDNER / f"{version}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{version}: {len(stock) // 1024} kB, {sum(manifest['zeilen'].values())} Zeilen")
