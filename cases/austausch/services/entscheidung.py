"""Whom the rows of an import are about: decided one by one, or as proposed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from cases.austausch.queries.austausch import VERGLEICHBAR, entscheidung_of, entscheidung_text
from cases.austausch.services.austausch import begin_step, save_zeilen
from cases.crypto import read_json
from cases.models import Importstapel, Importzeile, User
from cases.states.austausch import Importentscheidung, Importzeilenstand
from cases.states.tafel import SchrittUnzulaessig


@transaction.atomic
def decide_zeilen(
    *,
    stapel: Importstapel,
    wahl: Mapping[int, tuple[str, int | None]],
    by: User,
    gesehen: Mapping[int, str] | None = None,
    angaben: Mapping[int, list[str]] | None = None,
) -> list[Importzeile]:
    """Record whom rows are about; `wahl` maps row ids to a decision and a person or a row.

    `angaben` maps row ids to the facts of the row that shall hold where the person has others.

    `gesehen` maps row ids to what was decided when the page was shown. Rows that somebody else has
    decided otherwise since stay as they are and are returned.

    Raises SchrittUnzulaessig when the batch is not to be decided (any more), or a row names a
    person who is none of those found.
    """
    row, _ = begin_step(stapel, by, "entscheiden")
    zeilen = list(
        row.zeilen.filter(pk__in=wahl, state=Importzeilenstand.GUELTIG).select_for_update()
    )
    belassen = []
    for zeile in zeilen:
        entscheidung, nummer = wahl[zeile.pk]
        vorher = (gesehen or {}).get(zeile.pk, entscheidung_of(zeile))
        if entscheidung_of(zeile) not in (vorher, entscheidung_text(entscheidung, nummer)):
            belassen.append(zeile)
            continue
        _decide(zeile, Importentscheidung(entscheidung), nummer)
        zeile.angaben = [feld for feld in (angaben or {}).get(zeile.pk, []) if feld in VERGLEICHBAR]
    save_zeilen(zeilen, "entscheidung", "person", "wie_zeile", "angaben")
    return belassen


def _decide(zeile: Importzeile, entscheidung: Importentscheidung, nummer: int | None) -> None:
    """Set whom a row is about. Raises SchrittUnzulaessig for somebody who was not found."""
    treffer = read_json(zeile.aehnlich, [])
    bekannt = {hit["person"] for hit in treffer} - {None}
    zeilen = {hit["zeile"] for hit in treffer if hit.get("zeile")}
    vorhanden = entscheidung == Importentscheidung.VORHANDEN
    frueher = entscheidung == Importentscheidung.ZEILE
    if (vorhanden and nummer not in bekannt) or (frueher and nummer not in zeilen):
        raise SchrittUnzulaessig(f"Zeile {zeile.nummer}: Bitte wählen Sie eine Person aus.")
    zeile.entscheidung = entscheidung
    zeile.person_id = nummer if vorhanden else None
    if zeilen:
        zeile.wie_zeile = nummer if frueher else zeile.nummer


@transaction.atomic
def accept_vorschlaege(*, stapel: Importstapel, by: User) -> int:
    """Take every certain proposal that is still open; returns how many there were.

    What is not certain stays open: it is decided one by one.

    Raises SchrittUnzulaessig when the batch is not to be decided (any more).
    """
    row, _ = begin_step(stapel, by, "entscheiden")
    offen = list(
        row.zeilen.filter(
            state=Importzeilenstand.GUELTIG,
            entscheidung=Importentscheidung.OFFEN,
            vorschlag=Importentscheidung.VORHANDEN,
        ).select_for_update()
    )
    for zeile in offen:
        zeile.entscheidung = zeile.vorschlag
        zeile.person_id = read_json(zeile.aehnlich, [{}])[0]["person"]
    save_zeilen(offen, "entscheidung", "person")
    return len(offen)
