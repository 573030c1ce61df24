"""The rows of a file held against each other: the same judgement as against the stock.

Every row is compared with the rows before it that share a sound, a Umschrift or a day with it, so
that 20,000 rows need one pass.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cases.austausch.queries.austausch import (
    aehnlich_of,
    contradict,
    facts_of_werte,
    merkmale_of_werte,
)
from cases.models import Importzeile
from cases.person.gleichheit import Merkmale, Urteil, is_platzhalter, judge, swapped
from cases.person.namensform import umschrift
from cases.person.phonetik import koelner_phonetik
from cases.states.austausch import Importentscheidung

# So many rows that may be the same human being are shown with a row.
_HOECHSTENS = 5


@dataclass(frozen=True, slots=True)
class _Zeile:
    nummer: int
    merkmale: Merkmale
    aktenzeichen: str
    facts: dict[str, str]
    erste: int


class Dateivergleich:
    """The rows seen so far, by what a row that is alike must share with one of them."""

    def __init__(self) -> None:
        self._faecher: dict[tuple[str, ...], list[_Zeile]] = defaultdict(list)

    def compare(self, zeile: Importzeile, werte: dict[str, Any]) -> bool:
        """Note whom of the rows before this row may be about; tell whether the row has changed.

        A row that repeats another one word for word, without any contradiction, is the same person
        with a further case. All else is a question.
        """
        merkmale, facts = merkmale_of_werte(werte), facts_of_werte(werte)
        treffer = self._hits(merkmale)
        gleich = next((z for urteil, z in treffer if self._same(urteil, z, facts)), None)
        erste = gleich.erste if gleich else zeile.nummer
        vorher = zeile.wie_zeile
        zeile.wie_zeile = erste
        neu = _Zeile(zeile.nummer, merkmale, werte["aktenzeichen"], facts, erste)
        for fach in set(_keys(merkmale)):
            self._faecher[fach].append(neu)
        if gleich is None and treffer:
            if _ask(zeile, treffer):
                return True
            # The same question as before: what was decided about it stays.
            zeile.wie_zeile = vorher
            return False
        return zeile.wie_zeile != zeile.nummer or vorher is not None

    @staticmethod
    def _same(urteil: Urteil, frueher: _Zeile, facts: dict[str, str]) -> bool:
        """Tell whether a row repeats another one; of a placeholder birthday it never does."""
        return urteil.sicher and not contradict(facts, frueher.facts)

    def _hits(self, merkmale: Merkmale) -> list[tuple[Urteil, _Zeile]]:
        nahe = {z.nummer: z for fach in _keys(merkmale) for z in self._faecher.get(fach, ())}
        found = []
        for zeile in nahe.values():
            urteil = judge(merkmale, zeile.merkmale)
            if urteil is not None and urteil.fraglich:
                found.append((urteil, zeile))
        found.sort(key=lambda hit: (-hit[0].staerke, hit[1].nummer))
        return found


def _keys(merkmale: Merkmale) -> Iterator[tuple[str, ...]]:
    """Return what two rows that may be the same human being have at least one of in common."""
    vorname, nachname = merkmale.vorname, merkmale.nachname
    klang = tuple(sorted((koelner_phonetik(vorname), koelner_phonetik(nachname))))
    yield ("klang", *klang)
    for eins in umschrift(vorname).split():
        for zwei in umschrift(nachname).split():
            yield ("wort", *sorted((eins, zwei)))
    tag = merkmale.geburtsdatum
    if tag is not None and not is_platzhalter(tag, merkmale.genau):
        yield ("tag", f"{tag}")
        if tag.day <= 12:
            yield ("tag", f"{swapped(tag)}")


def _ask(zeile: Importzeile, treffer: list[tuple[Urteil, _Zeile]]) -> bool:
    """Put the rows that may be meant before the decision of a person; tell whether that is new."""
    bekannt = [hit for hit in aehnlich_of(zeile) if "zeile" not in hit]
    schon: set[int] = set()
    for urteil, frueher in treffer[:_HOECHSTENS]:
        if frueher.erste in schon:
            continue
        schon.add(frueher.erste)
        bekannt.append(
            {
                "person": None,
                "zeile": frueher.erste,
                "name": f"{frueher.merkmale.vorname} {frueher.merkmale.nachname}".strip(),
                "geburtsdatum": f"{frueher.merkmale.geburtsdatum}",
                "gruende": list(urteil.gruende),
                "faelle": [frueher.aktenzeichen],
            }
        )
    if bekannt == aehnlich_of(zeile):
        return False
    zeile.aehnlich = json.dumps(bekannt)
    zeile.vorschlag = zeile.entscheidung = Importentscheidung.OFFEN
    return True
