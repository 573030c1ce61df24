"""What must be there after an upgrade: rows, triggers, text in clear."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pgtrigger
import psycopg
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from psycopg import sql

from tests import vorlage
from tools.bestand import ORDNER, WURZEL, address, plain_sql, rows, scratch
from werkzeug.dienste import EIGENTUEMER

#: Tables that a later version gave up on purpose, with the reason.
AUFGEGEBEN: dict[str, str] = {}
VERSIONEN = sorted(path.name.removesuffix(".sql.gz") for path in ORDNER.glob("*.sql.gz"))


@dataclass(frozen=True)
class Bestand:
    """The data of a version in a database of its own, and what must be found again."""

    version: str
    url: str
    tag: date
    zeilen: dict[str, int]
    proben: dict[str, dict[str, str]]


def restore(version: str, url: str) -> Bestand:
    """Load the stock of a version into an empty database."""
    text = gzip.decompress((ORDNER / f"{version}.sql.gz").read_bytes())
    with psycopg.connect(url) as server:
        server.execute(text)
    return _read(version, url)


def _read(version: str, url: str) -> Bestand:
    manifest = json.loads((ORDNER / f"{version}.json").read_text(encoding="utf-8"))
    tag = date.fromisoformat(manifest["tag"])
    return Bestand(version, url, tag, manifest["zeilen"], manifest["proben"])


def as_role(url: str, role: str) -> str | None:
    """Return the address for another role; None on a server whose roles have passwords."""
    teile = urlsplit(url)
    return None if teile.hostname else f"postgresql://{role}@{teile.path}?{teile.query}"


def upgraded(version: str) -> Bestand:
    """Return the stock after its upgrade, made once for all tests; it is copied, never written.

    The owner of the tables migrates, no superuser. The database is as it was filled before: by a
    superuser who then hands it over, twice, because that may be repeated.
    """
    url = os.environ["DATABASE_URL"]
    rollen = (WURZEL / "werkzeug" / "rollen.sql").read_text(encoding="utf-8")

    def load(url: str) -> str:
        restore(version, url)
        for _ in range(2):
            with psycopg.connect(url, autocommit=True) as verwaltung:
                verwaltung.execute(rollen)
        return as_role(url, EIGENTUEMER) or url

    name = f"{vorlage.PRAEFIX}{vorlage.fingerprint()}_{version}"
    return _read(version, address(url, vorlage.kept(url, name, load)))


@contextmanager
def copy_of(bestand: Bestand, name: str) -> Iterator[str]:
    """Give a copy of the stock for the time of the block."""
    source = bestand.url.partition("?")[0].rpartition("/")[2]
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(address(bestand.url, "postgres"), autocommit=True) as server:
        server.execute(drop)
        server.execute(make.format(sql.Identifier(name), sql.Identifier(source)))
        try:
            yield name
        finally:
            server.execute(drop)


@contextmanager
def program_on(name: str) -> Iterator[None]:
    """Let the program work on another database of the same server."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        ContentType.objects.clear_cache()


def losses(bestand: Bestand) -> dict[str, tuple[int, int | None]]:
    """Return the tables with fewer rows than in the stock: how many there were and are."""
    connection.ensure_connection()
    have = rows(connection.connection)
    return {
        table: (before, have.get(table))
        for table, before in bestand.zeilen.items()
        if (have.get(table) or 0) < before and table not in AUFGEGEBEN
    }


def tables_of(url: str) -> list[str]:
    """Return what a database is made of, line by line.

    The stock was written down and read again once, which PostgreSQL spells lists of values anew
    for; so that is done here before comparing.
    """
    with scratch(url, f"upgrade_{os.getpid()}_gelesen") as again:
        with psycopg.connect(again) as server:
            server.execute(plain_sql(url, "--schema-only"))
        return plain_sql(again, "--schema-only").splitlines()


def missing_triggers() -> list[str]:
    """Return the triggers of our models that the database does not have in their last form."""
    return [
        f"{model._meta.label}.{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if model._meta.app_label in {"cases", "gesamtplan", "budget"}
        and trigger.get_installation_status(model)[0] != "INSTALLED"
    ]


def changed_samples(bestand: Bestand) -> list[str]:
    """Return the encrypted values that are not read as they were written."""
    found = []
    for place, samples in bestand.proben.items():
        label, _, field = place.rpartition(".")
        model: Any = apps.get_model(label)
        for key, text in samples.items():
            try:
                value = model._base_manager.values_list(field, flat=True).filter(pk=key).first()
            except ValueError:
                value = None
            if value != text:
                found.append(f"{place} {key}")
    return found
