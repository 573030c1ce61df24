"""Rows that take seconds to make, made once for all tests of a module.

They live in a transaction that stays open; every test works in a savepoint of it, so what one
test writes the next one does not see. Tests of the same module that use no such fixture may see
the rows, so a module keeps to one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from tests import uhr

T = TypeVar("T")


@contextmanager
def kept_rows(blocker: Any, make: Callable[[], T]) -> Iterator[T]:
    """Make rows with the clock and the rights that a test has; take them back in the end.

    :param blocker: the fixture `django_db_blocker` of pytest-django
    """
    with blocker.unblock(), transaction.atomic():
        with time_machine.travel(uhr.JETZT, tick=True), override_settings(**fast()):
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL ROLE {settings.DATENBANKROLLE}")
            found = make()
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")
        yield found
        transaction.set_rollback(True)


def fast() -> dict[str, object]:
    """Return what makes tests quick: passwords hashed simply, static files by plain names."""
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    return {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "STORAGES": {**settings.STORAGES, "staticfiles": {"BACKEND": storage}},
    }
