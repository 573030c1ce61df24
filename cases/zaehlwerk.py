"""A cache in PostgreSQL for what must be counted once for all processes: tries, used codes.

Django's own database cache stores pickles; here a value is JSON, so that nobody who can write into
the table can make the program run something. Page content has its place in the cache `prozess`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone


class Zaehlwerk(BaseCache):
    """Counters and marks with an end; `add` and `incr` hold also when many ask at once."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _end(self, timeout: Any) -> datetime | None:
        sekunden = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return None if sekunden is None else _now() + timedelta(seconds=float(sekunden))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return the value; `default` when there is none or its time is over."""
        rows = _run(
            "SELECT wert FROM cases_zaehler WHERE schluessel = %s AND (bis IS NULL OR bis > %s)",
            [self._name(key, version), _now()],
        )
        return json.loads(rows[0][0]) if rows else default

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Put a value, whatever stood there."""
        _run(
            "INSERT INTO cases_zaehler (schluessel, wert, bis) VALUES (%s, %s, %s) "
            "ON CONFLICT (schluessel) DO UPDATE SET wert = EXCLUDED.wert, bis = EXCLUDED.bis",
            [self._name(key, version), json.dumps(value), self._end(timeout)],
        )

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Put a value where none holds; tell whether it was put. Of many at once one succeeds."""
        rows = _run(
            "INSERT INTO cases_zaehler AS z (schluessel, wert, bis) VALUES (%s, %s, %s) "
            "ON CONFLICT (schluessel) DO UPDATE SET wert = EXCLUDED.wert, bis = EXCLUDED.bis "
            "WHERE z.bis IS NOT NULL AND z.bis <= %s RETURNING 1",
            [self._name(key, version), json.dumps(value), self._end(timeout), _now()],
        )
        return bool(rows)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Count on and return the new number.

        Raises ValueError when nothing holds under this key, as every cache of Django does.
        """
        rows = _run(
            "UPDATE cases_zaehler SET wert = to_jsonb((wert #>> '{}')::bigint + %s) "
            "WHERE schluessel = %s AND (bis IS NULL OR bis > %s) RETURNING (wert #>> '{}')::bigint",
            [delta, self._name(key, version), _now()],
        )
        if not rows:
            raise ValueError(f"Kein Zähler „{key}“")
        return int(rows[0][0])

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Take a value away; tell whether there was one."""
        sql = "DELETE FROM cases_zaehler WHERE schluessel = %s RETURNING 1"
        return bool(_run(sql, [self._name(key, version)]))

    def clear(self) -> None:
        """Forget everything."""
        _run("DELETE FROM cases_zaehler", [])

    def _name(self, key: Any, version: int | None) -> str:
        name: str = self.make_and_validate_key(key, version=version)
        return name


def _now() -> datetime:
    return timezone.now().astimezone(UTC)


def _run(sql: str, werte: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, werte)
        return list(cursor.fetchall()) if cursor.description else []
