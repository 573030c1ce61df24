"""`manage.py verbindung`: do the addresses of database and Redis work?"""

from __future__ import annotations

from typing import Any

import redis
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection


class Command(BaseCommand):
    """Say in one sentence which address does not work and what to do about it."""

    help = "Prüft, ob Datenbank und Redis unter ihren Adressen antworten."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask both; the answer of the server says why, without the password."""
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(
                f"Die Datenbank aus DATABASE_URL antwortet nicht ({_reason(error)}); bitte "
                "Adresse, Konto, Kennwort und Server prüfen."
            ) from error
        try:
            redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=5).ping()
        except (redis.RedisError, ValueError) as error:
            raise CommandError(
                f"Redis aus REDIS_URL antwortet nicht ({_reason(error)}); bitte Adresse und "
                "Kennwort prüfen."
            ) from error
        self.stdout.write("Datenbank und Redis antworten.")


def _reason(error: Exception) -> str:
    return str(error).strip().splitlines()[-1].strip()
