"""Entries of the directory for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from cases.models import Angebot, Leistungserbringer, Leistungstraeger, Preis, Stelle, User
from cases.states.rolle import Rolle
from tests.fabriken import make_user

_ORT = {"strasse": "Marktplatz 1", "plz": "70999", "ort": "Musterau"}


def make_admin(name: str = "admin") -> User:
    return make_user(name, Rolle.FACHADMINISTRATION)


def make_kasse(name: str = "pflegekasse", **felder: Any) -> Leistungstraeger:
    werte = {**_ORT, "art": "pflegekasse", "name": name, **felder}
    return Leistungstraeger.objects.create(**werte)


def make_erbringer(name: str = "Lebenshilfe Musterau e. V.", **felder: Any) -> Leistungserbringer:
    return Leistungserbringer.objects.create(**{**_ORT, "name": name, **felder})


def make_stelle(name: str, art: str = "arzt", **felder: Any) -> Stelle:
    return Stelle.objects.create(**{**_ORT, "name": name, "art": art, **felder})


def make_angebot(erbringer: Leistungserbringer, name: str = "Assistenz") -> Angebot:
    return Angebot.objects.create(
        leistungserbringer=erbringer, name=name, leistungsgruppe="b_soziale_teilhabe"
    )


def make_preis(angebot: Angebot, ab: date, bis: date | None = None, betrag: str = "50") -> Preis:
    return Preis.objects.create(
        angebot=angebot,
        betrag=Decimal(betrag),
        einheit="stunde",
        vereinbarung="Vereinbarung",
        gueltig_ab=ab,
        gueltig_bis=bis,
    )


def snapshot() -> dict[str, list[Any]]:
    """All rows of the program, without the history and the record of merges."""
    ohne = ("event", "zusammenfuehrung", "verweis", "pgh", "session", "django_", "lesezugriff")
    tables = [
        t for t in connection.introspection.table_names() if not any(part in t for part in ohne)
    ]
    found: dict[str, list[Any]] = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            found[table] = [row[0] for row in cursor.fetchall()]
    return found
