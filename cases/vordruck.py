"""Queries whose SQL is written once per process: a call only puts its values in.

Most of the time of a page went into writing the same SQL again and again: a query over forty
columns with the conditions of need-to-know takes milliseconds to compile and less than one to
answer. A form is written with stand-ins in the place of the values, twice and with different ones:
what differs between the two is the place of a value, all else must be equal. A query that makes
anything else of a value (its year, a branch on it, an answer of the database) fails the comparison
and is never kept.

The server keeps the plan of what it was asked a few times on the same connection: planning a query
with the conditions of need-to-know takes it longer than answering.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.postgresql.base import CursorMixin
from django.db.models import Model, QuerySet
from psycopg import ClientCursor, RawCursor

Wert = int | str | date | datetime | list[int]
Frage = Callable[..., QuerySet[Any, Any]]

_logger = logging.getLogger("fallwerk.vordruck")


class KeinVordruck(Exception):
    """The SQL of this query depends on its values by more than their places."""


@dataclass(frozen=True)
class _Stelle:
    """The place of a value: a day or a moment may be shifted, a number may have a narrower type."""

    name: str
    versatz: timedelta | None = None
    art: type | None = None

    def of(self, werte: Mapping[str, Wert]) -> Any:
        wert: Any = werte[self.name]
        if self.versatz is not None:
            return wert + self.versatz
        return wert if self.art is None else self.art(wert)


class _Cursor(CursorMixin, RawCursor[Any]):
    """Sends its text as it is to the server, apart from the values; only so can it be prepared."""

    def __init__(self, vordruck: _Vordruck, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vordruck = vordruck

    def execute(self, query: Any, params: Any = None, **wie: Any) -> Any:
        if query == self.vordruck.sql:
            gesucht = tuple(params[n] for n in self.vordruck.stellen)
            return super().execute(self.vordruck.text, gesucht, **wie)
        # Something on the way put more before it (pgtrigger.ignore); that cannot be prepared.
        return super().execute(ClientCursor(self.connection).mogrify(query, params))


def _with_numbers(sql: str, werte: tuple[Any, ...]) -> bytes:
    """Write the places of the values as the server does: $1, $2 …

    What is the same for every call stands in the text: only so a plan for all values may use an
    index that holds some rows only.
    """
    connection.ensure_connection()
    schreiben, rest, nummer = ClientCursor(connection.connection), iter(werte), count(1)

    def place(stelle: re.Match[str]) -> str:
        if stelle[0] == "%%":
            return "%"
        wert = next(rest)
        return f"${next(nummer)}" if isinstance(wert, _Stelle) else schreiben.mogrify("%s", (wert,))

    return re.sub("%[s%]", place, sql).encode()


@contextmanager
def _preparing(vordruck: _Vordruck) -> Iterator[None]:
    """Let the cursors made within be such that the server keeps the plans of their questions.

    From how many times on says the setting `prepare_threshold` of the database, None: never.
    """
    connection.ensure_connection()
    verbindung: Any = connection.connection
    verbindung.prepared_max = _PLAENE
    sonst = verbindung.cursor_factory
    verbindung.cursor_factory = partial(_Cursor, vordruck)
    try:
        yield
    finally:
        verbindung.cursor_factory = sonst


@dataclass(frozen=True)
class _Vordruck:
    frage: QuerySet[Any, Any]
    compiler: Any
    sql: str
    werte: tuple[Any, ...]
    # The SQL as the server is sent it, and which of the values go with it.
    text: bytes = b""
    stellen: tuple[int, ...] = ()
    # What turns a column into its value is the same for every answer.
    wandler: dict[int, Any] = field(default_factory=dict)

    def converters_of(self, ausdruecke: list[Any]) -> Any:
        key = len(ausdruecke)
        if key not in self.wandler:
            self.wandler[key] = self.compiler.get_converters(ausdruecke)
        return self.wandler[key]


# So many plans a connection keeps at the server, the longest unused one goes first.
_PLAENE = 250
# More shapes than these are asked for so seldom that writing them anew costs nothing.
_HOECHSTENS = 2_000
_GRENZE = 2**63
# None where the query is empty whatever the values are.
_vordrucke: dict[Hashable, _Vordruck | None] = {}
_ungeeignet: set[Hashable] = set()


def rows_of(frage: Frage, **werte: Wert) -> list[Any]:
    """Return the rows of `frage(**werte)`, a function of a module; its SQL is written once.

    A value is never None: with IS NULL it would be another query.
    """
    return rows_by_key(frage, frage, **werte)


def rows_by_key(schluessel: Hashable, frage: Frage, /, **werte: Wert) -> list[Any]:
    """The same for a `frage` that is made for the call.

    `schluessel` is everything beside the values that the shape of the query depends on.
    """
    key = (schluessel, *werte)
    if key in _ungeeignet or not all(map(_fits, werte.values())):
        return list(frage(**werte))
    if key not in _vordrucke:
        if len(_vordrucke) >= _HOECHSTENS:
            return list(frage(**werte))
        try:
            _vordrucke[key] = print_form(frage, werte)
        except KeinVordruck:
            _logger.exception(f"Kein Vordruck für {schluessel}")
            _ungeeignet.add(key)
            return list(frage(**werte))
    vordruck = _vordrucke[key]
    return [] if vordruck is None else list(_filled(vordruck, werte))


def _fits(wert: Wert) -> bool:
    """No column holds a larger number and no form has a place for it; the query itself can tell."""
    zahlen = wert if isinstance(wert, list) else [wert]
    return all(-_GRENZE <= z < _GRENZE for z in zahlen if isinstance(z, int))


def attach(gegenstand: Model, name: str, rows: list[Any]) -> None:
    """Let `gegenstand.<name>.all()` answer with these rows, as `prefetch_related` would."""
    manager: Any = getattr(gegenstand, name)
    antwort = manager.get_queryset()
    antwort._result_cache, antwort._prefetch_done = rows, True  # noqa: SLF001 - as Django does
    for row in rows:
        manager.field.set_cached_value(row, gegenstand)
    cache: Any = gegenstand.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[manager.field.remote_field.cache_name] = antwort


def _filled(vordruck: _Vordruck, werte: Mapping[str, Wert]) -> QuerySet[Any, Any]:
    """Return a query that sends the SQL of the form with these values; only to be iterated."""
    eingesetzt = tuple(w.of(werte) if isinstance(w, _Stelle) else w for w in vordruck.werte)
    # Threads share the form but neither the compiler nor its connection.
    compiler = copy.copy(vordruck.compiler)
    compiler.connection = connections[DEFAULT_DB_ALIAS]
    compiler.as_sql = lambda: (vordruck.sql, eingesetzt)
    compiler.get_converters = vordruck.converters_of
    compiler.execute_sql = partial(_execute, vordruck, compiler)
    frage = vordruck.frage.all()
    frage.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]  # of this query only
    return frage


def _execute(vordruck: _Vordruck, compiler: Any, *args: Any, **kwargs: Any) -> Any:
    with _preparing(vordruck):
        return type(compiler).execute_sql(compiler, *args, **kwargs)


def print_form(frage: Frage, werte: Mapping[str, Wert]) -> _Vordruck | None:
    """Write the SQL of a query with places for its values, None when it is always empty."""
    erste, zweite = _stand_ins(werte, 1), _stand_ins(werte, 2)
    with _silent():
        rows: Any = frage(**erste)
        if rows._known_related_objects:  # noqa: SLF001 - nothing public tells
            raise KeinVordruck("Die Zeilen hängen an einem Gegenstand des Aufrufs.")
        compiler = rows.query.get_compiler(connection.alias)
        sql, links = _sql_of(compiler)
        gegen, rechts = _sql_of(frage(**zweite).query.get_compiler(connection.alias))
    if sql != gegen or len(links) != len(rechts):
        raise KeinVordruck("Das SQL selbst hängt von den Werten ab.")
    if not sql:
        return None
    paare = zip(links, rechts, strict=True)
    plaetze = tuple(_place(a, b, erste, zweite) for a, b in paare)
    stellen = tuple(n for n, wert in enumerate(plaetze) if isinstance(wert, _Stelle))
    return _Vordruck(rows, compiler, sql, plaetze, _with_numbers(sql, plaetze), stellen)


def _sql_of(compiler: Any) -> tuple[str, tuple[Any, ...]]:
    try:
        sql, werte = compiler.as_sql()
    except EmptyResultSet:
        return "", ()
    return sql, tuple(werte)


def _place(a: Any, b: Any, erste: Mapping[str, Any], zweite: Mapping[str, Any]) -> Any:
    """Return the place of the value that was written as `a` once and as `b` the other time."""
    for name, wert in erste.items():
        if type(a) is type(b) and isinstance(a, type(wert)) and (a, b) == (wert, zweite[name]):
            return _Stelle(name, art=None if type(a) is type(wert) else type(a))
    for name, wert in erste.items():
        tage = type(a) is type(b) is type(wert) and isinstance(a, date)
        if tage and a - wert == b - zweite[name]:
            return _Stelle(name, a - wert)
    if type(a) is not type(b) or a != b:
        raise KeinVordruck(f"Ein Wert wird umgerechnet ({type(a).__name__}).")
    return a


def _stand_ins(werte: Mapping[str, Wert], satz: int) -> dict[str, Any]:
    """Return values that fit every kind of column.

    Their distances differ between the two sets, so that no value is taken for another one shifted.
    """
    found: dict[str, Any] = {}
    for n, (name, wert) in enumerate(werte.items()):
        if isinstance(wert, datetime):
            anfang: Any = datetime(2030 + satz, 3, 5, 7, 11, tzinfo=UTC)
            found[name] = anfang + timedelta(hours=satz * n)
        elif isinstance(wert, date):
            found[name] = date(2027 + satz, 5, 3) + timedelta(days=satz * n)
        elif isinstance(wert, str):
            found[name] = f"\u27e8{satz}.{n}\u27e9"
        elif isinstance(wert, list):
            found[name] = [31_000 + satz, 31_100 + satz + n]
        else:
            found[name] = 30_000 + 1_001 * satz + (satz + 1) * n
    return found


@contextmanager
def _silent() -> Iterator[None]:
    """Keep a query from being shaped by an answer of the database."""

    def refuse(*args: Any) -> Any:
        raise KeinVordruck("Die Abfrage fragt die Datenbank, während sie entsteht.")

    with connection.execute_wrapper(refuse):
        yield
