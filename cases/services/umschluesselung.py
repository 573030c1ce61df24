"""All data under the keys that encrypt today: slice by slice, so that a run may end at any point.

Each slice is a transaction. What bears its key already is passed over, so a second run goes on
where the first was ended. Run by the owner of the tables: rows that never change get new bytes,
and what they say stays the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from cases.chiffre import feldklassen, head_of, writing_key
from cases.crypto import (
    BlindIndexField,
    decrypt,
    decrypt_bytes,
    encrypt,
    encrypt_bytes,
    fingerprint,
)
from cases.models import Feldschluessel
from cases.services.feldschluessel import (
    encrypted_columns,
    encrypted_files,
    keys_in_data,
    secrets_of_factors,
)
from cases.states.tafel import SchrittUnzulaessig

ZEILEN, DATEIEN = 500, 20


@dataclass(frozen=True)
class Stueck:
    """One slice: how many values of a column were written, how many could not be read."""

    tabelle: str
    spalte: str
    anzahl: int
    defekt: int = 0


def renew_all(*, zeilen: int = ZEILEN, dateien: int = DATEIEN) -> Iterator[Stueck]:
    """Encrypt anew all that does not bear today's key; give a line for each slice.

    What cannot be read stays as it is, and is counted. Raises SchrittUnzulaessig when the role is
    not the owner of the tables.
    """
    _require_owner()
    for model, column, purpose in encrypted_columns():
        yield from _column(model, column, zeilen, head_of(purpose), _text(purpose))
    for model, column, purpose in encrypted_files():
        yield from _column(model, column, dateien, head_of(purpose).encode(), _file(purpose))
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, BlindIndexField):
                yield from _fingerprints(model, field, zeilen)
    yield from _factors()


def give_up_keys() -> list[str]:
    """Strike the keys that no data bear and that do not encrypt; return their ids."""
    used = set(keys_in_data()) | set(map(writing_key, feldklassen()["klassen"]))
    rows = Feldschluessel.objects.exclude(kennung__in=used)
    frei = list(rows.values_list("kennung", flat=True))
    rows.delete()
    return frei


def _require_owner() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{probe}', true)")
        cursor.execute("SELECT _pgtrigger_should_ignore('probe')")
        if not cursor.fetchone()[0]:
            raise SchrittUnzulaessig(
                "Das Erneuern läuft mit dem Eigentümer der Tabellen, wie `migrate`."
            )


def _text(purpose: str) -> Callable[[int, Any], Any]:
    return lambda pk, stored: encrypt(decrypt(stored, purpose), purpose)


def _file(purpose: str) -> Callable[[int, Any], Any]:
    def renewed(pk: int, stored: Any) -> bytes:
        own = f"{purpose}.{pk}" if purpose == "unterlage.datei" else purpose
        return encrypt_bytes(decrypt_bytes(bytes(stored), own), own)

    return renewed


def _column(
    model: type[models.Model],
    column: str,
    zeilen: int,
    head: str | bytes,
    renew: Callable[[int, Any], Any],
) -> Iterator[Stueck]:
    """Renew the values of a column that do not begin with `head`."""
    table = model._meta.db_table
    names = {
        "t": sql.Identifier(table),
        "c": sql.Identifier(column),
        "k": sql.Identifier(str(model._meta.pk.column)),
        "n": sql.Literal(len(head)),
    }
    frage = sql.SQL(
        "SELECT {k}, {c} FROM {t} WHERE {k} > %s AND length({c}) > 0"
        " AND substring({c} FROM 1 FOR {n}) <> %s ORDER BY {k} LIMIT %s FOR UPDATE"
    ).format(**names)
    order = sql.SQL("UPDATE {t} SET {c} = %s WHERE {k} = %s").format(**names)
    last = -1
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            _quiet(cursor, table)
            cursor.execute(frage, [last, head, zeilen])
            rows = cursor.fetchall()
            if not rows:
                return
            neu = list(_renewed(rows, renew))
            cursor.executemany(order, neu)
        last = rows[-1][0]
        yield Stueck(table, column, len(neu), len(rows) - len(neu))


def _renewed(rows: list[Any], renew: Callable[[int, Any], Any]) -> Iterator[tuple[Any, int]]:
    for pk, stored in rows:
        with contextlib.suppress(ValueError):
            yield renew(pk, stored), pk


def _fingerprints(
    model: type[models.Model], field: BlindIndexField[Any, Any], zeilen: int
) -> Iterator[Stueck]:
    """Compute the blind indexes under today's key; a history holds only what it was."""
    if not isinstance(model._meta.get_field(field.of), models.TextField):
        return
    head = fingerprint("0", field.purpose).partition(":")[0] + ":"
    numbers = model._meta.base_manager.values_list("pk", field.of)

    def renewed(pk: int, _: Any) -> str:
        return fingerprint(dict(numbers.filter(pk=pk))[pk], field.purpose)

    yield from _column(model, str(field.column), zeilen, head, renewed)


def _factors() -> Iterator[Stueck]:
    head, purpose = head_of("mfa.geheimnis"), "mfa.geheimnis"
    for pk, name in [(r.pk, n) for r, n, s in secrets_of_factors() if not s.startswith(head)]:
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().get(pk=pk)
            try:
                row.data[name] = encrypt(decrypt(row.data[name], purpose), purpose)
            except ValueError:
                yield Stueck(Authenticator._meta.db_table, name, 0, 1)
                continue
            row.save(update_fields=["data"])
        yield Stueck(Authenticator._meta.db_table, name, 1)


def _quiet(cursor: Any, table: str) -> None:
    """Let the triggers of the table pass in this transaction: the history gets no rows."""
    cursor.execute(
        "SELECT set_config('pgtrigger.ignore', coalesce(array_agg(tgname::text)::text, ''), true)"
        " FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_%%'",
        [table],
    )
