"""Rows that say something else than the last line of their own change history.

Triggers write that history on every way through the program, and nobody may change it. A row that
differs was changed past all triggers, by hand in the database or by a damaged page of a disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pghistory
from django.apps import apps
from django.db import connection, models
from psycopg import sql

from cases.crypto import BlindIndexField, EncryptedBinaryField, EncryptedField

# A change of the keys writes these anew, row and history each for itself; they seal themselves.
_VERSCHLUESSELT = (EncryptedField, EncryptedBinaryField, BlindIndexField)
_FRAGE = """
    SELECT count(*) FROM {tabelle} t JOIN LATERAL (
        SELECT {spalten} FROM {geschichte} g WHERE g.pgh_obj_id = t.{schluessel}
        ORDER BY g.pgh_id DESC LIMIT 1
    ) g ON TRUE WHERE ({hier}) IS DISTINCT FROM ({dort})
"""


def rows_beside_their_history() -> dict[str, int]:
    """Return how many rows differ from their latest history, by table; a query for each."""
    found = {}
    for event, model in tracked_models():
        with connection.cursor() as cursor:
            cursor.execute(_question(event, model))
            if anzahl := cursor.fetchone()[0]:
                name = f"{model._meta.verbose_name_plural}, die von ihrer Geschichte abweichen"
                found[name] = int(anzahl)
    return found


def tracked_models() -> Iterator[tuple[type[models.Model], type[models.Model]]]:
    """Give every history with its table, where each change of a row is noted."""
    for event in apps.get_models():
        model: Any = getattr(event, "pgh_tracked_model", None)
        if model is None or model is event:
            continue
        updates = [t for t in event.pgh_trackers if isinstance(t, pghistory.UpdateEvent)]  # type: ignore[attr-defined]  # of pghistory
        noted = {name for t in updates for name in getattr(t.condition, "fields", ())}
        # Where only some fields are noted, the others may differ.
        if updates and {f.name for f in _clear(event, model)} <= noted:
            yield event, model


def clear_columns(event: type[models.Model], model: type[models.Model]) -> list[str]:
    """Return the columns that both have and that nobody encrypts."""
    return [str(f.column) for f in _clear(event, model)]


def _clear(event: type[models.Model], model: type[models.Model]) -> list[Any]:
    own = {f.column for f in event._meta.local_concrete_fields}
    return [
        f
        for f in model._meta.local_concrete_fields
        if f.column in own and not isinstance(f, _VERSCHLUESSELT)
    ]


def _question(event: type[models.Model], model: type[models.Model]) -> sql.Composed:
    names = [sql.Identifier(name) for name in clear_columns(event, model)]

    def row(alias: str) -> sql.Composed:
        return sql.SQL(", ").join(sql.SQL(f"{alias}.{{}}").format(name) for name in names)

    return sql.SQL(_FRAGE).format(
        tabelle=sql.Identifier(model._meta.db_table),
        geschichte=sql.Identifier(event._meta.db_table),
        schluessel=sql.Identifier(str(model._meta.pk.column)),
        spalten=row("g"),
        hier=row("t"),
        dort=row("g"),
    )
