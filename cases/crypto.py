"""Fields that the database only sees encrypted: texts, values in JSON, files; and blind indexes.

A value that was read remembers its stored form. Saved unchanged, also when a form sends the same
text back, the stored bytes stay: no change appears in the history, no lock of a frozen row is
touched.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from cases.chiffre import (
    configured_keys,
    decrypt,
    decrypt_bytes,
    encrypt,
    encrypt_bytes,
    fingerprint,
    fingerprints,
)
from cases.states.tafel import SchrittUnzulaessig

logger = logging.getLogger("fallwerk.crypto")

__all__ = [
    "VERLETZT",
    "BlindIndexField",
    "EncryptedBinaryField",
    "EncryptedField",
    "EncryptedJSONField",
    "EncryptedTextField",
    "Klartext",
    "Verletzt",
    "WithFingerprint",
    "configured_keys",
    "decrypt",
    "decrypt_bytes",
    "encrypt",
    "encrypt_bytes",
    "fingerprint",
    "fingerprints",
    "read_json",
]

VERLETZT = "[Integrität verletzt: Dieser Text lässt sich nicht mehr lesen.]"


class Klartext(str):
    """A text that was decrypted; `stored` is what the database holds under `purpose`."""

    stored: str
    purpose: str

    def __new__(cls, text: str, stored: str, purpose: str) -> Klartext:
        """Keep the stored form beside the text."""
        made = super().__new__(cls, text)
        made.stored, made.purpose = stored, purpose
        return made

    def __getnewargs__(self) -> tuple[str, str, str]:  # type: ignore[override]  # as `__new__`
        """Let a copy carry the same."""
        return str(self), self.stored, self.purpose


class Verletzt(str):
    """What a page shows for a value that was damaged or whose key is missing; the rest goes on.

    Saved unchanged, the stored bytes stay as they are: a copy of the database may still help.
    """

    stored: str

    def __new__(cls, stored: str) -> Verletzt:
        """Keep what is stored behind the sentence that is read."""
        made = super().__new__(cls, VERLETZT)
        made.stored = stored
        return made

    def __getnewargs__(self) -> tuple[str]:
        """Let a copy carry the same."""
        return (self.stored,)


def read_json(value: str, leer: Any) -> Any:
    """Return what an encrypted field holds as JSON; `leer` when it is empty or was damaged."""
    return leer if not value or isinstance(value, Verletzt) else json.loads(value)


class _Karte(dict[str, Any]):
    """An object that was decrypted; `klar` is its text, `stored` what the database holds."""

    stored = klar = purpose = ""


class _Reihe(list[Any]):
    """A list that was decrypted; `klar` is its text, `stored` what the database holds."""

    stored = klar = purpose = ""


def _text(value: Any) -> str:
    """Return one text for equal values."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class _Halten(DeferredAttribute):
    """Keeps the value that was read when the same one is set again."""

    def __set__(self, instance: Any, value: Any) -> None:
        """Set a value; an equal one in clear does not replace what remembers its stored form."""
        name = self.field.attname
        before = instance.__dict__.get(name)
        if before is not None and type(value) is not type(before) and self._is_same(before, value):
            return
        instance.__dict__[name] = value

    @staticmethod
    def _is_same(before: Any, value: Any) -> bool:
        if isinstance(before, Klartext):
            return before == value
        if isinstance(before, _Karte | _Reihe) and isinstance(value, dict | list):
            return _text(before) == before.klar == _text(value)
        return False


class EncryptedField(models.TextField):
    """What texts and JSON share: the purpose in migrations, a row of its own when copied."""

    descriptor_class = _Halten

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Keep the purpose in migrations."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["purpose"] = self.purpose
        return name, path, args, kwargs

    def _damaged(self) -> None:
        logger.exception("Integrität verletzt", extra={"schluessel": self.purpose})


class EncryptedTextField(EncryptedField):
    """Text that the database only sees encrypted; not searchable by design."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Encrypt anew what goes into a new row: nobody sees which rows hold the same."""
        value = getattr(model_instance, self.attname)
        return str(value) if add and isinstance(value, Klartext) else value

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way into the database; empty stays empty.

        Raises SchrittUnzulaessig when a form sends the sentence of a damaged value back.
        """
        if isinstance(value, Verletzt) or (
            isinstance(value, Klartext) and value.purpose == self.purpose
        ):
            return value.stored
        value = super().get_prep_value(value)
        if value and VERLETZT in value:
            raise SchrittUnzulaessig(
                "Ein Feld enthält noch den Hinweis auf einen beschädigten Text. Bitte tragen Sie "
                "ihn neu ein oder lassen Sie die Datensicherung zurückholen."
            )
        return encrypt(value, self.purpose) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way out; one damaged value takes no list down."""
        if not value:
            return value
        try:
            return Klartext(decrypt(value, self.purpose), value, self.purpose)
        except ValueError:
            self._damaged()
            return Verletzt(value)


class EncryptedJSONField(EncryptedField):
    """An object, or with `liste` a list, that the database only sees encrypted.

    A damaged value reads as an empty one and stays as it is stored until another one is set.
    """

    # What the types say of a text field does not hold here.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, liste: bool = False, **kwargs: Any) -> None:
        self.liste = liste
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Keep in migrations what an empty value is."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "liste": self.liste}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Encrypt anew what goes into a new row."""
        value = getattr(model_instance, self.attname)
        if add and isinstance(value, _Karte | _Reihe):
            return list(value) if isinstance(value, list) else dict(value)
        return value

    def to_python(self, value: Any) -> Any:
        """Leave objects and lists as they are; a text field would print them."""
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way into the database; what is unchanged keeps its stored form."""
        if value is None or hasattr(value, "resolve_expression"):
            return value
        same = isinstance(value, _Karte | _Reihe) and value.purpose == self.purpose
        if same and _text(value) == value.klar:
            return value.stored
        return encrypt(json.dumps(value, ensure_ascii=False), self.purpose)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way out; one damaged value takes no list down."""
        if value is None:
            return value
        found: _Karte | _Reihe
        try:
            read = json.loads(decrypt(value, self.purpose))
            found = _Reihe(read) if isinstance(read, list) else _Karte(read)
        except ValueError:
            self._damaged()
            found = _Reihe() if self.liste else _Karte()
        found.stored, found.purpose, found.klar = value, self.purpose, _text(found)
        return found

    def value_to_string(self, obj: models.Model) -> str:
        """Return the value as text, as a serialiser wants it."""
        return _text(self.value_from_object(obj))


class EncryptedBinaryField(models.BinaryField):
    """A file that the database only sees encrypted; a damaged one reads as empty."""

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Keep the purpose in migrations."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["purpose"] = self.purpose
        return name, path, args, kwargs

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Encrypt on the way into the database."""
        if value is not None:
            value = encrypt_bytes(bytes(value), self.purpose)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way out; the check of the hash tells what came back empty."""
        if value is None:
            return value
        try:
            return decrypt_bytes(bytes(value), self.purpose)
        except ValueError:
            logger.exception("Integrität verletzt", extra={"schluessel": self.purpose})
            return b""


class BlindIndexField(models.CharField):
    """The blind index of the encrypted field `of` of the same row; found by `fingerprints`."""

    def __init__(self, *args: Any, of: str = "", purpose: str = "", **kwargs: Any) -> None:
        self.of, self.purpose = of, purpose
        kwargs |= {"max_length": 100, "blank": True, "default": "", "editable": False}
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Keep in migrations whose index it is."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "purpose": self.purpose}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Compute the index of what the row holds now; a damaged number keeps its own."""
        source = getattr(model_instance, self.of)
        if isinstance(source, Verletzt):
            return getattr(model_instance, self.attname)
        value = fingerprint(source or "", self.purpose)
        setattr(model_instance, self.attname, value)
        return value


class WithFingerprint(models.Model):
    """A row with a blind index: it follows its number also when only the number is saved."""

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Save the index with its number."""
        if update_fields is not None:
            update_fields = [
                *update_fields,
                *(
                    field.name
                    for field in self._meta.concrete_fields
                    if isinstance(field, BlindIndexField) and field.of in update_fields
                ),
            ]
        super().save(*args, update_fields=update_fields, **kwargs)
