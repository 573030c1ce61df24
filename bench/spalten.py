"""Writing many rows of one model at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from psycopg import sql

from cases.crypto import EncryptedBinaryField, EncryptedField


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
    geheim = {f.attname: f for f in named if isinstance(f, EncryptedField | EncryptedBinaryField)}
    keys, anzahl = [f.attname for f in named], 0
    with connection.cursor() as cursor, cursor.copy(befehl) as ziel:
        for row in chain([first], iterator):
            werte = [
                geheim[key].get_db_prep_save(row[key], connection) if key in geheim else row[key]
                for key in keys
            ]
            ziel.write_row([*werte, *fest])
            anzahl += 1
    return anzahl
