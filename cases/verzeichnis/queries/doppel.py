"""Entries that may be one and the same: similar name at the same place, same number, same mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Q

from cases.models import Gattung, Verzeichniseintrag
from cases.verzeichnis.queries.verzeichnis import MODELLE, all_rows, gattung_of

AEHNLICH = 0.5
MAX_PAARE = 200
_GRUENDE = {
    "name": "ähnlicher Name am selben Ort",
    "kennzeichen": "gleiches Institutionskennzeichen",
    "telefon": "gleiche Telefonnummer",
    "email": "gleiche E-Mail-Adresse",
}


@dataclass(frozen=True)
class Paar:
    """Two entries that look alike, and why."""

    gattung: str
    erster: Verzeichniseintrag
    zweiter: Verzeichniseintrag
    gruende: tuple[str, ...]


# One equi-join per reason: each is answered by a hash and not by comparing all with all.
_PAARE = """
WITH e AS (
    SELECT id, {art} AS art, lower(unaccent(name)) AS name, plz, lower(unaccent(ort)) AS ort,
        institutionskennzeichen AS kennzeichen, lower(email) AS email,
        regexp_replace(telefon, '[^0-9]', '', 'g') AS telefon
    FROM {tabelle} WHERE zusammengefuehrt_in_id IS NULL
), p AS (
    SELECT a.id AS a, b.id AS b, 'name' AS grund FROM e a JOIN e b
        ON a.plz = b.plz AND a.art = b.art AND a.id < b.id
        WHERE similarity(a.name, b.name) >= %(grenze)s
    UNION SELECT a.id, b.id, 'name' FROM e a JOIN e b
        ON a.ort = b.ort AND a.art = b.art AND a.id < b.id
        WHERE similarity(a.name, b.name) >= %(grenze)s
    UNION SELECT a.id, b.id, 'kennzeichen' FROM e a JOIN e b
        ON a.kennzeichen = b.kennzeichen AND a.art = b.art AND a.id < b.id
        WHERE a.kennzeichen <> ''
    UNION SELECT a.id, b.id, 'telefon' FROM e a JOIN e b
        ON a.telefon = b.telefon AND a.art = b.art AND a.id < b.id
        WHERE length(a.telefon) > 5
    UNION SELECT a.id, b.id, 'email' FROM e a JOIN e b
        ON a.email = b.email AND a.art = b.art AND a.id < b.id
        WHERE a.email <> ''
)
SELECT a, b, array_agg(grund ORDER BY grund) FROM p
WHERE NOT EXISTS (
    SELECT 1 FROM cases_doppelausschluss d
    WHERE d.gattung = %(gattung)s AND d.erster = p.a AND d.zweiter = p.b
)
GROUP BY a, b ORDER BY count(*) DESC, a, b LIMIT %(hoechstens)s
"""


def moegliche_doppel(gattung: str) -> list[Paar]:
    """Return the pairs of a table that look alike and are not excluded; two queries."""
    model = MODELLE[gattung]
    art = "''" if gattung == Gattung.LEISTUNGSERBRINGER else "art"
    # Only the name of the table and a column of the model are put in, never an input.
    sql = _PAARE.format(tabelle=connection.ops.quote_name(model._meta.db_table), art=art)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"grenze": AEHNLICH, "gattung": str(gattung), "hoechstens": MAX_PAARE})
        found = cursor.fetchall()
    ids = {pk for a, b, _ in found for pk in (a, b)}
    rows = all_rows(model).in_bulk(ids)
    return [
        Paar(gattung, rows[a], rows[b], tuple(_GRUENDE[g] for g in gruende))
        for a, b, gruende in found
    ]


def aehnliche_eintraege(
    gattung: str, werte: dict[str, Any], ohne: int | None = None
) -> list[Verzeichniseintrag]:
    """Return entries that the one being typed may double; at most ten, the most alike first.

    `werte` holds name, plz, ort and, if known, art, telefon, email, institutionskennzeichen.
    """
    name = str(werte.get("name") or "")
    ort = Q(plz=werte.get("plz") or "-") | Q(ort__unaccent__iexact=werte.get("ort") or "-")
    gleich = [Q(naehe__gte=AEHNLICH) & ort]
    if kennzeichen := werte.get("institutionskennzeichen"):
        gleich.append(Q(institutionskennzeichen=kennzeichen))
    if email := werte.get("email"):
        gleich.append(Q(email__iexact=email))
    ziffern = re.sub(r"[^0-9]", "", str(werte.get("telefon") or ""))
    if len(ziffern) > 5:
        # Between the digits may stand what somebody typed to read them better.
        gleich.append(Q(telefon__regex=r"^[^0-9]*" + r"[^0-9]*".join(ziffern) + r"[^0-9]*$"))
    rows: Any = all_rows(MODELLE[gattung]).filter(zusammengefuehrt_in__isnull=True)
    if werte.get("art"):
        rows = rows.filter(art=werte["art"])
    if ohne is not None:
        rows = rows.exclude(pk=ohne)
    rows = rows.annotate(naehe=TrigramSimilarity("name__unaccent", name))
    return list(rows.filter(reduce(or_, gleich)).order_by("-naehe", "pk")[:10])


def candidates_for(eintrag: Verzeichniseintrag) -> list[Verzeichniseintrag]:
    """Return entries of the same kind with the most similar names, wherever they are; ten."""
    model: Any = type(eintrag)
    rows = all_rows(model).filter(zusammengefuehrt_in__isnull=True).exclude(pk=eintrag.pk)
    if hasattr(eintrag, "art"):
        rows = rows.filter(art=eintrag.art)
    if gattung_of(eintrag) == Gattung.LEISTUNGSTRAEGER:
        rows = rows.filter(eigener=getattr(eintrag, "eigener", False))
    rows = rows.annotate(naehe=TrigramSimilarity("name__unaccent", eintrag.name))
    return list(rows.order_by("-naehe", "pk")[:10])
