"""The keys of the fields: which the data need, whether they are there and the right ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models
from psycopg import sql

from cases.chiffre import feldklassen, key_of, writing_key
from cases.crypto import (
    EncryptedBinaryField,
    EncryptedField,
    configured_keys,
    decrypt,
    encrypt,
)
from cases.models import Feldschluessel, Unterlagendatei

_ZWECK = "feldschluessel.zeuge"
_ZEUGE = "Teilhabe"


def encrypted_columns() -> list[tuple[type[models.Model], str, str]]:
    """Return model, column and purpose of every encrypted text, those of the history included."""
    return [
        (model, str(field.column), field.purpose)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedField)
    ]


def encrypted_files() -> list[tuple[type[models.Model], str, str]]:
    """Return model, column and purpose of every encrypted file.

    An Unterlage has its number in the purpose: it stands here without it.
    """
    return [
        (Unterlagendatei, "inhalt", "unterlage.datei"),
        *(
            (model, str(field.column), field.purpose)
            for model in apps.get_models()
            for field in model._meta.local_concrete_fields
            if isinstance(field, EncryptedBinaryField)
        ),
    ]


def keys_in_data() -> Counter[str]:
    """Count the values of all encrypted columns, files and second factors by their key's id."""
    found: Counter[str] = Counter()
    # Only the id before the first colon is text; what follows may be any bytes.
    kopf = sql.SQL(
        r"encode(substring({0} FOR greatest(position('\x3a'::bytea IN {0}) - 1, 0)), 'escape')"
    )
    text = sql.SQL("split_part({}, ':', 1)")
    spalten = [(*each, text) for each in encrypted_columns()]
    spalten += [(*each, kopf) for each in encrypted_files()]
    with connection.cursor() as cursor:
        for model, column, _, kennung in spalten:
            name, table = sql.Identifier(column), sql.Identifier(model._meta.db_table)
            frage = sql.SQL("SELECT {}, count(*) FROM {} WHERE length({}) > 0 GROUP BY 1")
            cursor.execute(frage.format(kennung.format(name), table, name))
            for head, anzahl in cursor.fetchall():
                found[key_of(head)] += anzahl
    for _, _, stored in secrets_of_factors():
        found[key_of(stored.partition(":")[0])] += 1
    return found


def secrets_of_factors() -> Iterator[tuple[Authenticator, str, str]]:
    """Give the second factors with the name and the stored form of each secret in them."""
    for row in Authenticator.objects.order_by("pk"):
        for name in ("secret", "seed"):
            if isinstance(stored := row.data.get(name), str) and ":" in stored:
                yield row, name, stored


def record_keys(*, aus_daten: bool = False) -> list[str]:
    """Note every key that encrypts with its witness, and with `aus_daten` every id in the data.

    A key that only decrypts is known from its time; noted anew, it could never be given up.
    Returns the ids that are new.
    """
    known = set(Feldschluessel.objects.values_list("kennung", flat=True))
    schreibend = dict.fromkeys(map(writing_key, feldklassen()["klassen"]))
    neu = [name for name in configured_keys() if name in schreibend and name not in known]
    Feldschluessel.objects.bulk_create(
        [Feldschluessel(kennung=name, zeuge=encrypt(_ZEUGE, _ZWECK, name)) for name in neu],
        ignore_conflicts=True,
    )
    if aus_daten:
        fremd = [k for k in keys_in_data() if k not in known and k not in neu]
        Feldschluessel.objects.bulk_create(
            [Feldschluessel(kennung=name[:60]) for name in fremd], ignore_conflicts=True
        )
        neu += fremd
    return neu


def faults_of_keys() -> list[str]:
    """Return a sentence for every key that data need and that is missing or another one."""
    found = []
    configured = configured_keys()
    for row in Feldschluessel.objects.all():
        if row.kennung not in configured:
            found.append(f"Der Feldschlüssel „{row.kennung}“ fehlt; Daten sind damit verschlüsselt")
        elif not row.zeuge:
            row.zeuge = encrypt(_ZEUGE, _ZWECK, row.kennung)
            if any(_readable(row.kennung)):
                row.save(update_fields=["zeuge"])
            else:
                found.append(f"Der Feldschlüssel „{row.kennung}“ öffnet keine seiner Daten")
        elif not _opens(row.zeuge):
            found.append(
                f"Der Feldschlüssel „{row.kennung}“ ist nicht der, mit dem verschlüsselt wurde"
            )
    return found


def _opens(stored: str) -> bool:
    try:
        return decrypt(stored, _ZWECK) == _ZEUGE
    except ValueError:
        return False


def _readable(kennung: str) -> Iterator[bool]:
    """Try one value per column that bears the id, from before the classes or since."""
    frage = sql.SQL(
        "SELECT {0} FROM {1} WHERE starts_with({0}, %s) OR starts_with({0}, %s) LIMIT 1"
    )
    for model, column, purpose in encrypted_columns():
        name = sql.Identifier(column)
        with connection.cursor() as cursor:
            cursor.execute(
                frage.format(name, sql.Identifier(model._meta.db_table)),
                [f"{kennung}:", f"{kennung}/"],
            )
            row = cursor.fetchone()
        if row is not None:
            try:
                decrypt(row[0], purpose)
                yield True
            except ValueError:
                yield False
