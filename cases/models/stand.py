"""The mark of what somebody saw, so that two people do not overwrite each other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models


def werte_of(row: models.Model | None, felder: Iterable[str]) -> dict[str, Any]:
    """Return the stored values of the fields, keys instead of rows; None while there is no row."""
    if row is None:
        return dict.fromkeys(felder)
    spalten = {f.name: f.attname for f in row._meta.concrete_fields}
    return {name: getattr(row, spalten.get(name, name)) for name in felder}


def stand_of(
    obj: models.Model | Mapping[str, Any] | None, felder: Iterable[str] | None = None
) -> str:
    """Return the same short mark for the same values; a changed letter gives another one.

    Of a row all columns count unless `felder` names some; values that are spread over several
    rows come as a mapping. A value that is empty and one that is not there are the same.
    """
    if isinstance(obj, Mapping):
        werte = dict(obj) if felder is None else {name: obj.get(name) for name in felder}
    elif felder is None:
        namen = [f.name for f in obj._meta.concrete_fields] if obj is not None else []
        werte = werte_of(obj, namen)
    else:
        werte = werte_of(obj, felder)
    gesetzt = {name: text for name, wert in werte.items() if (text := _plain(wert)) is not None}
    text = json.dumps(gesetzt, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _plain(wert: Any) -> Any:
    if wert is None or wert == "" or wert == []:
        return None
    if isinstance(wert, models.Model):
        return str(wert.pk)
    if isinstance(wert, Mapping):
        return {str(k): _plain(v) for k, v in wert.items()}
    if isinstance(wert, list | tuple):
        return [_plain(v) for v in wert]
    return str(wert)
