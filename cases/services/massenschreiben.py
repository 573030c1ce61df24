"""Many rows written by one statement; the triggers write the history of each as always."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def write_rows(rows: Sequence[models.Model], *felder: str) -> None:
    """Write some fields of many rows of one model, in the order of their keys.

    Django's `bulk_update` builds one expression for each value; the values go as arrays here. A
    field that is an array itself cannot.
    """
    if not rows:
        return
    meta = rows[0]._meta
    schluessel: Any = meta.get_field("id")
    spalten: list[Any] = [meta.get_field(name) for name in felder]
    arten = [schluessel.rel_db_type(connection), *(s.db_type(connection) for s in spalten)]
    geordnet = sorted(rows, key=lambda row: row.pk)
    werte = [
        [s.get_db_prep_save(getattr(row, s.attname), connection=connection) for row in geordnet]
        for s in (schluessel, *spalten)
    ]
    befehl = sql.SQL(
        "UPDATE {tabelle} AS alt SET {setzen} FROM unnest({quelle}) AS neu(id, {namen}) "
        "WHERE alt.id = neu.id"
    ).format(
        tabelle=sql.Identifier(meta.db_table),
        setzen=sql.SQL(", ").join(
            sql.SQL("{0} = neu.{0}").format(sql.Identifier(s.column)) for s in spalten
        ),
        quelle=sql.SQL(", ").join(sql.SQL(f"%s::{art}[]") for art in arten),
        namen=sql.SQL(", ").join(sql.Identifier(s.column) for s in spalten),
    )
    with connection.cursor() as cursor:
        cursor.execute(befehl.as_string(), werte)
