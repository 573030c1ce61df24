"""The daily sweep over a million open Fristen, in a table that is taken back afterwards."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction

from bench.tabelle import Messung
from cases.frist.services.fristenlauf import sweep
from cases.models import Case
from recht.fristkennung import Regel

ZEILEN = 1_000_000
LIMIT_S, LIMIT_MB = 60, 50
_TAG = date(2026, 11, 20)

# Ends from three weeks ago to a year ahead, as in an office of that size; the stages are those
# that the sweep of the day before has left, apart from what it had to move then.
_FUELLEN = """
INSERT INTO cases_frist (case_id, regel, bezeichnung, gegenstand, ausloeser_datum,
    ende_rechnerisch, ende, anzeige, verschoben_wegen, wiedervorlage, eskalation, norm,
    rechtsstand, schritte, angaben, wirkung, state, stufe, erledigt_durch)
SELECT %(case)s, %(regel)s, 'Messung', 'messung:' || n, ende - 21, ende, ende, 'x', '', ende - 7,
    ende + 1, 'x', 'B', '[]', '{}', wirkung, 'offen',
    CASE WHEN wirkung = 'ablauf' THEN 'geplant'
         WHEN ende + 1 <= %(vortag)s THEN 'eskaliert'
         WHEN ende = %(vortag)s THEN 'faellig'
         WHEN ende - 7 <= %(vortag)s THEN 'bevorstehend' ELSE 'geplant' END, ''
FROM (SELECT n, %(tag)s::date - 20 + (n %% 380) AS ende,
             CASE WHEN n %% 5 = 0 AND n %% 380 > 19 THEN 'ablauf' ELSE 'handlung' END AS wirkung
      FROM generate_series(1, %(zeilen)s) AS n) AS reihe
"""


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def plans() -> Iterator[str]:
    """Return how PostgreSQL finds what the sweep has to move."""
    bedingungen = (
        "wirkung = 'handlung' AND eskalation <= %s AND stufe IN "
        "('geplant','bevorstehend','faellig','ueberfaellig')",
        "wirkung = 'handlung' AND ende < %s AND stufe IN ('geplant','bevorstehend','faellig')",
        "ende = %s AND stufe IN ('geplant','bevorstehend')",
        "wiedervorlage <= %s AND stufe = 'geplant'",
        "wirkung = 'ablauf' AND ende < %s",
    )
    with connection.cursor() as cursor:
        for bedingung in bedingungen:
            cursor.execute(
                f"EXPLAIN SELECT id FROM cases_frist WHERE state = 'offen' AND {bedingung}",
                [_TAG],
            )
            yield " / ".join(row[0].strip() for row in cursor.fetchall()[:2])


def measure() -> Iterator[Messung]:
    """Fill, sweep one day, sweep after ten days of outage; nothing of it stays."""
    with transaction.atomic():
        werte = {
            "case": Case.objects.order_by("pk").values_list("pk", flat=True).first(),
            "regel": Regel.ENTSCHEIDUNG.value,
            "tag": _TAG,
            "vortag": date(2026, 11, 19),
            "zeilen": ZEILEN,
        }
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE cases_frist DISABLE TRIGGER USER")
            cursor.execute(_FUELLEN, werte)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE cases_frist ENABLE TRIGGER USER")
            cursor.execute("ANALYZE cases_frist")
        before = _peak_mb()
        for name, tag in (("ein Tag", _TAG), ("nach zehn Tagen Ausfall", date(2026, 11, 30))):
            began = time.perf_counter()
            ergebnis = sweep(tag=tag)
            dauer = time.perf_counter() - began
            bewegt = sum(getattr(ergebnis, f) for f in ergebnis.__dataclass_fields__)
            yield Messung(f"Lauf über 1.000.000 Fristen, {name}", dauer, "s", LIMIT_S)
            yield Messung(f"  davon bewegt, {name}", bewegt, "Fristen")
        yield Messung("Zuwachs an Speicher", _peak_mb() - before, "MB", LIMIT_MB)
        for plan in plans():
            print(f"  {plan}")
        transaction.set_rollback(True)
    # What was taken back still fills the files: give the room back.
    with connection.cursor() as cursor:
        for tabelle in ("cases_frist", "cases_fristevent", "cases_ereignis"):
            cursor.execute(f"VACUUM FULL {tabelle}")
