"""Empty the tables after a test with real transactions, touching only those that hold rows.

`flush` truncates all of the several hundred tables and writes permissions anew each time. Here
the rows go and the permissions stay, which is the same for the next test.
"""

from __future__ import annotations

from functools import cache

from django.db import connection, transaction
from psycopg.sql import SQL, Composed, Identifier, Literal

#: What the migrations have made and no test changes.
BLEIBT = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def empty_tables() -> None:
    """Delete the rows of every table, past triggers, foreign keys and row-level security."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_filled(tuple(_tables())))
        for (name,) in cursor.fetchall():
            cursor.execute(SQL("DELETE FROM {}").format(Identifier(name)))


def _tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(names) - BLEIBT)


@cache
def _filled(names: tuple[str, ...]) -> Composed:
    """Return a statement that tells which of these tables hold a row."""
    parts = [
        SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(Literal(name), Identifier(name))
        for name in names
    ]
    return SQL(" UNION ALL ").join(parts)
