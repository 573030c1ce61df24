"""How much paper a letter is with its Anlagen, and what its files are called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cases.models import Schreiben, Versand, Versandweg
from cases.registry.beitrag import registry

_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def even_pages(seiten: int) -> int:
    """Return how many pages a part takes on paper: the back of its last sheet stays empty."""
    return seiten + seiten % 2


@dataclass(frozen=True)
class Umfang:
    """The pages of one letter (first) and of each of its Anlagen, in the order of printing."""

    teile: tuple[tuple[str, int], ...]

    @property
    def anlagen(self) -> tuple[tuple[str, int], ...]:
        """Return title and pages of each Anlage."""
        return self.teile[1:]

    @property
    def seiten(self) -> int:
        """Return the pages that carry something."""
        return sum(seiten for _, seiten in self.teile)

    @property
    def druckseiten(self) -> int:
        """Return the pages in a print batch, with empty backs: every part begins in front."""
        return sum(even_pages(seiten) for _, seiten in self.teile)

    @property
    def blaetter(self) -> int:
        """Return the sheets of paper."""
        return self.druckseiten // 2


# What a machine folds and fills; practice, the paper decides.
UMSCHLAEGE = ((3, "DIN lang"), (8, "C5"), (10_000, "C4"))


def umschlag_of(umfang: Umfang) -> str:
    """Return the envelope that so many sheets go into."""
    return next(name for blaetter, name in UMSCHLAEGE if umfang.blaetter <= blaetter)


def print_order(rows: Iterable[tuple[Versand, Umfang]]) -> list[tuple[Versand, Umfang]]:
    """Return the letters as they are put into envelopes: by way, then by size, then by number."""
    wege, namen = list(Versandweg), [name for _, name in UMSCHLAEGE]
    return sorted(
        rows,
        key=lambda row: (
            wege.index(Versandweg(row[0].weg)),
            namen.index(umschlag_of(row[1])),
            row[0].schreiben.nummer,
        ),
    )


def umfang_of(schreiben: Iterable[Schreiben]) -> dict[int, Umfang]:
    """Return the extent of each letter by its id; one query for all Anlagen."""
    rows = list(schreiben)
    nummern = {a["schreiben"] for row in rows for a in _anlagen(row)}
    anlagen = {
        nummer: (titel, seiten)
        for nummer, titel, seiten in Schreiben.objects.filter(nummer__in=nummern).values_list(
            "nummer", "titel", "pdf_seiten"
        )
    }
    return {
        row.pk: Umfang(
            (
                (row.titel, row.pdf_seiten),
                *(anlagen[a["schreiben"]] for a in _anlagen(row) if a["schreiben"] in anlagen),
            )
        )
        for row in rows
    }


def with_umfang(versand_liste: Iterable[Versand]) -> list[tuple[Versand, Umfang]]:
    """Return each sending with the extent of its letter."""
    rows = list(versand_liste)
    umfang = umfang_of(row.schreiben for row in rows)
    return [(row, umfang[row.schreiben_id]) for row in rows]


def _anlagen(schreiben: Schreiben) -> list[dict[str, str]]:
    """Return those Anlagen that are letters of their own."""
    return [a for a in schreiben.daten.get("anlagen", []) if a.get("schreiben")]


def dateiname(schreiben: Schreiben, *, anlage: int = 0) -> str:
    """Return what the file is called when it is sent: kind and day, never a person or a number.

    `anlage` counts the Anlagen from 1.
    """
    vorweg = f"Anlage-{anlage}_" if anlage else ""
    return f"{vorweg}{dateiwort(schreiben)}_{schreiben.datum:%Y-%m-%d}.pdf"


def dateiwort(schreiben: Schreiben) -> str:
    """Return the kind of a letter as a word of a file name, without special characters."""
    art = registry.schreibenarten.get(schreiben.art)
    titel = (art.titel if art else "Schreiben").translate(_UMLAUTE)
    return re.sub(r"[^A-Za-z0-9]+", "-", titel).strip("-")
