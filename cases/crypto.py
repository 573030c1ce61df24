"""Field encryption: AES-256-GCM with the key's id in front and the purpose bound in.

Stored form: `<key id>:<base64 of 12 byte nonce + ciphertext + tag>`. The purpose (for
example `person.iban`) is authenticated, so a value cannot be moved to another column.
"""

from __future__ import annotations

import base64
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


def _keys() -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in settings.FIELD_KEYS:
        name, _, value = entry.partition(":")
        try:
            raw = bytes.fromhex(value)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"Der Feldschlüssel „{name}“ ist nicht hexadezimal."
            ) from error
        if len(raw) != 32:
            raise ImproperlyConfigured(f"Der Feldschlüssel „{name}“ braucht 64 Hex-Zeichen.")
        keys[name] = raw
    return keys


def encrypt(text: str, purpose: str) -> str:
    """Encrypt with the first key; the same text never gives the same result twice."""
    keys = _keys()
    name = next(iter(keys))
    nonce = os.urandom(12)
    sealed = AESGCM(keys[name]).encrypt(nonce, text.encode(), purpose.encode())
    return f"{name}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(stored: str, purpose: str) -> str:
    """Decrypt; raise ValueError when the key is missing (by its id) or the value was changed."""
    name, _, body = stored.partition(":")
    key = _keys().get(name)
    if key is None:
        raise ValueError(f"Der Feldschlüssel „{name}“ fehlt.")
    raw = base64.b64decode(body)
    try:
        return AESGCM(key).decrypt(raw[:12], raw[12:], purpose.encode()).decode()
    except InvalidTag as error:
        raise ValueError("Ein verschlüsselter Wert ist verändert worden.") from error


def encrypt_bytes(data: bytes, purpose: str) -> bytes:
    """Encrypt a file with the first key; form: `<key id>:` + nonce + ciphertext + tag."""
    keys = _keys()
    name = next(iter(keys))
    nonce = os.urandom(12)
    return name.encode() + b":" + nonce + AESGCM(keys[name]).encrypt(nonce, data, purpose.encode())


def decrypt_bytes(stored: bytes, purpose: str) -> bytes:
    """Decrypt a file; raise ValueError when the key is missing or the bytes were changed."""
    name, _, raw = stored.partition(b":")
    key = _keys().get(name.decode("ascii", "replace"))
    if key is None:
        raise ValueError("Der Feldschlüssel einer Datei fehlt.")
    try:
        return AESGCM(key).decrypt(raw[:12], raw[12:], purpose.encode())
    except InvalidTag as error:
        raise ValueError("Eine verschlüsselte Datei ist verändert worden.") from error


class EncryptedTextField(models.TextField):
    """Text that the database only sees encrypted; not searchable by design."""

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Keep the purpose in migrations."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["purpose"] = self.purpose
        return name, path, args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way into the database; empty stays empty."""
        value = super().get_prep_value(value)
        return encrypt(value, self.purpose) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way out."""
        return decrypt(value, self.purpose) if value else value
