"""The database of the measurements: built once, kept beside the data, worked on in copies."""

from __future__ import annotations

import hashlib
import io
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from psycopg import sql

from bench import bestand
from bench.tabelle import Messung

_PREFIX = "bestand_"
_OWN = [Path(__file__).with_name(name) for name in ("bestand.py", "spalten.py")]


@contextmanager
def stock_database() -> Iterator[tuple[bestand.Bestand, Messung]]:
    """Work on a copy of the stock; what a measurement writes is dropped with the copy.

    The stock itself is built in a database of its own: committed, with statistics, and kept for
    the next run of the same day. Whatever stands under the prefix from other days or other
    states of the program is removed.
    """
    usual = connection.settings_dict["NAME"]
    kept, copy = f"{_PREFIX}{_state()}", f"{_PREFIX}kopie"
    began = time.perf_counter()
    built = kept not in _clear(kept)
    if built:
        _build(kept)
    was = "anlegen" if built else "übernehmen (vom letzten Lauf)"
    _maintain("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", copy, kept)
    row = Messung(
        f"{bestand.FAELLE:,} Fälle {was}".replace(",", "."), time.perf_counter() - began, "s"
    )
    try:
        _enter(copy)
        yield bestand.whom(), row
    finally:
        _enter(usual)
        _maintain("DROP DATABASE IF EXISTS {} WITH (FORCE)", copy)


@contextmanager
def empty_database(name: str) -> Iterator[None]:
    """Work on a fresh database of this name, in this process too; it is dropped afterwards."""
    usual, own = connection.settings_dict["NAME"], f"bench_{name}"
    _maintain("DROP DATABASE IF EXISTS {} WITH (FORCE)", own)
    _maintain("CREATE DATABASE {}", own)
    try:
        _enter(own)
        with redirect_stdout(io.StringIO()):
            call_command("migrate", interactive=False, verbosity=0)
        yield
    finally:
        _enter(usual)
        _maintain("DROP DATABASE IF EXISTS {} WITH (FORCE)", own)


def url_of_database() -> str:
    """Return the URL by which another process enters the database that this one works on."""
    teile = urlsplit(os.environ.get("DATABASE_URL") or "postgresql:///fallwerk")
    return urlunsplit(teile._replace(path=f"/{connection.settings_dict['NAME']}"))


def _state() -> str:
    """Return a mark of what the stock depends on: migrations, its own text, the day."""
    wurzel = settings.BASE_DIR
    files = [*sorted(wurzel.glob("*/migrations/*.py")), *_OWN]
    digest = hashlib.sha256(f"{timezone.localdate()}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _clear(kept: str) -> set[str]:
    """Drop databases of earlier states; return the names that are left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_PREFIX}%"])
        names = {name for (name,) in cursor.fetchall()}
    for name in names - {kept}:
        _maintain("DROP DATABASE {} WITH (FORCE)", name)
    return names & {kept}


def _build(name: str) -> None:
    """Build under a name of its own: an interrupted run must not leave half a stock."""
    usual, half = connection.settings_dict["NAME"], f"{name}_halb"
    _maintain("CREATE DATABASE {}", half)
    try:
        _enter(half)
        with redirect_stdout(io.StringIO()):
            call_command("migrate", interactive=False, verbosity=0)
        bestand.build(timezone.localdate())
    finally:
        _enter(usual)
    _maintain("ALTER DATABASE {} RENAME TO {}", half, name)


def _enter(name: str) -> None:
    """Let this process work on another database of the same server, as Django's tests do."""
    connection.close()
    connection.settings_dict["NAME"] = name


def _maintain(statement: str, *names: str) -> None:
    """Run a statement that no transaction may hold."""
    parameters = connection.get_connection_params()
    with psycopg.connect(**{**parameters, "cursor_factory": None}, autocommit=True) as own:
        own.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
