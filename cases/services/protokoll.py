"""The chain over the logs: sealed each night, and a check that names the row that does not fit."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from cases.crypto import BlindIndexField, EncryptedBinaryField, EncryptedField
from cases.models import Protokollluecke, Protokollsiegel
from cases.services.auftrag import beginn_of, tag_of

logger = logging.getLogger("fallwerk.protokoll")

_VERSCHLUESSELT = (EncryptedField, EncryptedBinaryField, BlindIndexField)
_HASH = 16
_ZEILE = 8 + _HASH
# The text of jsonb has one order of keys; the time zone of the session would change its moments.
_FRAGE = """
    SELECT id, substring(sha256(convert_to((
        SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(t)) WHERE key = ANY(%s)
    )::text, 'UTF8')) FOR {laenge})
    FROM {tabelle} t WHERE {zeit} >= %s AND {zeit} < %s ORDER BY id
"""


@dataclass(frozen=True)
class Befund:
    """What does not fit: a row of a log (`zeile`) or the seal of a day itself (None)."""

    tabelle: str
    tag: date
    zeile: int | None
    art: str

    def __str__(self) -> str:
        zeile = f"Zeile {self.zeile}" if self.zeile is not None else "Siegel"
        return f"{self.tabelle}, {self.tag:%d.%m.%Y}, {zeile}: {self.art}"


def sealed_models() -> list[type[models.Model]]:
    """Return the logs: every table that only grows and notes the moment of each row itself.

    Letters are among them: what was frozen is sealed like what was noted.
    """
    return [
        model
        for model in apps.get_models()
        if any(trigger.name == "nur_anfuegen" for trigger in getattr(model._meta, "triggers", ()))
        and _moment(model)
        and model is not Protokollsiegel
        and model._meta.pk.name == "id"
    ]


def _moment(model: type[models.Model]) -> str:
    """Return the column that notes when a row was written; empty when there is none."""
    found = [
        str(f.column)
        for f in model._meta.concrete_fields
        if isinstance(f, models.DateTimeField) and f.auto_now_add
    ]
    return found[0] if found else ""


def _columns(model: type[models.Model]) -> list[str]:
    """Return what a seal covers; a change of the keys writes the encrypted columns anew."""
    fest = (f for f in model._meta.concrete_fields if not isinstance(f, _VERSCHLUESSELT))
    return sorted(str(f.column) for f in fest)


def prepare_months() -> int:
    """Make the months of the logs that come next; return how many are new.

    The program may not alter tables: a function of the owner does just this.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT fallwerk_monate_anlegen()")
        return int(cursor.fetchone()[0])


def seal_logs(*, vor: date) -> int:
    """Seal every day before `vor` that has rows and no seal; return how many seals were made.

    The newest seal of each table goes into the log of the program: whoever keeps that elsewhere
    notices when the end of a chain is cut off together with its rows.
    """
    neu = 0
    for model in sealed_models():
        for tag in _open_days(model, vor):
            siegel = _seal(model, tag)
            neu += 1
            logger.info(
                "Protokoll versiegelt",
                extra={"schluessel": f"{siegel.tabelle}:{tag}:{siegel.siegel}"},
            )
    return neu


def check_logs() -> list[Befund]:
    """Compare every sealed day with its rows; return all that does not fit."""
    found: list[Befund] = []
    for model in sealed_models():
        tabelle, davor = model._meta.db_table, ""
        luecken = set(
            Protokollluecke.objects.filter(tabelle=tabelle).values_list("zeile", flat=True)
        )
        for siegel in Protokollsiegel.objects.filter(tabelle=tabelle).order_by("tag"):
            if siegel.vorgaenger != davor or siegel.siegel != _digest(siegel):
                found.append(Befund(tabelle, siegel.tag, None, "passt nicht zur Kette"))
            davor = siegel.siegel
            found += _compare(model, siegel, luecken)
    return found


def _open_days(model: type[models.Model], vor: date) -> Iterator[date]:
    last = Protokollsiegel.objects.filter(tabelle=model._meta.db_table).order_by("-tag").first()
    wann = _moment(model)
    rows = _manager(model).order_by(wann).filter(**{f"{wann}__lt": beginn_of(vor)})
    tag = last.tag + timedelta(days=1) if last else None
    while True:
        if tag is not None:
            rows = rows.filter(**{f"{wann}__gte": beginn_of(tag)})
        zeit = rows.values_list(wann, flat=True).first()
        if zeit is None:
            return
        yield tag_of(zeit)
        tag = tag_of(zeit) + timedelta(days=1)


def _manager(model: type[models.Model]) -> models.Manager[Any]:
    manager = model._meta.default_manager
    assert manager is not None  # noqa: S101 - only an abstract model has none
    return manager


@transaction.atomic
def _seal(model: type[models.Model], tag: date) -> Protokollsiegel:
    tabelle = model._meta.db_table
    davor = Protokollsiegel.objects.filter(tabelle=tabelle).order_by("-tag").first()
    spalten = _columns(model)
    zeilen = b"".join(
        number.to_bytes(8, "big") + digest for number, digest in _rows(model, spalten, tag)
    )
    siegel = Protokollsiegel(
        tabelle=tabelle,
        tag=tag,
        spalten=spalten,
        anzahl=len(zeilen) // _ZEILE,
        zeilen=zeilen,
        vorgaenger=davor.siegel if davor else "",
    )
    siegel.siegel = _digest(siegel)
    siegel.save()
    return siegel


def _digest(siegel: Protokollsiegel) -> str:
    kopf = json.dumps([siegel.vorgaenger, siegel.tabelle, str(siegel.tag), siegel.spalten])
    return hashlib.sha256(kopf.encode() + bytes(siegel.zeilen)).hexdigest()


def _rows(model: type[models.Model], spalten: list[str], tag: date) -> list[tuple[int, bytes]]:
    frage = sql.SQL(_FRAGE).format(
        tabelle=sql.Identifier(model._meta.db_table),
        zeit=sql.Identifier(_moment(model)),
        laenge=sql.Literal(_HASH),
    )
    grenzen: tuple[Any, ...] = (spalten, beginn_of(tag), beginn_of(tag + timedelta(days=1)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
        cursor.execute(frage, grenzen)
        return [(number, bytes(digest)) for number, digest in cursor.fetchall()]


def _compare(
    model: type[models.Model], siegel: Protokollsiegel, luecken: set[int]
) -> Iterator[Befund]:
    zeilen = bytes(siegel.zeilen)
    soll = {
        int.from_bytes(zeilen[n : n + 8], "big"): zeilen[n + 8 : n + _ZEILE]
        for n in range(0, len(zeilen), _ZEILE)
    }
    ist = dict(_rows(model, siegel.spalten, siegel.tag))
    for number in sorted(soll.keys() | ist.keys()):
        if number not in ist:
            if number not in luecken:
                yield Befund(siegel.tabelle, siegel.tag, number, "fehlt")
        elif number not in soll:
            yield Befund(siegel.tabelle, siegel.tag, number, "später eingefügt")
        elif soll[number] != ist[number]:
            yield Befund(siegel.tabelle, siegel.tag, number, "verändert")
