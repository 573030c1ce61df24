"""Whom the rows of an import are about: decided one by one, or as proposed."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import transaction

from cases.austausch.queries import entscheidung_of, entscheidung_text
from cases.austausch.services.austausch import begin_step, save_zeilen
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
) -> list[Importzeile]:
    """Record whom rows are about; `wahl` maps row ids to a decision and a person.

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
        entscheidung, person_id = wahl[zeile.pk]
        vorher = (gesehen or {}).get(zeile.pk, entscheidung_of(zeile))
        if entscheidung_of(zeile) not in (vorher, entscheidung_text(entscheidung, person_id)):
            belassen.append(zeile)
            continue
        bekannt = {hit["person"] for hit in json.loads(zeile.aehnlich or "[]")} - {None}
        if entscheidung == Importentscheidung.VORHANDEN and person_id not in bekannt:
            raise SchrittUnzulaessig(f"Zeile {zeile.nummer}: Bitte wählen Sie eine Person aus.")
        zeile.entscheidung = Importentscheidung(entscheidung)
        zeile.person_id = person_id if entscheidung == Importentscheidung.VORHANDEN else None
    save_zeilen(zeilen, "entscheidung", "person")
    return belassen


@transaction.atomic
def accept_vorschlaege(*, stapel: Importstapel, by: User) -> int:
    """Take every proposal that is still open; returns how many there were.

    Raises SchrittUnzulaessig when the batch is not to be decided (any more).
    """
    row, _ = begin_step(stapel, by, "entscheiden")
    offen = list(
        row.zeilen.filter(
            state=Importzeilenstand.GUELTIG, entscheidung=Importentscheidung.OFFEN
        ).select_for_update()
    )
    for zeile in offen:
        zeile.entscheidung = zeile.vorschlag
        if zeile.vorschlag == Importentscheidung.VORHANDEN:
            zeile.person_id = json.loads(zeile.aehnlich)[0]["person"]
    save_zeilen(offen, "entscheidung", "person")
    return len(offen)
