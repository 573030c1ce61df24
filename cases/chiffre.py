"""Field encryption: AES-256-GCM, a key for each class of data, the purpose bound in.

Stored form: `<key id>/<class>:<base64 of 12 byte nonce + ciphertext + tag>`. The key of a class is
derived (HKDF-SHA256) from the configured key of that id. The purpose (for example
`bankverbindung.iban`) is authenticated, so a value cannot be moved to another column. Values from
before the classes bear the id alone; they are read with the configured key itself, until
`manage.py feldschluessel erneuern` has written them anew.

Which field belongs to which class, and why, stands in `feldklassen.yaml`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_TABELLE = Path(__file__).with_name("feldklassen.yaml")
#: Class of a purpose that no field of the table has.
UEBRIG = "uebrig"


@lru_cache(maxsize=1)
def feldklassen() -> dict[str, Any]:
    """Return the table: `klassen` (class -> title, encrypted, why) and `felder`, `zwecke`."""
    table: dict[str, Any] = yaml.safe_load(_TABELLE.read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def _klassen_by_zweck() -> dict[str, str]:
    table = feldklassen()
    found = dict(table["zwecke"])
    for modell, felder in table["felder"].items():
        found |= {f"{modell.partition('.')[2]}.{feld}": klasse for feld, klasse in felder.items()}
    return found


@lru_cache(maxsize=4096)
def klasse_of(purpose: str) -> str:
    """Return the class of a purpose; that of a file ends with the number of its row."""
    kopf, _, nummer = purpose.rpartition(".")
    return _klassen_by_zweck().get(kopf if nummer.isdigit() else purpose, UEBRIG)


def configured_keys() -> list[str]:
    """Return the ids of the keys of this installation, the one that encrypts first."""
    return list(_keys())


def _keys() -> dict[str, bytes]:
    return _parse(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=8)
def _parse(entries: tuple[str, ...]) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in entries:
        name, _, value = entry.partition(":")
        try:
            raw = bytes.fromhex(value)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"Der Feldschlüssel „{name}“ ist nicht hexadezimal."
            ) from error
        if len(raw) != 32:
            raise ImproperlyConfigured(f"Der Feldschlüssel „{name}“ braucht 64 Hex-Zeichen.")
        klasse = name.partition("@")[2]
        if klasse and klasse not in feldklassen()["klassen"]:
            raise ImproperlyConfigured(
                f"Der Feldschlüssel „{name}“ nennt die unbekannte Klasse „{klasse}“."
            )
        keys[name] = raw
    if all("@" in name for name in keys):
        raise ImproperlyConfigured(
            "Es fehlt ein Feldschlüssel ohne „@“, der für alle Klassen gilt."
        )
    return keys


def writing_key(klasse: str) -> str:
    """Return the id of the key that encrypts a class: its own, else the first for all."""
    return _writing(tuple(settings.FIELD_KEYS), klasse)


@lru_cache(maxsize=128)
def _writing(entries: tuple[str, ...], klasse: str) -> str:
    names = list(_parse(entries))
    own = [name for name in names if name.partition("@")[2] == klasse]
    return (own or [name for name in names if "@" not in name])[0]


def head_of(purpose: str) -> str:
    """Return what a value of this purpose that is written now begins with, colon included."""
    klasse = klasse_of(purpose)
    return f"{writing_key(klasse)}/{klasse}:"


@lru_cache(maxsize=256)
def _derived(raw: bytes, info: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info.encode()).derive(raw)


@lru_cache(maxsize=256)
def _cipher(raw: bytes, klasse: str) -> AESGCM:
    return AESGCM(_derived(raw, f"fallwerk.feld.{klasse}") if klasse else raw)


def key_of(kopf: str) -> str:
    """Return the id of the key in what stands before the colon, without the class."""
    name, strich, klasse = kopf.rpartition("/")
    return name if strich and klasse in feldklassen()["klassen"] else kopf


def _opener(kopf: str) -> AESGCM:
    keys, name = _keys(), key_of(kopf)
    if name not in keys:
        raise ValueError(f"Der Feldschlüssel „{name}“ fehlt.")
    return _cipher(keys[name], "" if name == kopf else kopf.rpartition("/")[2])


def _seal(data: bytes, purpose: str, name: str) -> tuple[str, bytes]:
    klasse = klasse_of(purpose)
    name = name or writing_key(klasse)
    nonce = os.urandom(12)
    sealed = _cipher(_keys()[name], klasse).encrypt(nonce, data, purpose.encode())
    return f"{name}/{klasse}:", nonce + sealed


def encrypt(text: str, purpose: str, name: str = "") -> str:
    """Encrypt with the key of the class or the named one; never twice to the same."""
    head, body = _seal(text.encode(), purpose, name)
    return head + base64.b64encode(body).decode()


def decrypt(stored: str, purpose: str) -> str:
    """Decrypt; raise ValueError when the key is missing (by its id) or the value was changed."""
    name, _, body = stored.partition(":")
    cipher = _opener(name)
    try:
        raw = base64.b64decode(body, validate=True)
        return cipher.decrypt(raw[:12], raw[12:], purpose.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise ValueError("Ein verschlüsselter Wert ist verändert worden.") from error


def encrypt_bytes(data: bytes, purpose: str) -> bytes:
    """Encrypt a file; form: `<key id>/<class>:` + nonce + ciphertext + tag."""
    head, body = _seal(data, purpose, "")
    return head.encode() + body


def decrypt_bytes(stored: bytes, purpose: str) -> bytes:
    """Decrypt a file; raise ValueError when the key is missing or the bytes were changed."""
    name, _, raw = stored.partition(b":")
    cipher = _opener(name.decode("ascii", "replace"))
    try:
        return cipher.decrypt(raw[:12], raw[12:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise ValueError("Eine verschlüsselte Datei ist verändert worden.") from error


def normal_form(text: str) -> str:
    """Return a number as it is compared: no spaces and signs between, capital letters."""
    return "".join(c for c in text if c.isalnum()).upper()


def fingerprint(text: str, purpose: str, name: str = "") -> str:
    """Return the blind index of a number: HMAC-SHA256 of its normal form, `<key id>:` in front.

    Equal numbers give the same, so that they are found without being stored; nobody without the
    key can try numbers. Empty for an empty text.
    """
    form = normal_form(text)
    if not form:
        return ""
    name = name or writing_key(klasse_of(purpose))
    key = _derived(_keys()[name], f"fallwerk.abdruck.{purpose}")
    return f"{name}:{hmac.new(key, form.encode(), hashlib.sha256).hexdigest()[:32]}"


def fingerprints(text: str, purpose: str) -> list[str]:
    """Return the blind index of a number under every key, for a search while keys are changed."""
    return [mark for name in _keys() if (mark := fingerprint(text, purpose, name))]
