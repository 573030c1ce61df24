"""Strict readers for the environment: a wrong or missing value stops the start.

Every reader names the variable and what it expects, so that the person at the
console can act on the one sentence that is printed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "ja", "true", "yes", "on"}
_FALSE = {"0", "nein", "false", "no", "off"}


class Env:
    """Typed access to a mapping of environment variables."""

    def __init__(self, source: Mapping[str, str] | None = None) -> None:
        self.source: Mapping[str, str] = os.environ if source is None else source

    def text(self, name: str, default: str | None = None) -> str:
        """Return the value; raise when it is missing (or empty) and has no default."""
        value = self.source.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(f"Die Umgebungsvariable {name} fehlt.")
        return default

    def boolean(self, name: str, default: bool) -> bool:
        """Read ja/nein, true/false, 1/0; anything else stops the start."""
        value = self.source.get(name, "").strip().lower()
        if not value:
            return default
        if value in _TRUE:
            return True
        if value in _FALSE:
            return False
        raise ImproperlyConfigured(f"{name} muss ja oder nein sein, nicht „{value}“.")

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        """Read a whole number within [low, high]."""
        value = self.source.get(name, "").strip()
        if not value:
            return default
        if not value.lstrip("-").isdigit() or not low <= int(value) <= high:
            raise ImproperlyConfigured(f"{name} muss eine Zahl von {low} bis {high} sein.")
        return int(value)

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """Read one of a closed list of words."""
        value = self.text(name, default)
        if value not in allowed:
            raise ImproperlyConfigured(f"{name} muss eines von {', '.join(allowed)} sein.")
        return value

    def words(self, name: str, default: str = "") -> list[str]:
        """Read a comma separated list; blanks around the words do not count."""
        return [w.strip() for w in self.source.get(name, default).split(",") if w.strip()]

    def secret(self, name: str, default: str | None = None) -> str:
        """Read a secret of at least 32 characters; NAME_FILE may point to a file instead."""
        path = self.source.get(f"{name}_FILE", "").strip()
        if path:
            try:
                value = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise ImproperlyConfigured(
                    f"{name}_FILE kann nicht gelesen werden: {error.strerror}."
                ) from error
        else:
            value = self.text(name, default)
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} muss mindestens 32 Zeichen lang sein.")
        return value

    def database(self, name: str, default: str | None = None) -> dict[str, Any]:
        """Parse postgresql://user:password@host:port/name?host=/socket/folder."""
        url = urlsplit(self.text(name, default))
        if url.scheme not in {"postgresql", "postgres"}:
            raise ImproperlyConfigured(
                f"{name} muss mit postgresql:// beginnen; andere Datenbanken trägt Fallwerk nicht."
            )
        database = unquote(url.path.lstrip("/"))
        if not database:
            raise ImproperlyConfigured(f"In {name} fehlt der Name der Datenbank.")
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            "USER": unquote(url.username or query.pop("user", "")),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(url.hostname or "") or query.pop("host", ""),
            "PORT": str(url.port or query.pop("port", "")),
            "OPTIONS": query,
        }
