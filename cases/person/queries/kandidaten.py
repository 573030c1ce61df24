"""Stored persons worth a closer look: for one question of a form or for all rows of a slice.

The condition stands here once. It is asked for many at a time, each question with its own indexes:
a file of 20,000 rows needs one statement per slice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from psycopg import sql

from cases.models import LeistungsberechtigtePerson, Suchzeile
from cases.person.gleichheit import Merkmale, is_platzhalter, swapped
from cases.person.namensform import umschrift
from cases.person.phonetik import koelner_phonetik

# So many are looked at for one question, the nearest surnames first.
HOECHSTENS = 200
# What the judgement of sameness compares of a stored person.
VERGLICHEN = (
    "id",
    "vorname",
    "nachname",
    "rufname",
    "geburtsname",
    "geburtsdatum",
    "geburt_genau",
)

# Every branch has an index. What a question does not know is NULL or empty and fits nobody.
_ABFRAGE = """
SELECT frage.nummer AS frage, kandidat.*
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
            %s::date[], %s::date[])
    AS frage(nummer, vorname, nachname, klang_vorname, klang, worte_vorname, worte_nachname,
             geboren, vertauscht)
CROSS JOIN LATERAL (
    SELECT {spalten}
    FROM {person} AS person
    WHERE (person.nachname %% frage.nachname {vorname_aehnlich})
       OR person.id = ANY (ARRAY(
            SELECT zeile.leistungsberechtigte_person_id
            FROM {suchzeile} AS zeile
            WHERE zeile.umschrift && string_to_array(frage.worte_nachname, ' ')::varchar[]
              {vorname_wort}))
       OR (koelner_phonetik(person.nachname) = frage.klang {vorname_klang})
       OR (koelner_phonetik(person.nachname) = nullif(frage.klang_vorname, '')
           AND koelner_phonetik(person.vorname) = frage.klang)
       OR person.geburtsdatum = frage.geboren
       OR (person.geburtsdatum = frage.vertauscht AND person.nachname %% frage.nachname)
    ORDER BY similarity(person.nachname, frage.nachname) DESC,
             similarity(person.vorname, frage.vorname) DESC, person.id
    LIMIT {hoechstens}
) AS kandidat
"""
_MIT_VORNAMEN = {
    "vorname_aehnlich": "AND person.vorname %% frage.vorname",
    "vorname_wort": "AND zeile.umschrift && string_to_array(frage.worte_vorname, ' ')::varchar[]",
    "vorname_klang": "AND koelner_phonetik(person.vorname) = frage.klang_vorname",
}


def candidates_of(gesucht: Sequence[Merkmale]) -> list[list[LeistungsberechtigtePerson]]:
    """Return for each question the persons who may be meant, in its order.

    They carry what the judgement compares and nothing else. At most two statements, however many
    questions there are.
    """
    found: list[list[LeistungsberechtigtePerson]] = [[] for _ in gesucht]
    for mit_vornamen in (True, False):
        nummern = [n for n, wer in enumerate(gesucht) if bool(wer.vorname) is mit_vornamen]
        if nummern:
            werte = [(nummer, *_werte(gesucht[nummer])) for nummer in nummern]
            for person in _ask(werte, mit_vornamen=mit_vornamen):
                found[person.frage].append(person)  # type: ignore[attr-defined]  # of the statement
    return found


def _ask(
    werte: Sequence[tuple[Any, ...]], *, mit_vornamen: bool
) -> Iterable[LeistungsberechtigtePerson]:
    teile = {name: sql.SQL(text if mit_vornamen else "") for name, text in _MIT_VORNAMEN.items()}
    befehl = sql.SQL(_ABFRAGE).format(
        spalten=sql.SQL(", ").join(sql.Identifier("person", name) for name in VERGLICHEN),
        person=sql.Identifier(LeistungsberechtigtePerson._meta.db_table),
        suchzeile=sql.Identifier(Suchzeile._meta.db_table),
        hoechstens=sql.Literal(HOECHSTENS),
        **teile,
    )
    spalten = [list(spalte) for spalte in zip(*werte, strict=True)]
    return LeistungsberechtigtePerson.objects.raw(befehl.as_string(), spalten)


def _werte(wer: Merkmale) -> tuple[str | date | None, ...]:
    """Return what the condition compares, in the order of the columns of a question."""
    klang, klang_vorname = koelner_phonetik(wer.nachname), koelner_phonetik(wer.vorname)
    geboren, vertauscht = wer.geburtsdatum, None
    if geboren is not None:
        vertauscht = swapped(geboren) if geboren.day <= 12 else None
        if is_platzhalter(geboren, wer.genau):
            geboren = None
    return (
        wer.vorname,
        wer.nachname,
        klang_vorname,
        klang or None,
        umschrift(wer.vorname),
        umschrift(" ".join((wer.nachname, *wer.frueher))),
        geboren,
        vertauscht,
    )
