"""Writing many rows of one model at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from psycopg import sql


def copy_rows(model: type[Model], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows by COPY; a column that the first row does not name takes the model's default."""
    iterator = iter(rows)
    first = next(iterator)
    named: list[Field[Any, Any]] = []
    usual: list[Any] = []
    for feld in model._meta.concrete_fields:
        if feld.attname in first:
            named.append(feld)
        elif not feld.primary_key:
            usual.append(feld)
    fest = [f.get_db_prep_save(f.get_default(), connection) for f in usual]
    spalten = sql.SQL(", ").join(sql.Identifier(f.column) for f in [*named, *usual])
    befehl = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), spalten
    )
    keys, anzahl = [f.attname for f in named], 0
    with connection.cursor() as cursor, cursor.copy(befehl) as ziel:
        for row in chain([first], iterator):
            ziel.write_row([*[row[key] for key in keys], *fest])
            anzahl += 1
    return anzahl
